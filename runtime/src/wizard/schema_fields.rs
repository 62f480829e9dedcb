//! The fields of a form from a JSON Schema.

use serde_json::{Map, Value, json};

use super::field::{Choice, Control, Field, TextKind, text_of};
use crate::{Error, Result};

/// The number of references that are followed from one property.
const DEPTH: usize = 16;

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
            fields.push(meaning.field(name, is_required(name), schema)?);
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
        meaning.read(schema, root, DEPTH);
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
        for all in part
            .get("allOf")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            self.read(all, root, depth - 1);
        }
        let types = part.get("type").and_then(Value::as_array);
        self.is_nullable |= types.is_some_and(|types| types.contains(&json!("null")));
        let options = part.get("enum").and_then(Value::as_array);
        self.is_nullable |= options.is_some_and(|options| options.contains(&Value::Null));
        // A value or null.
        for union in ["anyOf", "oneOf"] {
            let of = part.get(union).and_then(Value::as_array);
            let null = |alternative: &&Value| alternative["type"] == "null";
            let (nulls, others): (Vec<_>, Vec<_>) = of.into_iter().flatten().partition(null);
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

    /// Returns a property of `x-zui`, which Botpress's own forms read.
    fn ui(&self, property: &str) -> Option<&'a Value> {
        self.all("x-zui").find_map(|ui| ui.get(property))
    }

    fn ui_text(&self, property: &str) -> Option<String> {
        self.ui(property)?.as_str().map(str::to_owned)
    }

    fn has_type(&self, name: &str) -> bool {
        self.all("type").any(|types| match types {
            Value::String(only) => only == name,
            Value::Array(several) => several.contains(&json!(name)),
            _ => false,
        })
    }

    fn field(&self, name: &str, is_required: bool, root: &'a Value) -> Result<Field> {
        let control = self.control(root).ok_or_else(|| {
            Error::from(format!(
                "a form cannot show the property `{name}`: texts, numbers, booleans, choices \
                 and lists of choices have a field"
            ))
        })?;
        let is_secret = control == Control::Secret || self.is_secret();
        let default = self.first("default");
        let initial = match (default.filter(|_| !is_secret), &control) {
            (None | Some(Value::Null), _) | (Some(Value::Bool(false)), Control::Checkbox) => {
                Vec::new()
            }
            (Some(Value::Array(several)), _) => several.iter().map(text_of).collect(),
            (Some(value), _) => vec![text_of(value)],
        };
        let label = self.ui_text("title").or_else(|| self.text("title"));
        Ok(Field {
            name: name.to_owned(),
            label: label.unwrap_or_else(|| words(name)),
            hint: self.text("description"),
            placeholder: self.ui_text("placeholder"),
            is_required,
            is_nullable: self.is_nullable,
            control,
            is_secret,
            initial,
            has_default: default.is_some(),
        })
    }

    fn is_secret(&self) -> bool {
        self.ui("secret") == Some(&Value::Bool(true))
    }

    fn control(&self, root: &'a Value) -> Option<Control> {
        let displayed = self.ui("displayAs").and_then(|display| display.get(0));
        let displayed = displayed.and_then(Value::as_str).unwrap_or_default();
        if let Some(options) = self.options() {
            return Some(Control::One {
                options,
                as_radio_buttons: displayed == "radiogroup",
            });
        }
        if self.has_type("string") {
            return Some(match displayed {
                "password" | "secret" => Control::Secret,
                _ if self.is_secret() => Control::Secret,
                "textarea" => Control::LongText,
                _ => Control::Text(self.text_kind()),
            });
        }
        if self.has_type("boolean") {
            return Some(Control::Checkbox);
        }
        if self.has_type("integer") || self.has_type("number") {
            let is_integer = !self.has_type("number");
            return Some(Control::Number { is_integer });
        }
        let items = self.first("items").filter(|_| self.has_type("array"))?;
        Meaning::of(items, root).options().map(Control::Many)
    }

    /// Returns the values of an `enum`, or of a union of constants.
    fn options(&self) -> Option<Vec<Choice>> {
        if let Some(values) = self.first("enum").and_then(Value::as_array) {
            let options = values.iter().filter(|value| !value.is_null());
            let options = options.map(|value| Choice {
                value: value.clone(),
                label: text_of(value),
            });
            return Some(options.collect());
        }
        let alternatives = self
            .first("oneOf")
            .or_else(|| self.first("anyOf"))?
            .as_array()?;
        let others = alternatives.iter().filter(|other| other["type"] != "null");
        let options = others.map(|alternative| {
            let value = alternative.get("const")?;
            let titles = [&alternative["title"], &alternative["x-zui"]["title"]];
            let title = titles.iter().find_map(|title| title.as_str());
            Some(Choice {
                label: title.map_or_else(|| text_of(value), str::to_owned),
                value: value.clone(),
            })
        });
        let options: Option<Vec<_>> = options.collect();
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

/// Returns the schema that a reference within the same document leads to.
fn resolve<'a>(target: &Value, root: &'a Value) -> Option<&'a Value> {
    let pointer = target.as_str()?.strip_prefix('#')?;
    let pointer = percent_encoding::percent_decode_str(pointer)
        .decode_utf8()
        .ok()?;
    root.pointer(&pointer)
}

/// Splits the name of a property into words: `botToken` becomes "Bot token", and `clientID` "Client ID".
fn words(name: &str) -> String {
    let mut label = String::new();
    let mut characters = name.chars().peekable();
    let mut last = ' ';
    while let Some(character) = characters.next() {
        let begins = character.is_uppercase() && !last.is_uppercase();
        let is_acronym = characters.peek().is_none_or(|next| !next.is_lowercase());
        if label.is_empty() {
            label.extend(character.to_uppercase());
        } else if character == '_' || character == '-' {
            label.push(' ');
        } else if begins && !is_acronym {
            label.push(' ');
            label.extend(character.to_lowercase());
        } else if begins {
            label.extend([' ', character]);
        } else {
            label.push(character);
        }
        last = character;
    }
    label
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
    fn a_name_becomes_words() {
        for (name, label) in [
            ("botToken", "Bot token"),
            ("api_key", "Api key"),
            ("clientID", "Client ID"),
            ("apiURL", "Api URL"),
            ("x", "X"),
        ] {
            assert_eq!(words(name), label);
        }
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
