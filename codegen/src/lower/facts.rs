//! The constraints of a property in one line, for its documentation.
//!
//! The type of a field shows the shape of its values. The validator checks the rest, which this line shows.

use serde_json::{Map, Value};

use crate::definition::SchemaAt;
use crate::diagnostic::is_secret;
use crate::lower::context::Lowering;
use crate::model::{Default, Shape, TypeRef, code};

/// The length at which the text of a pattern or of a default is cut.
const LONGEST: usize = 80;

impl Lowering<'_> {
    /// The name and the constraints of a property; none, if its field says it all.
    pub(super) fn facts_of(
        &self,
        wire: &str,
        name: &str,
        declared: &[SchemaAt],
        ty: &TypeRef,
        default: Option<&Default>,
    ) -> Option<String> {
        let mut facts = Vec::from_iter(wire_name(wire, name));
        for part in declared
            .iter()
            .flat_map(|at| self.parts_through_references(at))
        {
            let schema = self.keywords(&part);
            for fact in schema
                .map(|schema| constraints(&schema, ty))
                .into_iter()
                .flatten()
            {
                if !facts.contains(&fact) {
                    facts.push(fact);
                }
            }
        }
        let default = default.filter(|_| !self.is_within_secret(declared));
        facts.extend(default.and_then(|default| self.default_text(ty, default)));
        (!facts.is_empty()).then(|| sentence(&facts))
    }

    fn is_within_secret(&self, declared: &[SchemaAt]) -> bool {
        declared.iter().any(|at| {
            let file = self.set.files().get(at.file);
            is_secret(self.set.schema(at)) || file.secret_around(&at.pointer).is_some()
        })
    }

    fn default_text(&self, ty: &TypeRef, default: &Default) -> Option<String> {
        let text = match (default, ty) {
            (Default::Boolean(value), _) => value.to_string(),
            (Default::Integer(value), _) => value.to_string(),
            (Default::Unsigned(value), _) => value.to_string(),
            (Default::Number(value), _) => value.to_string(),
            (Default::String(value), _) => Value::from(value.as_str()).to_string(),
            (Default::Json(text), _) => text.clone(),
            (Default::Variant(index), TypeRef::Named(id)) => match &self.get(*id)?.shape {
                Shape::Enum(of) => Value::from(of.variants[*index].wire.as_str()).to_string(),
                _ => return None,
            },
            (Default::Variant(_), _) => return None,
        };
        Some(format!("default {}", code(&shortened(&text))))
    }
}

/// Facts as one sentence. All but a name in backticks start with an ASCII letter.
pub(super) fn sentence(facts: &[String]) -> String {
    let mut sentence = facts.join("; ") + ".";
    if let Some(first) = sentence.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    sentence
}

/// The name of a property in JSON, if it differs from the name of its field.
pub(super) fn wire_name(wire: &str, name: &str) -> Option<String> {
    (wire != name.trim_start_matches("r#")).then(|| format!("{} in JSON", code(wire)))
}

fn constraints(schema: &Map<String, Value>, ty: &TypeRef) -> Vec<String> {
    let format = schema.get("format").and_then(Value::as_str);
    let is_date = matches!(unwrapped(ty), TypeRef::DateTime | TypeRef::Date);
    let format = format.filter(|_| !is_date);
    let pattern = schema.get("pattern").and_then(Value::as_str);
    let is_unique = schema.get("uniqueItems") == Some(&Value::Bool(true));
    [
        count(
            schema,
            ["minLength", "maxLength"],
            ["character", "characters"],
        ),
        count(schema, ["minItems", "maxItems"], ["item", "items"]),
        count(
            schema,
            ["minProperties", "maxProperties"],
            ["property", "properties"],
        ),
        is_unique.then(|| "no item twice".to_owned()),
        bounds(schema),
        number(schema, "multipleOf").map(|of| format!("a multiple of {of}")),
        format.map(|format| format!("format {}", code(format))),
        pattern.map(|pattern| format!("pattern {}", code(&shortened(pattern)))),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The type of the values that are not null and not hidden.
fn unwrapped(ty: &TypeRef) -> &TypeRef {
    match ty {
        TypeRef::Nullable(inner) | TypeRef::Secret(inner) => unwrapped(inner),
        other => other,
    }
}

fn count(
    schema: &Map<String, Value>,
    [least, most]: [&str; 2],
    [one, many]: [&str; 2],
) -> Option<String> {
    let least = number(schema, least).filter(|least| least != "0");
    let most = number(schema, most);
    let noun = |count: &str| if count == "1" { one } else { many };
    match (least, most) {
        (Some(least), Some(most)) if least == most => Some(format!("{most} {}", noun(&most))),
        (Some(least), Some(most)) => Some(format!("{least} to {most} {many}")),
        (Some(least), None) => Some(format!("at least {least} {}", noun(&least))),
        (None, Some(most)) => Some(format!("at most {most} {}", noun(&most))),
        (None, None) => None,
    }
}

fn bounds(schema: &Map<String, Value>) -> Option<String> {
    let bound = |inclusive: &str, exclusive: &str| match schema.get(exclusive) {
        // In draft 4 the keyword says whether the other one is exclusive.
        Some(Value::Bool(true)) => number(schema, inclusive).map(|bound| (bound, true)),
        Some(Value::Number(bound)) => Some((bound.to_string(), true)),
        _ => number(schema, inclusive).map(|bound| (bound, false)),
    };
    let least = bound("minimum", "exclusiveMinimum");
    let most = bound("maximum", "exclusiveMaximum");
    if let (Some((least, false)), Some((most, false))) = (&least, &most) {
        return Some(format!("{least} to {most}"));
    }
    let least = least.map(|(bound, is_exclusive)| {
        format!(
            "{} {bound}",
            if is_exclusive {
                "more than"
            } else {
                "at least"
            }
        )
    });
    let most = most.map(|(bound, is_exclusive)| {
        format!(
            "{} {bound}",
            if is_exclusive { "less than" } else { "at most" }
        )
    });
    let bounds: Vec<_> = least.into_iter().chain(most).collect();
    (!bounds.is_empty()).then(|| bounds.join(" and "))
}

fn number(schema: &Map<String, Value>, keyword: &str) -> Option<String> {
    let value = schema.get(keyword)?;
    value.is_number().then(|| value.to_string())
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{constraints, sentence, shortened, wire_name};
    use crate::model::TypeRef;

    #[track_caller]
    fn check(schema: &Value, facts: &[&str]) {
        let schema = schema.as_object().expect("keywords");
        assert_eq!(constraints(schema, &TypeRef::String), facts);
    }

    #[test]
    fn a_count_is_said_in_words() {
        check(
            &json!({ "minLength": 1, "maxLength": 64 }),
            &["1 to 64 characters"],
        );
        check(
            &json!({ "minLength": 0, "maxLength": 1 }),
            &["at most 1 character"],
        );
        check(&json!({ "minItems": 2, "maxItems": 2 }), &["2 items"]);
        check(
            &json!({ "minProperties": 1, "uniqueItems": true, "maxItems": 3 }),
            &["at most 3 items", "at least 1 property", "no item twice"],
        );
        check(&json!({ "minLength": 0, "uniqueItems": false }), &[]);
    }

    #[test]
    fn a_bound_may_be_exclusive_in_every_draft() {
        check(&json!({ "minimum": -1, "maximum": 2.5 }), &["-1 to 2.5"]);
        check(
            &json!({ "exclusiveMinimum": 0, "maximum": 9, "multipleOf": 3 }),
            &["more than 0 and at most 9", "a multiple of 3"],
        );
        check(
            &json!({ "maximum": 9, "exclusiveMaximum": true }),
            &["less than 9"],
        );
    }

    #[test]
    fn a_pattern_is_code_of_limited_length() {
        check(
            &json!({ "pattern": "^`a`\n$", "format": "uri" }),
            &["format `uri`", "pattern ``^`a`\\n$``"],
        );
        assert_eq!(shortened(&"é".repeat(81)).chars().count(), 81);
    }

    #[test]
    fn facts_are_a_sentence() {
        let facts = ["1 item", "no item twice"].map(str::to_owned);
        assert_eq!(sentence(&facts), "1 item; no item twice.");
        assert_eq!(sentence(&facts[1..]), "No item twice.");
        assert_eq!(sentence(&["`É` in JSON".to_owned()]), "`É` in JSON.");
    }

    #[test]
    fn a_date_has_no_other_format() {
        let schema = json!({ "format": "date-time" });
        let ty = TypeRef::DateTime.secret().nullable();
        assert!(constraints(schema.as_object().expect("keywords"), &ty).is_empty());
    }

    #[test]
    fn the_name_in_json_is_shown_where_it_differs() {
        assert_eq!(wire_name("type", "r#type"), None);
        let name = wire_name("clientId", "client_id");
        assert_eq!(name.as_deref(), Some("`clientId` in JSON"));
    }
}
