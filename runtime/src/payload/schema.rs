//! JSON Schemas that are compiled once.

use std::sync::OnceLock;

use contexture_validator::Validator;
use serde_json::Value;

use super::{
    Violations,
    explain::{Tree, explain, read_tree},
    pattern::{bounded, bounded_again},
    plan::Plan,
    validator::build,
};
use crate::value::{
    json::{Json, TextPart},
    shorten,
};

/// A JSON Schema that is compiled once, at startup or at its first use.
///
/// It is a draft 7 schema unless `$schema` names another draft. Formats are asserted.
#[derive(Debug)]
pub struct Schema {
    text: &'static str,
    /// How its type is read and written directly, if it can be.
    plan: OnceLock<Option<Plan>>,
    whole: Compiled,
    /// The schema reduced to the keywords that apply to single properties.
    fields: Compiled,
}

/// The compiled forms of a schema, created on demand: the validator decides whether a value fits,
/// and the tree explains why it does not.
#[derive(Debug)]
struct Compiled {
    validator: OnceLock<Validator>,
    tree: OnceLock<Tree>,
}

impl Compiled {
    const fn new() -> Self {
        Self {
            validator: OnceLock::new(),
            tree: OnceLock::new(),
        }
    }

    /// Validates a value and collects all violations.
    fn validate(&self, schema: impl Fn() -> Value, value: &Value) -> Result<(), Violations> {
        let validator = self.validator.get_or_init(|| compiled(&schema()));
        let tree = || self.tree.get_or_init(|| read_tree(&schema()));
        let (violations, finished) = bounded(|| {
            // Checking validity is much cheaper than collecting all violations.
            let is_valid = validator.is_valid(value);
            (!is_valid).then(|| explain(tree(), value))
        });
        if !finished {
            // The matches after the first unfinished one have no result, so no other violation is certain.
            return Err(bounded_again(|| explain(tree(), value)).unfinished());
        }
        violations.map_or(Ok(()), Err)
    }
}

/// The keywords of a root schema that apply to a single property. The others relate several
/// properties, such as `required`.
const SPEAK_OF_ONE: [&str; 9] = [
    "$schema",
    "type",
    "properties",
    "patternProperties",
    "additionalProperties",
    "propertyNames",
    "definitions",
    "$defs",
    "$id",
];

impl Schema {
    /// Creates a schema from its text without compiling it.
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        Self {
            text,
            plan: OnceLock::new(),
            whole: Compiled::new(),
            fields: Compiled::new(),
        }
    }

    /// Returns the text of the schema.
    #[must_use]
    pub const fn text(&self) -> &'static str {
        self.text
    }

    /// Validates a value and collects all violations.
    ///
    /// # Errors
    ///
    /// Returns an error if the value does not fit the schema.
    ///
    /// # Panics
    ///
    /// Panics if the text is not a valid JSON Schema. Generated code contains only schemas that the
    /// generator has checked.
    pub fn validate(&self, value: &Value) -> Result<(), Violations> {
        self.whole.validate(|| parsed(self.text), value)
    }

    /// Validates the properties of an object, each on its own. The reduced schema is compiled at
    /// the first call.
    pub(super) fn validate_fields(&self, value: &Value) -> Result<(), Violations> {
        self.fields.validate(|| schema_of_fields(self.text), value)
    }

    /// Returns whether a value fits, without collecting violations.
    ///
    /// # Panics
    ///
    /// Panics if the text is not a valid JSON Schema, as [`validate`](Self::validate) does.
    #[must_use]
    pub fn accepts(&self, value: &Value) -> bool {
        let validator = self
            .whole
            .validator
            .get_or_init(|| compiled(&parsed(self.text)));
        bounded(|| validator.is_valid(value)) == (true, true)
    }

    /// Prepares the schema, unless that is already done. A schema of which a type is read directly gets its validator
    /// at the first value that does not fit.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not JSON, or if a validator cannot be compiled. A schema that needs none has been
    /// checked by the generator.
    pub fn compile(&self) -> Result<(), InvalidSchema> {
        let invalid = |reason: String| InvalidSchema {
            reason,
            text: shorten(self.text),
        };
        if self.plan.get().is_none() {
            let schema: Value =
                serde_json::from_str(self.text).map_err(|error| invalid(error.to_string()))?;
            let plan = Plan::of(&schema).map_err(|error| invalid(error.to_string()))?;
            if plan.is_none() {
                let validator = build(&schema, None).map_err(|error| invalid(error.to_string()))?;
                // Another thread may have set it first, with the same result.
                let _ = self.whole.validator.set(validator);
            }
            let _ = self.plan.set(plan);
        }
        Ok(())
    }

    /// Reads a type from a text directly, if the text is valid and has no unusual form.
    pub(crate) fn read<'t, T: Json>(&'t self, text: TextPart<'t>) -> Option<T> {
        self.plan()?.read(text)
    }

    /// Appends a type to a text directly, if it is valid and has no unusual form. Otherwise the end of the text is
    /// undefined.
    pub(super) fn write<T: Json>(&self, value: &T, text: &mut Vec<u8>) -> bool {
        self.plan().is_some_and(|plan| plan.write(value, text))
    }

    fn plan(&self) -> Option<&Plan> {
        let plan = || Plan::of(&parsed(self.text)).expect(VALID);
        self.plan.get_or_init(plan).as_ref()
    }
}

/// The error of a text that is not a valid JSON Schema.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("invalid JSON Schema: {reason}: {text}")]
pub struct InvalidSchema {
    reason: String,
    /// The beginning of the text.
    text: String,
}

fn schema_of_fields(text: &str) -> Value {
    let mut schema = parsed(text);
    if let Some(keywords) = schema.as_object_mut() {
        keywords.retain(|keyword, _| SPEAK_OF_ONE.contains(&keyword.as_str()));
    }
    schema
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).expect("the text of a generated schema is valid JSON")
}

fn compiled(schema: &Value) -> Validator {
    build(schema, None).expect(VALID)
}

const VALID: &str = "a generated schema is valid, because the generator has checked it";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_of_an_invalid_schema_contains_its_text() {
        let no_json = Schema::new("{").compile().unwrap_err().to_string();
        assert!(no_json.starts_with("invalid JSON Schema: EOF"), "{no_json}");
        let no_type = Schema::new(r#"{"type":"strng"}"#).compile().unwrap_err();
        assert!(
            no_type.to_string().ends_with(r#"{"type":"strng"}"#),
            "{no_type}"
        );
    }

    #[test]
    fn a_long_text_is_no_regular_expression() {
        let schema = Schema::new(r#"{"format":"regex"}"#);
        let groups = |count: usize| {
            let groups = (0..count).map(|index| format!("(?<n{index}>a)"));
            Value::from(groups.collect::<String>())
        };
        assert!(schema.accepts(&groups(100)));
        assert!(!schema.accepts(&groups(1000)));
        let refused = schema.validate(&groups(1000)).unwrap_err().to_string();
        assert_eq!(refused, "at the root: must have the format `regex`");
        assert!(!schema.accepts(&Value::from("(")));
    }

    #[test]
    fn all_texts_of_a_value_share_what_their_patterns_may_cost() {
        let schema = Schema::new(r#"{"items":{"pattern":"^(?:(?!b)a+)+$"}}"#);
        let texts = |text: String, count| Value::from(vec![Value::from(text); count]);
        let hard = |end| format!("{}{end}", "a".repeat(14));
        assert!(schema.accepts(&texts(hard(""), 1000)));
        let judged = schema.validate(&texts(hard("!"), 10)).unwrap_err();
        assert_eq!(judged.iter().count(), 10);
        assert!(
            judged
                .to_string()
                .starts_with("at /0: must match the pattern")
        );
        let given_up = schema.validate(&texts(hard("!"), 2000)).unwrap_err();
        let last = given_up
            .iter()
            .last()
            .map(|violation| violation.message.as_str());
        assert_eq!(last, Some("is too much work to check against its pattern"));
        assert!(
            schema.accepts(&texts(hard(""), 1)),
            "the next value has a reserve of its own"
        );
    }
}
