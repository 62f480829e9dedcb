//! Formats that a draft does not define, which the validators of generated code leave alone.

use serde_json::Value;

use super::Question;

/// The formats of draft 7.
const DRAFT_7: [&str; 17] = [
    "date",
    "date-time",
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
];

/// The formats that later drafts add.
const LATER: [&str; 2] = ["duration", "uuid"];

/// A question without the formats that its schemas' drafts do not define.
pub(super) fn defined(question: &Question) -> Question {
    Question {
        from: with_defined(&question.from),
        to: with_defined(&question.to),
        beyond: question.beyond.as_ref().map(with_defined),
    }
}

fn with_defined(schema: &Value) -> Value {
    let draft = schema["$schema"].as_str().unwrap_or_default();
    let is_later = draft.contains("/draft/20");
    let mut schema = schema.clone();
    remove(&mut schema, &|format| {
        DRAFT_7.contains(&format) || (is_later && LATER.contains(&format))
    });
    schema
}

/// Removes formats. A text named `format` that is no format stands in places that a validator does not read.
fn remove(schema: &mut Value, is_kept: &dyn Fn(&str) -> bool) {
    match schema {
        Value::Object(keywords) => {
            let is_unknown = |value: &Value| value.as_str().is_some_and(|name| !is_kept(name));
            if keywords.get("format").is_some_and(is_unknown) {
                keywords.shift_remove("format");
            }
            for (name, value) in keywords {
                if !["const", "enum", "default", "examples"].contains(&name.as_str()) {
                    remove(value, is_kept);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| remove(item, is_kept)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_format_stays_where_its_draft_defines_it() {
        let old = json!({ "items": { "format": "uuid" }, "format": "email", "const": { "format": "uuid" } });
        let mut new = old.clone();
        new["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
        assert_eq!(with_defined(&new), new);
        assert_eq!(
            with_defined(&old),
            json!({ "items": {}, "format": "email", "const": { "format": "uuid" } })
        );
    }
}
