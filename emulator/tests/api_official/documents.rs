//! The OpenAPI documents of Botpress's API, and validation of responses against them.

use std::path::Path;

use contexture::ApiErrorKind;
use http::Method;
use serde_json::{Value, json};

/// The OpenAPI documents.
pub(crate) struct Documents(Vec<Value>);

impl Documents {
    /// Reads documents in a folder.
    pub(crate) fn read(folder: &Path, names: &[&str]) -> Self {
        let documents = names.iter().map(|name| {
            let text = std::fs::read(folder.join(name)).unwrap();
            let mut document = serde_json::from_slice(&text).unwrap();
            resolve_nullable(&mut document);
            add_new_members(&mut document);
            document
        });
        Self(documents.collect())
    }

    /// The names of all operations.
    pub(crate) fn operations(&self) -> Vec<&str> {
        let names = self
            .all()
            .map(|(_, _, _, described)| described["operationId"].as_str());
        names.map(Option::unwrap).collect()
    }

    /// The schema of an operation's body, if it has one.
    pub(crate) fn body(&self, operation: &str) -> Option<Value> {
        let mut all = self.all();
        let (document, _, _, described) =
            all.find(|(_, _, _, described)| described["operationId"] == operation)?;
        let body = follow(document, &described["requestBody"])?;
        let mut schema = body["content"]["application/json"]["schema"].clone();
        schema["components"] = document["components"].clone();
        Some(schema)
    }

    /// Checks a response against the description of its operation.
    pub(crate) fn check(
        &self,
        method: &Method,
        path: &str,
        status: u16,
        body: &Value,
    ) -> Result<(), String> {
        let fitting = self.all().filter(|(_, template, name, _)| {
            fits(template, path) && name.eq_ignore_ascii_case(method.as_str())
        });
        // A path without a parameter wins: `get-or-create` is no id.
        let found = fitting.min_by_key(|(_, template, ..)| template.matches('{').count());
        let (document, _, _, described) = found.ok_or("no such operation is described")?;
        if status >= 400 {
            return check_error(status, body);
        }
        let response = &described["responses"][status.to_string()];
        let response =
            follow(document, response).ok_or(format!("the status {status} is not described"))?;
        let mut schema = response["content"]["application/json"]["schema"].clone();
        schema["components"] = document["components"].clone();
        validate(&schema, body)
    }

    /// Every operation: its document, path, method and description.
    fn all(&self) -> impl Iterator<Item = (&Value, &str, &str, &Value)> {
        self.0.iter().flat_map(|document| {
            let paths = document["paths"].as_object().unwrap();
            paths.iter().flat_map(move |(path, methods)| {
                let methods = methods.as_object().unwrap().iter();
                methods.map(move |(method, described)| {
                    (document, path.as_str(), method.as_str(), described)
                })
            })
        })
    }
}

/// Errors have one form, which the documents describe in words.
fn check_error(status: u16, body: &Value) -> Result<(), String> {
    let kind = body["type"].as_str().and_then(ApiErrorKind::from_wire);
    let kind = kind.ok_or_else(|| format!("{} is no kind of error", body["type"]))?;
    let text = |name: &str| body[name].as_str().is_some_and(|text| !text.is_empty());
    let fits = kind.code() == status && body["code"] == status && text("id") && text("message");
    if fits {
        Ok(())
    } else {
        Err(format!("{body} is no error of status {status}"))
    }
}

fn fits(template: &str, path: &str) -> bool {
    let (template, path): (Vec<_>, Vec<_>) =
        (template.split('/').collect(), path.split('/').collect());
    template.len() == path.len()
        && template.iter().zip(path).all(|(part, segment)| {
            *part == segment || (part.starts_with('{') && !segment.is_empty())
        })
}

fn validate(schema: &Value, value: &Value) -> Result<(), String> {
    let options = jsonschema::options().with_draft(jsonschema::Draft::Draft7);
    let validator = options.should_validate_formats(true).build(schema).unwrap();
    let problems: Vec<_> = validator
        .iter_errors(value)
        .map(|error| format!("at `{}`: {error}", error.instance_path()))
        .collect();
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems.join("; "))
    }
}

/// Follows a reference inside the document.
fn follow<'a>(document: &'a Value, node: &'a Value) -> Option<&'a Value> {
    match node.get("$ref").and_then(Value::as_str) {
        Some(reference) => document.pointer(reference.trim_start_matches('#')),
        None => node.is_object().then_some(node),
    }
}

/// Adds the member that the client has and the documents do not describe yet.
fn add_new_members(document: &mut Value) {
    if let Some(conversation) = document.pointer_mut("/components/schemas/Conversation/properties")
    {
        conversation["properties"] =
            json!({ "type": "object", "additionalProperties": { "type": "string" } });
    }
}

/// Writes OpenAPI 3.0's `nullable` as JSON Schema does.
fn resolve_nullable(node: &mut Value) {
    match node {
        Value::Array(items) => items.iter_mut().for_each(resolve_nullable),
        Value::Object(fields) => {
            fields.values_mut().for_each(resolve_nullable);
            let is_nullable = fields.get("nullable") == Some(&json!(true));
            if let (true, Some(Value::String(one))) = (is_nullable, fields.get("type").cloned()) {
                fields.insert("type".to_owned(), json!([one, "null"]));
            }
        }
        _ => {}
    }
}
