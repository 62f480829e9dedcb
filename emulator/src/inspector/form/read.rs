//! Values from what a browser has sent.

use contexture::meaning::Choice;
use serde_json::{Map, Value};

use super::field::{Control, Field};
use super::problems::Problems;
use crate::inspector::sent::Sent;

/// The prefixes of the names of controls.
pub(super) const VALUE: &str = "value:";
pub(super) const COUNT: &str = "count:";
pub(super) const CLEAR: &str = "clear:";
pub(super) const REST: &str = "rest:";
/// The names of buttons that change a list. Their values are pointers.
pub(super) const ADD: &str = "add";
pub(super) const REMOVE: &str = "remove";

/// The most items of a list in a form.
const MOST: usize = 1000;

/// What was read from a form.
#[derive(Debug, Default)]
pub(in crate::inspector) struct Reading {
    pub(in crate::inspector) value: Value,
    /// What is no JSON. Whether the value fits the schema is judged by others.
    pub(in crate::inspector) problems: Problems,
    /// A button has changed a list, so the form is not complete.
    pub(in crate::inspector) is_edit: bool,
}

/// Reads the value of a form. Secrets that were left empty are those of the old value.
///
/// A text that does not fit stays a text, so that the validator says what is wrong.
pub(in crate::inspector) fn read(field: &Field, sent: &Sent, old: Option<&Value>) -> Reading {
    let mut reader = Reader {
        sent,
        old,
        problems: Problems::default(),
        add: sent.text(ADD),
        remove: sent.text(REMOVE),
    };
    let value = reader.value(field, "");
    Reading {
        value: value.unwrap_or_else(|| Value::Object(Map::new())),
        problems: reader.problems,
        is_edit: reader.add.is_some() || reader.remove.is_some(),
    }
}

struct Reader<'a> {
    sent: &'a Sent,
    old: Option<&'a Value>,
    problems: Problems,
    add: Option<&'a str>,
    remove: Option<&'a str>,
}

impl Reader<'_> {
    fn value(&mut self, field: &Field, parent: &str) -> Option<Value> {
        let pointer = field.pointer(parent);
        let value = match &field.control {
            Control::Object { fields, has_rest } => self.object(fields, *has_rest, &pointer, field),
            Control::List(item) => self.list(item, &pointer, field),
            Control::Constant(value) => field.is_required.then(|| value.clone()),
            _ => self.leaf(field, &pointer),
        };
        let null = field.is_required && field.is_nullable;
        value.or_else(|| null.then_some(Value::Null))
    }

    fn object(
        &mut self,
        fields: &[Field],
        has_rest: bool,
        pointer: &str,
        field: &Field,
    ) -> Option<Value> {
        let mut members = Map::new();
        let mut is_empty = true;
        for part in fields {
            if let Some(value) = self.value(part, pointer) {
                let is_constant = matches!(part.control, Control::Constant(_));
                is_empty &= is_constant || value.is_null();
                members.insert(part.name.clone(), value);
            }
        }
        if has_rest && let Some(text) = self.sent.filled(&format!("{REST}{pointer}")) {
            match serde_json::from_str(text) {
                Ok(Value::Object(rest)) => members.extend(rest),
                _ => self
                    .problems
                    .add(pointer, "the further members are no JSON object"),
            }
            is_empty = false;
        }
        (!is_empty || field.needs_value()).then_some(Value::Object(members))
    }

    fn list(&mut self, item: &Field, pointer: &str, field: &Field) -> Option<Value> {
        let count = self.sent.text(&format!("{COUNT}{pointer}"));
        let count: usize = count
            .and_then(|count| count.parse().ok())
            .unwrap_or_default();
        let is_edit = self.add.is_some() || self.remove.is_some();
        let mut items = Vec::new();
        for index in 0..count.min(MOST) {
            let place = format!("{pointer}/{index}");
            if self.remove == Some(place.as_str()) {
                continue;
            }
            // While the list is changed, an empty item keeps its place.
            items.extend(
                self.value(item, &place)
                    .or_else(|| is_edit.then_some(Value::Null)),
            );
        }
        if self.add == Some(pointer) {
            items.push(Value::Null);
        }
        let is_kept = field.needs_value() || field.default.is_some() || !items.is_empty();
        is_kept.then_some(Value::Array(items))
    }

    fn leaf(&mut self, field: &Field, pointer: &str) -> Option<Value> {
        let name = format!("{VALUE}{pointer}");
        let text = self.sent.filled(&name);
        if field.is_secret && text.is_none() {
            let is_cleared = self.sent.text(&format!("{CLEAR}{pointer}")).is_some();
            let old = self.old.filter(|_| !is_cleared);
            return old.and_then(|old| old.pointer(pointer)).cloned();
        }
        match &field.control {
            Control::Boolean if field.needs_value() => Some(Value::Bool(text.is_some())),
            Control::Boolean => text.map(|text| match text {
                "true" => Value::Bool(true),
                "false" => Value::Bool(false),
                other => other.into(),
            }),
            Control::Many(options) => {
                let chosen: Vec<_> = self
                    .sent
                    .texts(&name)
                    .map(|text| chosen(options, text))
                    .collect();
                let is_kept = field.needs_value() || field.default.is_some() || !chosen.is_empty();
                is_kept.then_some(Value::Array(chosen))
            }
            Control::One(options) => text.map(|text| chosen(options, text)),
            Control::Number => text.map(number),
            // Browsers send line breaks as they are in HTTP.
            Control::LongText => text.map(|text| text.replace("\r\n", "\n").into()),
            Control::Json => text.map(|text| self.json(text, pointer)),
            _ => text.map(Value::from),
        }
    }

    fn json(&mut self, text: &str, pointer: &str) -> Value {
        serde_json::from_str(text).unwrap_or_else(|error| {
            self.problems
                .add(pointer, &format!("this is no JSON: {error}"));
            text.into()
        })
    }
}

fn number(text: &str) -> Value {
    let number = serde_json::from_str(text.trim())
        .ok()
        .filter(Value::is_number);
    number.unwrap_or_else(|| text.into())
}

fn chosen(options: &[Choice], text: &str) -> Value {
    let option = options.iter().find(|option| option.text() == text);
    option.map_or_else(|| text.into(), |option| option.value.clone())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::form_of;
    use super::*;

    fn schema() -> Value {
        json!({
            "properties": {
                "name": { "type": "string" },
                "count": { "type": "integer" },
                "isOpen": { "type": "boolean" },
                "isSure": { "type": "boolean" },
                "size": { "enum": [1, "1x"] },
                "days": { "type": "array", "items": { "enum": ["mon", 2] } },
                "note": { "type": ["string", "null"] },
                "any": {},
                "kind": { "const": "a" },
                "address": { "type": "object", "properties": {
                    "city": { "type": "string" }, "form": { "const": "b" } }, "required": ["form"] },
                "items": { "type": "array", "items": { "type": "object", "properties": { "a/b": { "type": "string" } } } },
            },
            "required": ["isSure", "note", "kind"],
        })
    }

    fn value(sent: &[(&str, &str)]) -> Value {
        let sent = sent
            .iter()
            .fold(Sent::default(), |sent, (name, text)| sent.with(name, text));
        read(&form_of(&schema()), &sent, None).value
    }

    #[test]
    fn an_empty_form_has_what_must_be_there() {
        assert_eq!(
            value(&[]),
            json!({ "isSure": false, "note": null, "kind": "a" })
        );
    }

    #[test]
    fn texts_become_the_values_of_the_schema() {
        let read = value(&[
            ("value:/name", " a "),
            ("value:/count", " 12 "),
            ("value:/isOpen", "false"),
            ("value:/isSure", "true"),
            ("value:/size", "1"),
            ("value:/days", "mon"),
            ("value:/days", "2"),
            ("value:/any", "[1]"),
            ("value:/address/city", "Graz"),
            ("count:/items", "2"),
            ("value:/items/1/a~1b", "x"),
        ]);
        let expected = json!({
            "name": " a ", "count": 12, "isOpen": false, "isSure": true, "size": 1, "days": ["mon", 2], "note": null,
            "any": [1], "kind": "a", "address": { "city": "Graz", "form": "b" }, "items": [{}, { "a/b": "x" }],
        });
        assert_eq!(read, expected);
    }

    #[test]
    fn what_does_not_fit_stays_a_text_and_what_is_no_json_is_a_problem() {
        assert_eq!(value(&[("value:/count", "many")])["count"], "many");
        let sent = Sent::default().with("value:/any", "{");
        let reading = read(&form_of(&schema()), &sent, None);
        assert_eq!(reading.value["any"], "{");
        assert!(reading.problems.at("/any")[0].starts_with("this is no JSON"));
    }

    #[test]
    fn buttons_add_and_remove_items_and_keep_the_others() {
        let sent = Sent::default()
            .with("count:/items", "2")
            .with("value:/items/1/a~1b", "x");
        let form = form_of(&schema());
        let added = read(&form, &sent.clone().with("add", "/items"), None);
        assert!(added.is_edit);
        assert_eq!(added.value["items"], json!([{}, { "a/b": "x" }, null]));
        let removed = read(&form, &sent.with("remove", "/items/0"), None);
        assert_eq!(removed.value["items"], json!([{ "a/b": "x" }]));
    }

    #[test]
    fn a_secret_that_is_left_empty_is_kept_unless_it_is_cleared() {
        let form = form_of(&json!({ "properties": {
            "token": { "type": "string", "x-zui": { "secret": true } },
            "keys": { "type": "array", "items": { "type": "string", "x-zui": { "secret": true } } },
        } }));
        let old = json!({ "token": "old", "keys": ["k"] });
        let value = |sent: Sent| read(&form, &sent, Some(&old)).value;
        assert_eq!(value(Sent::default()), old);
        let new = Sent::default()
            .with("value:/token", "new")
            .with("value:/keys", "[]");
        assert_eq!(value(new), json!({ "token": "new", "keys": [] }));
        let cleared = Sent::default().with("clear:/token", "true");
        assert_eq!(value(cleared), json!({ "keys": ["k"] }));
    }
}
