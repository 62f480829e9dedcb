//! What the keywords of a JSON Schema mean together, for forms and texts that people read. Not for authors: it changes
//! with the command.

use std::collections::HashSet;

use serde_json::{Map, Value};

/// The number of references that are followed from one schema.
const REFERENCES: usize = 16;

/// A value to choose.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// The value.
    pub value: Value,
    /// What a person reads.
    pub label: String,
}

impl Choice {
    /// The text that a browser sends for it.
    #[must_use]
    pub fn text(&self) -> String {
        text_of(&self.value)
    }
}

/// What a text is, by its format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextKind {
    /// Any text.
    Any,
    /// The address of a mailbox.
    Email,
    /// The address of a page.
    Url,
    /// A day.
    Date,
}

/// A schema together with those that it refers to (`$ref`, `allOf`), from the outside to the inside.
#[derive(Clone, Debug)]
pub struct Meaning<'a> {
    parts: Vec<&'a Map<String, Value>>,
    is_nullable: bool,
}

impl<'a> Meaning<'a> {
    /// The meaning of a schema. `root` is the document that references are resolved in.
    #[must_use]
    pub fn of(schema: &'a Value, root: &'a Value) -> Self {
        Self::of_all(std::iter::once(schema), root)
    }

    /// The meaning of schemas that a value has to fit all of.
    #[must_use]
    pub fn of_all(schemas: impl IntoIterator<Item = &'a Value>, root: &'a Value) -> Self {
        let mut meaning = Self {
            parts: Vec::new(),
            is_nullable: false,
        };
        for schema in schemas {
            meaning.read(schema, root, REFERENCES);
        }
        meaning
    }

    /// The meaning of this and another one together.
    #[must_use]
    pub fn and(mut self, other: &Self) -> Self {
        self.parts.extend(&other.parts);
        self
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

    /// The values of a keyword in all parts.
    pub fn all(&self, keyword: &str) -> impl Iterator<Item = &'a Value> {
        self.parts.iter().filter_map(move |part| part.get(keyword))
    }

    /// The keywords of each part.
    #[must_use]
    pub fn parts(&self) -> &[&'a Map<String, Value>] {
        &self.parts
    }

    /// What a text is, by its format.
    #[must_use]
    pub fn text_kind(&self) -> TextKind {
        match self.first("format").and_then(Value::as_str) {
            Some("email" | "idn-email") => TextKind::Email,
            Some("uri" | "iri") => TextKind::Url,
            Some("date") => TextKind::Date,
            _ => TextKind::Any,
        }
    }

    /// What a person reads in place of the name of a property: the title of the form, of the schema, or the words of
    /// the name.
    #[must_use]
    pub fn label(&self, name: &str) -> String {
        let title = self.ui_text("title").or_else(|| self.text("title"));
        title.unwrap_or_else(|| words(name))
    }

    /// Some keywords of each part. A part that has none of them is left out.
    #[must_use]
    pub fn selected(&self, keywords: &[&str]) -> Vec<Map<String, Value>> {
        let parts = self.parts.iter().map(|part| {
            let kept = part
                .iter()
                .filter(|(name, _)| keywords.contains(&name.as_str()));
            let kept = kept.map(|(name, value)| (name.clone(), value.clone()));
            kept.collect::<Map<_, _>>()
        });
        parts.filter(|part| !part.is_empty()).collect()
    }

    /// Whether it may be `null`.
    #[must_use]
    pub const fn is_nullable(&self) -> bool {
        self.is_nullable
    }

    /// The value of a keyword in the outermost part that has it.
    #[must_use]
    pub fn first(&self, keyword: &str) -> Option<&'a Value> {
        self.all(keyword).next()
    }

    /// The same, if it is a text.
    #[must_use]
    pub fn text(&self, keyword: &str) -> Option<String> {
        self.first(keyword)?.as_str().map(str::to_owned)
    }

    /// A property of `x-zui`, which Botpress's own forms read.
    #[must_use]
    pub fn ui(&self, property: &str) -> Option<&'a Value> {
        self.all("x-zui").find_map(|ui| ui.get(property))
    }

    /// The same, if it is a text.
    #[must_use]
    pub fn ui_text(&self, property: &str) -> Option<String> {
        self.ui(property)?.as_str().map(str::to_owned)
    }

    /// How Botpress's own forms display it; empty if they choose.
    #[must_use]
    pub fn displayed(&self) -> &'a str {
        let displayed = self.ui("displayAs").and_then(|display| display.get(0));
        displayed.and_then(Value::as_str).unwrap_or_default()
    }

    /// Whether the value as a whole is marked as secret.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        self.ui("secret") == Some(&Value::Bool(true))
            || matches!(self.displayed(), "password" | "secret")
    }

    /// Whether it or a part of its values is marked as secret.
    #[must_use]
    pub fn has_secret(&self, root: &'a Value) -> bool {
        let mut seen = HashSet::new();
        let mut parts = self.parts.iter();
        self.is_secret() || parts.any(|part| is_secret_inside(part, root, &mut seen))
    }

    /// Whether a value of this type is allowed by name.
    #[must_use]
    pub fn has_type(&self, name: &str) -> bool {
        self.all("type")
            .any(|kind| *kind == name || list(Some(kind)).any(|kind| *kind == name))
    }

    /// The only value, if there is only one.
    #[must_use]
    pub fn constant(&self) -> Option<Value> {
        let only = self
            .all("enum")
            .find_map(|options| match options.as_array()?.as_slice() {
                [only] => Some(only),
                _ => None,
            });
        self.first("const").or(only).cloned()
    }

    /// Whether values have several forms, of which none is `null`.
    #[must_use]
    pub fn is_union(&self) -> bool {
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
    #[must_use]
    pub fn options(&self) -> Option<Vec<Choice>> {
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

/// Whether a schema or one inside of it is marked as secret.
fn is_secret_inside<'a>(
    part: &'a Map<String, Value>,
    root: &'a Value,
    seen: &mut HashSet<*const Map<String, Value>>,
) -> bool {
    if !seen.insert(std::ptr::from_ref(part)) {
        return false;
    }
    let alone = Meaning {
        parts: vec![part],
        is_nullable: false,
    };
    let target = part.get("$ref").and_then(|target| resolve(target, root));
    let members = part.iter().filter(|(name, _)| *name != "definitions");
    let mut inner = members.flat_map(|(_, value)| match value {
        Value::Array(items) => items.iter().collect(),
        other => vec![other],
    });
    let mut is_inside = |schema: &'a Value| {
        let fields = schema.as_object();
        fields.is_some_and(|fields| is_secret_inside(fields, root, seen))
    };
    alone.is_secret() || target.is_some_and(&mut is_inside) || inner.any(is_inside)
}

/// The items of an array; none of another value.
pub fn list(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    value.and_then(Value::as_array).into_iter().flatten()
}

/// The schema that a reference within the same document leads to.
#[must_use]
pub fn resolve<'a>(target: &Value, root: &'a Value) -> Option<&'a Value> {
    let pointer = target.as_str()?.strip_prefix('#')?;
    let pointer = percent_encoding::percent_decode_str(pointer)
        .decode_utf8()
        .ok()?;
    root.pointer(&pointer)
}

/// A value for people: a text as it is, other values as JSON.
#[must_use]
pub fn text_of(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Splits a name into words: `botToken` becomes "Bot token", and `clientID` "Client ID".
#[must_use]
pub fn words(name: &str) -> String {
    let mut words = String::new();
    let mut characters = name.chars().peekable();
    let mut last = ' ';
    while let Some(character) = characters.next() {
        let begins = character.is_uppercase() && !last.is_uppercase();
        let is_acronym = characters.peek().is_none_or(|next| !next.is_lowercase());
        if words.is_empty() {
            words.extend(character.to_uppercase());
        } else if character == '_' || character == '-' {
            words.push(' ');
        } else if begins && !is_acronym {
            words.push(' ');
            words.extend(character.to_lowercase());
        } else if begins {
            words.extend([' ', character]);
        } else {
            words.push(character);
        }
        last = character;
    }
    words
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

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
    fn a_secret_is_found_at_any_depth_and_behind_references() {
        let secret = json!({ "type": "string", "x-zui": { "secret": true } });
        let deep = (0..20).fold(secret.clone(), |inner, _| {
            json!({ "type": "object", "properties": { "in": { "anyOf": [{ "type": "array", "items": inner }] } } })
        });
        let recursive = json!({
            "properties": { "next": { "$ref": "#" }, "key": { "$ref": "#/definitions/key" } },
            "definitions": { "key": secret },
        });
        let harmless =
            json!({ "properties": { "next": { "$ref": "#" } }, "definitions": { "key": secret } });
        let found = [&deep, &recursive, &harmless]
            .map(|schema| Meaning::of(schema, schema).has_secret(schema));
        assert_eq!(found, [true, true, false]);
    }
}
