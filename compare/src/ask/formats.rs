//! Formats that no draft defines, which the validators of generated code leave alone.

use serde_json::Value;

use super::Question;

/// The formats of all drafts. Generated code checks each of them in every draft.
const KNOWN: [&str; 19] = [
    "date",
    "date-time",
    "duration",
    "email",
    "hostname",
    "idn-email",
    "idn-hostname",
    "ipv4",
    "ipv6",
    "iri",
    "iri-reference",
    "json-pointer",
    "regex",
    "relative-json-pointer",
    "time",
    "uri",
    "uri-reference",
    "uri-template",
    "uuid",
];

/// A question without the formats that no draft defines.
pub(super) fn defined(question: &Question) -> Question {
    Question {
        from: with_defined(&question.from),
        to: with_defined(&question.to),
        beyond: question.beyond.as_ref().map(with_defined),
    }
}

/// Whether a format can refuse a text.
pub(crate) fn is_asserted_format(format: &str) -> bool {
    KNOWN.contains(&format)
}

fn with_defined(schema: &Value) -> Value {
    let mut defined = schema.clone();
    remove(&mut defined);
    defined
}

/// Removes formats. A text named `format` that is no format stands in places that a validator does not read.
fn remove(schema: &mut Value) {
    match schema {
        Value::Object(keywords) => {
            let is_unknown =
                |value: &Value| value.as_str().is_some_and(|name| !is_asserted_format(name));
            if keywords.get("format").is_some_and(is_unknown) {
                keywords.shift_remove("format");
            }
            for (name, value) in keywords {
                if !["const", "enum", "default", "examples"].contains(&name.as_str()) {
                    remove(value);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(remove),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_format_stays_if_a_draft_defines_it() {
        let schema = json!({
            "items": { "format": "phone" }, "not": { "format": "uuid" }, "format": "email", "const": { "format": "phone" }
        });
        let defined = json!({
            "items": {}, "not": { "format": "uuid" }, "format": "email", "const": { "format": "phone" }
        });
        assert_eq!(with_defined(&schema), defined);
    }
}
