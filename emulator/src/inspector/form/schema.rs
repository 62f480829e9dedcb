//! Fields from a JSON Schema.

use serde_json::{Map, Value, json};

use super::field::{Choice, Control, Field, TextKind, text_of};
use crate::inspector::text::words;

/// The number of references that are followed from one property.
const REFERENCES: usize = 16;

/// The depth at which values are entered as JSON.
const DEPTH: usize = 6;

/// The form for the values of a schema.
pub(in crate::inspector) fn form_of(schema: &Value) -> Field {
    let mut form = Root(schema).field("", schema, true, 0);
    if form.label.is_empty() {
        "Value".clone_into(&mut form.label);
    }
    form
}

/// The schema in which references are resolved.
struct Root<'a>(&'a Value);

impl<'a> Root<'a> {
    fn field(&self, name: &str, schema: &'a Value, is_required: bool, depth: usize) -> Field {
        let meaning = Meaning::of(schema, self.0);
        let control = self.control(&meaning, depth);
        let title = meaning.ui_text("title").or_else(|| meaning.text("title"));
        let example = meaning
            .first("examples")
            .and_then(|examples| examples.get(0));
        let mut field = Field {
            name: name.to_owned(),
            label: title.unwrap_or_else(|| words(name)),
            hint: meaning.text("description"),
            placeholder: meaning
                .ui_text("placeholder")
                .or_else(|| example.map(text_of)),
            is_required,
            is_nullable: meaning.is_nullable,
            is_secret: meaning.is_secret(),
            default: meaning.first("default").cloned(),
            control,
        };
        let is_list = matches!(field.control, Control::List(_) | Control::Many(_));
        if (is_list || field.control == Control::Json)
            && (field.has_secret() || meaning.has_secret(self.0, REFERENCES))
        {
            // The places of items change, so that a secret that is kept could get into another one.
            field.control = Control::Json;
            field.is_secret = true;
        }
        if field.is_secret && matches!(field.control, Control::Object { .. }) {
            field.control = Control::Json;
        }
        if field.is_secret {
            field.default = None;
            field.placeholder = None;
        }
        field
    }

    fn control(&self, meaning: &Meaning<'a>, depth: usize) -> Control {
        if let Some(constant) = meaning.constant() {
            return Control::Constant(constant);
        }
        if let Some(options) = meaning.options() {
            return Control::One(options);
        }
        if meaning.is_union() {
            return Control::Json;
        }
        if meaning.has_type("string") {
            return match meaning.displayed() {
                "textarea" => Control::LongText,
                _ => Control::Text(meaning.text_kind()),
            };
        }
        if meaning.has_type("boolean") {
            return Control::Boolean;
        }
        if meaning.has_type("integer") || meaning.has_type("number") {
            return Control::Number;
        }
        if meaning.has_type("array") {
            return self.list(meaning, depth);
        }
        if depth < DEPTH && meaning.all("properties").any(Value::is_object) {
            return self.object(meaning, depth);
        }
        Control::Json
    }

    fn list(&self, meaning: &Meaning<'a>, depth: usize) -> Control {
        let Some(items) = meaning.first("items").filter(|items| items.is_object()) else {
            return Control::Json;
        };
        if let Some(options) = Meaning::of(items, self.0).options() {
            return Control::Many(options);
        }
        let item = self.field("", items, true, depth + 1);
        match item.control {
            Control::Json | Control::List(_) | Control::Many(_) | Control::Constant(_) => {
                Control::Json
            }
            _ => Control::List(Box::new(item)),
        }
    }

    fn object(&self, meaning: &Meaning<'a>, depth: usize) -> Control {
        let required: Vec<_> = meaning
            .all("required")
            .filter_map(Value::as_array)
            .collect();
        let is_required = |name: &str| required.iter().any(|names| names.contains(&json!(name)));
        let mut fields: Vec<Field> = Vec::new();
        let properties = meaning.all("properties").filter_map(Value::as_object);
        for (name, property) in properties.flatten() {
            if !fields.iter().any(|field| field.name == *name) {
                fields.push(self.field(name, property, is_required(name), depth + 1));
            }
        }
        // Published definitions have their properties in alphabetical order, which says nothing.
        fields.sort_by_key(|field| !field.is_required);
        let mut rest = meaning.all("additionalProperties");
        let has_rest = rest.all(|rest| *rest != Value::Bool(false));
        Control::Object {
            fields,
            has_rest: has_rest && meaning.first("additionalProperties").is_some(),
        }
    }
}

/// A schema together with those that it refers to (`$ref`, `allOf`), from the outside to the inside.
struct Meaning<'a> {
    parts: Vec<&'a Map<String, Value>>,
    is_nullable: bool,
}

impl<'a> Meaning<'a> {
    fn of(schema: &'a Value, root: &'a Value) -> Self {
        let mut meaning = Self {
            parts: Vec::new(),
            is_nullable: false,
        };
        meaning.read(schema, root, REFERENCES);
        meaning
    }

    fn read(&mut self, schema: &'a Value, root: &'a Value, depth: usize) {
        let Some(part) = schema.as_object().filter(|_| depth > 0) else {
            return;
        };
        self.parts.push(part);
        if let Some(target) = part.get("$ref").and_then(|target| resolve(target, root)) {
            self.read(target, root, depth - 1);
        }
        for all in list(part.get("allOf")) {
            self.read(all, root, depth - 1);
        }
        self.is_nullable |= list(part.get("type")).any(|kind| *kind == "null");
        self.is_nullable |= list(part.get("enum")).any(Value::is_null);
        // A value or null.
        for union in ["anyOf", "oneOf"] {
            let is_null = |alternative: &&Value| alternative["type"] == "null";
            let (nulls, others): (Vec<_>, Vec<_>) = list(part.get(union)).partition(is_null);
            self.is_nullable |= !nulls.is_empty();
            if let ([_, ..], [only]) = (nulls.as_slice(), others.as_slice()) {
                self.read(only, root, depth - 1);
            }
        }
    }

    fn all(&self, keyword: &str) -> impl Iterator<Item = &'a Value> {
        self.parts.iter().filter_map(move |part| part.get(keyword))
    }

    fn first(&self, keyword: &str) -> Option<&'a Value> {
        self.all(keyword).next()
    }

    fn text(&self, keyword: &str) -> Option<String> {
        self.first(keyword)?.as_str().map(str::to_owned)
    }

    /// A property of `x-zui`, which Botpress's own forms read.
    fn ui(&self, property: &str) -> Option<&'a Value> {
        self.all("x-zui").find_map(|ui| ui.get(property))
    }

    fn ui_text(&self, property: &str) -> Option<String> {
        self.ui(property)?.as_str().map(str::to_owned)
    }

    fn displayed(&self) -> &'a str {
        let displayed = self.ui("displayAs").and_then(|display| display.get(0));
        displayed.and_then(Value::as_str).unwrap_or_default()
    }

    fn is_secret(&self) -> bool {
        self.ui("secret") == Some(&Value::Bool(true))
            || matches!(self.displayed(), "password" | "secret")
    }

    /// Whether a part of a value may be secret.
    fn has_secret(&self, root: &'a Value, depth: usize) -> bool {
        let parts = self.parts.iter();
        let mut inner = parts.flat_map(|part| {
            part.values().flat_map(|value| match value {
                Value::Object(fields) => fields.values().chain(std::iter::once(value)).collect(),
                Value::Array(items) => items.iter().collect(),
                _ => Vec::new(),
            })
        });
        self.is_secret()
            || depth > 0
                && inner.any(|schema| {
                    schema.is_object() && Self::of(schema, root).has_secret(root, depth / 2)
                })
    }

    fn has_type(&self, name: &str) -> bool {
        self.all("type")
            .any(|kind| *kind == name || list(Some(kind)).any(|kind| *kind == name))
    }

    /// The only value, if there is only one.
    fn constant(&self) -> Option<Value> {
        let only = self
            .all("enum")
            .find_map(|options| match options.as_array()?.as_slice() {
                [only] => Some(only),
                _ => None,
            });
        self.first("const").or(only).cloned()
    }

    /// Whether values have several forms, of which none is `null`.
    fn is_union(&self) -> bool {
        let alternatives = |union: &str| {
            let alternatives = list(self.first(union));
            alternatives
                .filter(|alternative| alternative["type"] != "null")
                .count()
        };
        let types = list(self.first("type"))
            .filter(|kind| **kind != "null")
            .count();
        ["anyOf", "oneOf"]
            .into_iter()
            .any(|union| alternatives(union) > 1)
            || types > 1
    }

    /// The values of an `enum`, or of a union of constants.
    fn options(&self) -> Option<Vec<Choice>> {
        if let Some(values) = self.first("enum").and_then(Value::as_array) {
            let options = values.iter().filter(|value| !value.is_null());
            let options = options.map(|value| Choice {
                value: value.clone(),
                label: text_of(value),
            });
            return Some(options.collect());
        }
        let alternatives = self.first("oneOf").or_else(|| self.first("anyOf"));
        let others = list(alternatives).filter(|other| other["type"] != "null");
        let options: Option<Vec<_>> = others.map(choice).collect();
        options.filter(|options| !options.is_empty())
    }

    fn text_kind(&self) -> TextKind {
        match self.first("format").and_then(Value::as_str) {
            Some("email" | "idn-email") => TextKind::Email,
            Some("uri" | "iri") => TextKind::Url,
            Some("date") => TextKind::Date,
            _ => TextKind::Any,
        }
    }
}

/// An alternative of a union that is a constant.
fn choice(alternative: &Value) -> Option<Choice> {
    let value = alternative.get("const")?;
    let titles = [&alternative["title"], &alternative["x-zui"]["title"]];
    let title = titles.iter().find_map(|title| title.as_str());
    Some(Choice {
        label: title.map_or_else(|| text_of(value), str::to_owned),
        value: value.clone(),
    })
}

fn list(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    value.and_then(Value::as_array).into_iter().flatten()
}

/// The schema that a reference within the same document leads to.
fn resolve<'a>(target: &Value, root: &'a Value) -> Option<&'a Value> {
    let pointer = target.as_str()?.strip_prefix('#')?;
    let pointer = percent_encoding::percent_decode_str(pointer)
        .decode_utf8()
        .ok()?;
    root.pointer(&pointer)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn controls(schema: &Value) -> Vec<(String, Control)> {
        match form_of(schema).control {
            Control::Object { fields, .. } => fields
                .into_iter()
                .map(|field| (field.name, field.control))
                .collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn each_kind_of_schema_has_its_control() {
        let found = controls(&json!({
            "definitions": { "plan": { "enum": ["free", "paid"] }, "tree": { "type": "object", "properties": { "left": { "$ref": "#/definitions/tree" } } } },
            "properties": {
                "text": { "type": "string" },
                "long": { "type": "string", "x-zui": { "displayAs": ["textarea", {}] } },
                "mail": { "type": ["string", "null"], "format": "email" },
                "count": { "anyOf": [{ "type": "integer" }, { "type": "null" }] },
                "flag": { "type": "boolean" },
                "plan": { "$ref": "#/definitions/plan" },
                "days": { "type": "array", "items": { "enum": ["mon", "tue"] } },
                "kind": { "const": "a" },
                "names": { "type": "array", "items": { "type": "string" } },
                "map": { "type": "object", "additionalProperties": { "type": "integer" } },
                "any": {},
                "union": { "oneOf": [{ "type": "object" }, { "type": "string" }] },
                "either": { "type": ["string", "number"] },
            },
        }));
        let control = |name: &str| &found.iter().find(|(known, _)| known == name).unwrap().1;
        assert_eq!(control("text"), &Control::Text(TextKind::Any));
        assert_eq!(control("long"), &Control::LongText);
        assert_eq!(control("mail"), &Control::Text(TextKind::Email));
        assert_eq!(control("count"), &Control::Number);
        assert_eq!(control("flag"), &Control::Boolean);
        assert!(matches!(control("plan"), Control::One(options) if options.len() == 2));
        assert!(matches!(control("days"), Control::Many(options) if options.len() == 2));
        assert_eq!(control("kind"), &Control::Constant(json!("a")));
        assert!(matches!(control("names"), Control::List(_)));
        for name in ["map", "any", "union", "either"] {
            assert_eq!(control(name), &Control::Json, "{name}");
        }
    }

    #[test]
    fn a_recursive_schema_ends_as_json() {
        let schema = json!({ "$ref": "#/definitions/tree", "definitions": {
            "tree": { "type": "object", "properties": { "left": { "$ref": "#/definitions/tree" } } },
        } });
        let mut field = form_of(&schema);
        for _ in 0..DEPTH {
            field = match field.control {
                Control::Object { mut fields, .. } => fields.remove(0),
                other => panic!("{other:?}"),
            };
        }
        assert_eq!(field.control, Control::Json);
    }

    #[test]
    fn a_list_or_a_union_with_a_secret_is_secret_as_a_whole() {
        let secret = json!({ "type": "string", "x-zui": { "secret": true } });
        let schema = json!({ "properties": {
            "list": { "type": "array", "items": secret },
            "rows": { "type": "array", "items": { "type": "object", "properties": { "key": secret } } },
            "union": { "oneOf": [{ "type": "object", "properties": { "key": secret } }, { "type": "object" }] },
            "plain": { "type": "array", "items": { "type": "string" } },
        } });
        let Control::Object { fields, .. } = form_of(&schema).control else {
            panic!("an object");
        };
        for field in &fields {
            let is_secret = field.name != "plain";
            assert_eq!(field.is_secret, is_secret, "{}", field.name);
            assert_eq!(field.control == Control::Json, is_secret, "{}", field.name);
        }
    }

    #[test]
    fn other_members_are_entered_if_the_schema_names_them() {
        let has_rest = |additional: Option<Value>| {
            let mut schema = json!({ "properties": { "a": {} } });
            if let Some(additional) = additional {
                schema["additionalProperties"] = additional;
            }
            matches!(
                form_of(&schema).control,
                Control::Object { has_rest: true, .. }
            )
        };
        assert!(has_rest(Some(json!(true))) && has_rest(Some(json!({ "type": "string" }))));
        assert!(!has_rest(Some(json!(false))) && !has_rest(None));
    }
}
