//! Labels from two validators: `boon`, and `jsonschema`, which generated types use.

use std::sync::LazyLock;

use boon::{Compiler, Draft, SchemaIndex, Schemas};
use jsonschema::{ValidationOptions, Validator};
use serde_json::{Value, json};

use super::pattern::group_end;

/// The URI of the compiled schema. It refers to no real resource.
const ADDRESS: &str = "http://schema.invalid/schema.json";

/// The results of the validators for a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// Both accept it.
    Valid,
    /// Both reject it.
    Broken,
    /// `boon` accepts it, and `jsonschema` rejects it.
    OnlyBoon,
    /// `jsonschema` accepts it, and `boon` rejects it.
    OnlyJsonschema,
}

/// A schema, compiled by both validators.
///
/// `boon` does not support lookaround in patterns. Leading lookaheads, the only form in the corpus, are rewritten
/// for it.
pub struct Labeler {
    schemas: Schemas,
    index: SchemaIndex,
    validator: Validator,
}

impl std::fmt::Debug for Labeler {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Labeler").finish_non_exhaustive()
    }
}

impl Labeler {
    /// Compiles a schema: draft 7 unless it names another draft, with formats asserted.
    ///
    /// # Errors
    ///
    /// Returns the reason if one of the validators rejects the schema.
    pub fn new(schema: &Value) -> Result<Self, String> {
        let mut readable = schema.clone();
        without_lookahead(&mut readable);
        let mut compiler = Compiler::new();
        compiler.set_default_draft(Draft::V7);
        compiler.enable_format_assertions();
        compiler
            .add_resource(ADDRESS, readable)
            .map_err(|error| format!("boon: {error}"))?;
        let mut schemas = Schemas::new();
        let index = compiler
            .compile(ADDRESS, &mut schemas)
            .map_err(|error| format!("boon: {error:#}"))?;
        let mut options = with_later_formats(jsonschema::options()).should_validate_formats(true);
        if schema.get("$schema").is_none() {
            options = options.with_draft(jsonschema::Draft::Draft7);
        }
        let validator = options
            .build(schema)
            .map_err(|error| format!("jsonschema: {error}"))?;
        Ok(Self {
            schemas,
            index,
            validator,
        })
    }

    /// Validates a value with both.
    #[must_use]
    pub fn label(&self, value: &Value) -> Label {
        let by_boon = self.schemas.validate(value, self.index).is_ok();
        match (by_boon, self.validator.is_valid(value)) {
            (true, true) => Label::Valid,
            (false, false) => Label::Broken,
            (true, false) => Label::OnlyBoon,
            (false, true) => Label::OnlyJsonschema,
        }
    }
}

/// Lets a validator of any draft check the formats that drafts after draft 7 add, as generated code and `boon` do.
fn with_later_formats(options: ValidationOptions<'_>) -> ValidationOptions<'_> {
    options
        .with_format("duration", |text: &str| has_format(DURATION.as_ref(), text))
        .with_format("uuid", |text: &str| has_format(UUID.as_ref(), text))
}

static DURATION: LazyLock<Option<Validator>> = LazyLock::new(|| of_format("duration"));
static UUID: LazyLock<Option<Validator>> = LazyLock::new(|| of_format("uuid"));

fn of_format(name: &str) -> Option<Validator> {
    let options = jsonschema::options().should_validate_formats(true);
    let options = options.with_draft(jsonschema::Draft::Draft202012);
    options.build(&json!({ "format": name })).ok()
}

fn has_format(validator: Option<&Validator>, text: &str) -> bool {
    let text = Value::from(text);
    validator.is_none_or(|validator| validator.is_valid(&text))
}

/// Rewrites every pattern with leading lookaheads: `^(?!a)b` becomes `not` the pattern `^a` and the pattern `^b`.
/// Other patterns stay as they are.
fn without_lookahead(schema: &mut Value) {
    match schema {
        Value::Object(keywords) => {
            keywords.values_mut().for_each(without_lookahead);
            let pattern = keywords.get("pattern").and_then(Value::as_str);
            let Some(mut parts) = pattern.and_then(split_lookaheads) else {
                return;
            };
            keywords.remove("pattern");
            if let Some(Value::Array(present)) = keywords.remove("allOf") {
                parts.extend(present);
            }
            keywords.insert("allOf".to_owned(), Value::Array(parts));
        }
        Value::Array(items) => items.iter_mut().for_each(without_lookahead),
        _ => {}
    }
}

/// The schemas that together are equivalent to a pattern; `None` if it has no leading lookahead.
fn split_lookaheads(pattern: &str) -> Option<Vec<Value>> {
    let mut rest = pattern.strip_prefix('^')?;
    let mut parts = Vec::new();
    while rest.starts_with("(?=") || rest.starts_with("(?!") {
        let end = group_end(rest);
        let ahead = format!("^(?:{})", rest.get(3..end - 1)?);
        parts.push(if rest.starts_with("(?=") {
            json!({ "pattern": ahead })
        } else {
            // A pattern accepts values that are not strings. `not` alone would reject them.
            json!({ "not": { "type": "string", "pattern": ahead } })
        });
        rest = &rest[end..];
    }
    let has_alternatives = rest.contains('|');
    if parts.is_empty() || has_alternatives {
        return None;
    }
    parts.push(json!({ "pattern": format!("^{rest}") }));
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looking_ahead_is_said_without_looking() {
        let email = r"^(?!\.)(?!.*\.\.)([a-z.]*)[a-z]@x$";
        let label = |value: Value| {
            let schema = json!({ "allOf": [{ "maxLength": 6 }], "pattern": email });
            Labeler::new(&schema).unwrap().label(&value)
        };
        assert_eq!(label(json!("a.b@x")), Label::Valid);
        assert_eq!(label(json!(1)), Label::Valid);
        for broken in ["a..b@x", ".a@x", "a@", "abcde@x"] {
            assert_eq!(label(json!(broken)), Label::Broken, "{broken}");
        }
        assert!(split_lookaheads("^(?!a)b|c").is_none());
        assert!(split_lookaheads("a(?!b)").is_none());
    }
}
