//! Fields from a JSON Schema.

use contexture::meaning::{Meaning, text_of};
use serde_json::{Value, json};

use super::field::{Control, Field};

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
        let example = meaning
            .first("examples")
            .and_then(|examples| examples.get(0));
        let mut field = Field {
            name: name.to_owned(),
            label: meaning.label(name),
            hint: meaning.text("description"),
            placeholder: meaning
                .ui_text("placeholder")
                .or_else(|| example.map(text_of)),
            is_required,
            is_nullable: meaning.is_nullable(),
            is_secret: meaning.is_secret(),
            default: meaning.first("default").cloned(),
            control,
        };
        let is_list = matches!(field.control, Control::List(_) | Control::Many(_));
        if (is_list || field.control == Control::Json)
            && (field.has_secret() || meaning.has_secret(self.0))
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

#[cfg(test)]
mod tests {
    use contexture::meaning::TextKind;

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
