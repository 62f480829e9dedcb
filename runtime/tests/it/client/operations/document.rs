//! The API's OpenAPI documents, and validation of requests against them.

use std::path::Path;

use contexture::testing::RecordedRequest;
use jsonschema::Validator;
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value, json};

use super::example::example;

/// The OpenAPI documents of the API.
pub(super) struct Documents(Vec<Value>);

/// Query parameters of lists that the API accepts and the documents do not describe yet.
const NEW_PARAMETERS: [&str; 1] = ["pageSize"];

/// A body field of conversations that the API accepts and the documents do not describe yet.
const NEW_FIELD: &str = "properties";

/// The documents: of the API's version 1.86, and of the files API, which has no version.
const DOCUMENTS: [&str; 2] = ["1.86/runtime.json", "files.json"];

impl Documents {
    pub(super) fn read(folder: &Path) -> Self {
        let read = |name: &str| {
            let text = std::fs::read(folder.join(name)).unwrap();
            let mut document = serde_json::from_slice(&text).unwrap();
            resolve_nullable(&mut document);
            document
        };
        Self(DOCUMENTS.map(read).into())
    }

    /// Builds an example response of an operation, with every described field.
    pub(super) fn answer(&self, operation: &str) -> Value {
        let (document, described) = self
            .operations()
            .find(|(_, _, _, described)| described["operationId"] == operation)
            .map_or_else(
                || panic!("{operation} is not described"),
                |(document, _, _, described)| (document, described),
            );
        let responses = described["responses"].as_object().unwrap();
        let response = follow(document, responses.values().next().unwrap());
        example(document, &response["content"]["application/json"]["schema"])
    }

    /// Finds the operation of a request and checks the request against its description.
    pub(super) fn check(&self, request: &RecordedRequest) -> Result<String, String> {
        let (path, query) = request.path.split_once('?').unwrap_or((&request.path, ""));
        // A path without a parameter wins: `get-or-create` is not an id.
        let fitting = self.operations().filter(|(_, template, method, _)| {
            fits(template, path) && method.eq_ignore_ascii_case(request.method.as_str())
        });
        let found = fitting.min_by_key(|(_, template, ..)| template.matches('{').count());
        let (document, _, _, described) = found.ok_or("is not described")?;
        check_query(described, query)?;
        check_headers(described, request)?;
        check_body(document, described, request)?;
        Ok(described["operationId"].as_str().unwrap().to_owned())
    }

    /// Every operation: its document, path, method and description.
    fn operations(&self) -> impl Iterator<Item = (&Value, &str, &str, &Value)> {
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

fn fits(template: &str, path: &str) -> bool {
    let (template, path): (Vec<_>, Vec<_>) =
        (template.split('/').collect(), path.split('/').collect());
    template.len() == path.len()
        && template.iter().zip(path).all(|(part, segment)| {
            *part == segment || (part.starts_with('{') && !segment.is_empty())
        })
}

fn check_query(described: &Value, query: &str) -> Result<(), String> {
    let parameters: Vec<_> = parameters(described, "query").collect();
    let mut values: Map<String, Value> = Map::new();
    for part in query.split('&').filter(|part| !part.is_empty()) {
        let (name, value) = part
            .split_once('=')
            .ok_or_else(|| format!("{part} has no value"))?;
        let value = percent_decode_str(value)
            .decode_utf8()
            .unwrap()
            .into_owned();
        let (name, key) = name
            .split_once('.')
            .map_or((name, None), |(name, key)| (name, Some(key)));
        if NEW_PARAMETERS.contains(&name) {
            continue;
        }
        let known = parameters
            .iter()
            .find(|parameter| parameter["name"] == name);
        let known = known.ok_or_else(|| format!("has no query parameter {name}"))?;
        let value = match known["schema"]["type"].as_str() {
            Some("boolean") => json!(value == "true"),
            _ => json!(value),
        };
        match (known["schema"]["type"].as_str(), key) {
            (Some("array"), None) => {
                let list = values.entry(name).or_insert_with(|| json!([]));
                list.as_array_mut().unwrap().push(value);
            }
            (Some("object") | None, Some(key)) => {
                values.entry(name).or_insert_with(|| json!({}))[key] = value;
            }
            (_, None) => {
                values.insert(name.to_owned(), value);
            }
            _ => return Err(format!("{name} is no map")),
        }
    }
    for parameter in parameters {
        let name = parameter["name"].as_str().unwrap();
        match values.get(name) {
            Some(value) => validate(&parameter["schema"], value)
                .map_err(|problem| format!("the query parameter {name} {problem}"))?,
            None if parameter["required"] == true => return Err(format!("needs {name}")),
            None => {}
        }
    }
    Ok(())
}

fn check_headers(described: &Value, request: &RecordedRequest) -> Result<(), String> {
    for parameter in parameters(described, "header") {
        let name = parameter["name"].as_str().unwrap();
        let is_there = request.header(name).is_some_and(|value| !value.is_empty());
        if parameter["required"] == true && !is_there {
            return Err(format!("needs the header {name}"));
        }
    }
    Ok(())
}

fn check_body(
    document: &Value,
    described: &Value,
    request: &RecordedRequest,
) -> Result<(), String> {
    let body = follow(document, &described["requestBody"]);
    let mut schema = body["content"]["application/json"]["schema"].clone();
    let Some(sent) = &request.body else {
        return if schema.is_null() {
            Ok(())
        } else {
            Err("needs a body".to_owned())
        };
    };
    if schema.is_null() {
        // The official client sends an empty object if the operation has no body.
        return if *sent == json!({}) {
            Ok(())
        } else {
            Err("needs no body".to_owned())
        };
    }
    let is_update = request.method == http::Method::PUT;
    add_new_fields(&mut schema, is_update);
    schema["components"] = document["components"].clone();
    validate(&schema, sent).map_err(|problem| format!("the body {problem}"))
}

/// Adds the body fields that the documents lack: a free map beside tags, and null for tags in updates.
fn add_new_fields(schema: &mut Value, is_update: bool) {
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        for property in properties.values_mut() {
            add_new_fields(property, is_update);
        }
        if let Some(tags) = properties.get_mut("tags") {
            if is_update {
                tags["additionalProperties"]["type"] = json!(["string", "null"]);
            }
            properties.entry(NEW_FIELD).or_insert(json!({
                "type": "object", "additionalProperties": { "type": ["string", "null"] }
            }));
        }
    }
}

fn validate(schema: &Value, value: &Value) -> Result<(), String> {
    let validator: Validator = jsonschema::draft7::new(schema).unwrap();
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

fn parameters<'a>(described: &'a Value, place: &'a str) -> impl Iterator<Item = &'a Value> {
    let parameters = described["parameters"].as_array().into_iter().flatten();
    parameters.filter(move |parameter| parameter["in"] == place)
}

/// Follows a reference inside the document.
pub(super) fn follow<'a>(document: &'a Value, node: &'a Value) -> &'a Value {
    match node.get("$ref").and_then(Value::as_str) {
        Some(reference) => document.pointer(reference.trim_start_matches('#')).unwrap(),
        None => node,
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
