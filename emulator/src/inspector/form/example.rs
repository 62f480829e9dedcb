//! A value to begin with.

use serde_json::{Map, Value};

use super::field::{Control, Field};

/// A value with all members that must be there. Texts are empty, and choices are the first ones.
pub(in crate::inspector) fn example(field: &Field) -> Value {
    if let Some(default) = &field.default {
        return default.clone();
    }
    match &field.control {
        Control::Text(_) | Control::LongText => {
            Value::from(field.placeholder.clone().unwrap_or_default())
        }
        Control::Number => Value::from(0),
        Control::Boolean => Value::from(false),
        Control::One(options) => options
            .first()
            .map(|choice| choice.value.clone())
            .unwrap_or_default(),
        Control::Many(_) | Control::List(_) => Value::Array(Vec::new()),
        Control::Constant(value) => value.clone(),
        Control::Object { fields, .. } => {
            let needed = fields.iter().filter(|field| field.is_required);
            needed
                .map(|field| (field.name.clone(), example(field)))
                .collect::<Map<_, _>>()
                .into()
        }
        Control::Json => Value::Object(Map::new()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::form_of;
    use super::*;

    #[test]
    fn an_example_has_what_must_be_there() {
        let schema = json!({
            "properties": {
                "name": { "type": "string", "examples": ["Ada"] },
                "note": { "type": "string" },
                "count": { "type": "integer", "default": 3 },
                "size": { "enum": ["s", "m"] },
                "days": { "type": "array", "items": { "type": "string" } },
                "place": { "type": "object", "properties": { "city": { "type": "string" } }, "required": ["city"] },
            },
            "required": ["name", "count", "size", "days", "place"],
        });
        let expected =
            json!({ "name": "Ada", "count": 3, "size": "s", "days": [], "place": { "city": "" } });
        assert_eq!(example(&form_of(&schema)), expected);
    }
}
