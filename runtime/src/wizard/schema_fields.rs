//! The fields of a form from a JSON Schema.

use serde_json::{Map, Value, json};

use super::field::{Control, Field};
use crate::{
    Error, Result,
    meaning::{Meaning, text_of},
};

/// Returns the fields for the properties of a schema, and the properties whose value no user
/// enters: constants, and hidden properties with a default.
///
/// # Errors
///
/// Returns an error if the schema is not that of an object, or if no field fits a property.
pub(super) fn read_fields(schema: &Value) -> Result<(Vec<Field>, Map<String, Value>)> {
    let root = Meaning::of(schema, schema);
    let required: Vec<_> = root.all("required").filter_map(Value::as_array).collect();
    let is_required = |name: &str| required.iter().any(|names| names.contains(&json!(name)));
    let (mut fields, mut constants) = (Vec::new(), Map::new());
    let properties = root.all("properties").filter_map(Value::as_object);
    for (name, property) in properties.flatten() {
        let meaning = Meaning::of(property, schema);
        if fields.iter().any(|field: &Field| field.name == *name) {
            continue;
        }
        let is_hidden = meaning.ui("hidden") == Some(&Value::Bool(true));
        let fixed = meaning.first("default").filter(|_| is_hidden);
        if let Some(constant) = meaning.first("const").or(fixed) {
            constants.insert(name.clone(), constant.clone());
        } else if !is_hidden {
            fields.push(field(name, &meaning, is_required(name), schema)?);
        } else if is_required(name) {
            return Err(Error::from(format!(
                "a form cannot have a value for the property `{name}`: it is required and hidden, and has no default"
            )));
        }
    }
    if fields.is_empty() {
        return Err("a form needs a schema of an object with properties".into());
    }
    Ok((fields, constants))
}

fn field(name: &str, meaning: &Meaning<'_>, is_required: bool, root: &Value) -> Result<Field> {
    let control = control(meaning, root).ok_or_else(|| {
        Error::from(format!(
            "a form cannot show the property `{name}`: texts, numbers, booleans, choices \
             and lists of choices have a field"
        ))
    })?;
    let is_secret = meaning.is_secret();
    let default = meaning.first("default");
    let initial = match (default.filter(|_| !is_secret), &control) {
        (None | Some(Value::Null), _) | (Some(Value::Bool(false)), Control::Checkbox) => Vec::new(),
        (Some(Value::Array(several)), _) => several.iter().map(text_of).collect(),
        (Some(value), _) => vec![text_of(value)],
    };
    Ok(Field {
        name: name.to_owned(),
        label: meaning.label(name),
        hint: meaning.text("description"),
        placeholder: meaning.ui_text("placeholder"),
        is_required,
        is_nullable: meaning.is_nullable(),
        control,
        is_secret,
        initial,
        has_default: default.is_some(),
    })
}

fn control(meaning: &Meaning<'_>, root: &Value) -> Option<Control> {
    if let Some(options) = meaning.options() {
        return Some(Control::One {
            options,
            as_radio_buttons: meaning.displayed() == "radiogroup",
        });
    }
    if meaning.has_type("string") {
        return Some(match meaning.displayed() {
            _ if meaning.is_secret() => Control::Secret,
            "textarea" => Control::LongText,
            _ => Control::Text(meaning.text_kind()),
        });
    }
    if meaning.has_type("boolean") {
        return Some(Control::Checkbox);
    }
    if meaning.has_type("integer") || meaning.has_type("number") {
        let is_integer = !meaning.has_type("number");
        return Some(Control::Number { is_integer });
    }
    let items = meaning
        .first("items")
        .filter(|_| meaning.has_type("array"))?;
    Meaning::of(items, root).options().map(Control::Many)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(schema: &Value) -> Vec<Field> {
        read_fields(schema).unwrap().0
    }

    #[test]
    fn each_kind_of_property_has_its_control() {
        let fields = fields(&json!({
            "type": "object",
            "definitions": { "plan": { "enum": ["free", "paid"], "x-zui": { "title": "Plan" } } },
            "required": ["name", "token", "count"],
            "properties": {
                "name": { "type": "string", "default": "Ada", "description": "As on the card." },
                "token": { "type": "string", "default": "x", "x-zui": { "secret": true } },
                "note": { "type": ["string", "null"], "x-zui": { "displayAs": ["textarea", {}] } },
                "count": { "type": "integer", "title": "How many" },
                "ratio": { "anyOf": [{ "type": "number" }, { "type": "null" }] },
                "isOpen": { "type": "boolean", "default": true },
                "plan": { "$ref": "#/definitions/plan" },
                "size": { "oneOf": [{ "const": 1, "title": "Small" }, { "const": 2 }],
                    "x-zui": { "displayAs": ["radiogroup", {}] } },
                "days": { "type": "array", "items": { "enum": ["mon", "tue"] }, "default": ["tue"] },
                "mail": { "type": "string", "format": "email" },
                "kind": { "const": "a" },
                "internal": { "type": "object", "x-zui": { "hidden": true } },
            },
        }));
        let controls: Vec<_> = fields
            .iter()
            .map(|field| {
                (
                    field.name.as_str(),
                    field.label.as_str(),
                    field.is_required,
                    field.initial.join(","),
                )
            })
            .collect();
        assert_eq!(
            controls,
            [
                ("name", "Name", true, "Ada".to_owned()),
                ("token", "Token", true, String::new()),
                ("note", "Note", false, String::new()),
                ("count", "How many", true, String::new()),
                ("ratio", "Ratio", false, String::new()),
                ("isOpen", "Is open", false, "true".to_owned()),
                ("plan", "Plan", false, String::new()),
                ("size", "Size", false, String::new()),
                ("days", "Days", false, "tue".to_owned()),
                ("mail", "Mail", false, String::new()),
            ]
        );
        assert_eq!(fields[0].hint.as_deref(), Some("As on the card."));
        assert_eq!(fields[1].control, Control::Secret);
        assert_eq!(fields[2].control, Control::LongText);
        assert_eq!(fields[3].control, Control::Number { is_integer: true });
        assert!(fields[4].is_nullable && fields[2].is_nullable && !fields[3].is_nullable);
        assert!(fields[7].is_group() && !fields[6].is_group() && fields[8].is_group());
    }

    #[test]
    fn texts_become_the_values_of_the_schema() {
        let fields = fields(&json!({ "properties": {
            "text": { "type": "string" },
            "number": { "type": "number" },
            "flag": { "type": "boolean" },
            "size": { "enum": [1, "1x", null] },
            "days": { "type": "array", "items": { "enum": ["mon", 2] } },
            "none": { "type": ["string", "null"] },
        }, "required": ["none"] }));
        let value = |index: usize, sent: &[&str]| fields[index].value(sent);
        assert_eq!(value(0, &[" a "]), Some(json!(" a ")));
        assert_eq!(value(0, &[" "]), None);
        assert_eq!(value(1, &[" 1.50 "]), Some(json!(1.50)));
        assert_eq!(value(1, &["true"]), Some(json!("true")));
        assert_eq!(value(2, &["true"]), Some(json!(true)));
        assert_eq!(value(2, &[]), Some(json!(false)));
        assert_eq!(value(3, &["1"]), Some(json!(1)));
        assert_eq!(value(3, &["2"]), Some(json!("2")));
        assert_eq!(value(4, &["2", "mon"]), Some(json!([2, "mon"])));
        assert_eq!(value(4, &[]), None);
        assert_eq!(value(5, &[""]), Some(Value::Null));
    }

    #[test]
    fn a_secret_of_any_type_is_not_shown_and_null_is_no_text() {
        let fields = fields(&json!({ "properties": {
            "pin": { "type": "integer", "default": 1234, "x-zui": { "secret": true } },
            "plan": { "enum": ["free", "paid"], "default": "paid", "x-zui": { "secret": true } },
            "note": { "type": ["string", "null"], "default": null },
            "days": { "type": "array", "items": { "enum": ["mon", "tue"] }, "default": ["tue"] },
        }, "required": ["note"] }));
        for field in &fields[..2] {
            assert!(field.is_secret && field.initial.is_empty(), "{field:?}");
        }
        assert_eq!(fields[0].value(&["12"]), Some(json!(12)));
        assert_eq!(fields[2].initial, Vec::<String>::new());
        assert!(!fields[2].needs_value(), "it may be null");
        // Absent days would be those of the default.
        assert_eq!(fields[3].value(&[]), Some(json!([])));
    }

    #[test]
    fn a_hidden_property_has_a_value_or_is_an_error() {
        let schema = |hidden: &Value, required: &[&str]| json!({ "properties": { "name": { "type": "string" }, "kind": hidden }, "required": required });
        let hidden = json!({ "type": "string", "x-zui": { "hidden": true } });
        assert_eq!(read_fields(&schema(&hidden, &[])).unwrap().0.len(), 1);
        let error = read_fields(&schema(&hidden, &["kind"])).unwrap_err();
        assert!(error.to_string().contains("`kind`"), "{error}");
        let fixed = json!({ "type": "string", "default": "a", "x-zui": { "hidden": true } });
        let (_, constants) = read_fields(&schema(&fixed, &["kind"])).unwrap();
        assert_eq!(constants["kind"], "a");
    }

    #[test]
    fn a_property_without_a_field_is_an_error_that_names_it() {
        for property in [
            json!({ "type": "object" }),
            json!({ "type": "array", "items": { "type": "string" } }),
            json!({}),
            json!({ "$ref": "#/properties/deep" }),
        ] {
            let schema = json!({ "properties": { "deep": property } });
            let error = read_fields(&schema).unwrap_err().to_string();
            assert!(error.contains("`deep`"), "{error}");
        }
        assert!(read_fields(&json!({ "type": "object" })).is_err());
    }
}
