//! The JSON Schema validator of Contexture integrations. `contexture` uses it; this package has no other use.
//!
//! `jsonschema` is generic over the kind of JSON, so its code is compiled in the package that builds a validator, with the
//! settings of that package. Here it is compiled once, and nothing of it is generic for users of [`Validator`].

mod formats;

use std::fmt;

use jsonschema::{Draft, Keyword, PatternOptions, ValidationError};
use serde_json::{Map, Value};

use self::formats::with_formats;

/// The rules of a validator that differ from those of `jsonschema`.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    /// The draft of schemas that name none.
    pub draft: Draft,
    /// The formats with checks of their own.
    pub formats: &'static [(&'static str, CheckFormat)],
    /// The keywords with implementations of their own.
    pub keywords: &'static [(&'static str, MakeKeyword)],
    /// The backtrack limit of a match of a pattern with a property name.
    pub backtracks: usize,
}

/// Returns whether a text has a format.
pub type CheckFormat = fn(&str) -> bool;

/// Makes a keyword from all keywords of its schema and from its value. An error says what is wrong with the value.
pub type MakeKeyword = fn(&Map<String, Value>, &Value) -> Result<BoxedKeyword, &'static str>;

/// The implementation of a keyword.
pub type BoxedKeyword = Box<dyn for<'i> Keyword<'i>>;

/// A compiled schema.
pub struct Validator(Box<dyn Validate>);

/// What is asked of a compiled schema. Behind a trait object, not even the code that drops it is compiled elsewhere.
trait Validate: Send + Sync {
    fn is_valid(&self, value: &Value) -> bool;
    fn errors<'i>(&'i self, value: &'i Value) -> Vec<ValidationError<'i>>;
}

impl Validate for jsonschema::Validator {
    fn is_valid(&self, value: &Value) -> bool {
        self.is_valid(value)
    }

    fn errors<'i>(&'i self, value: &'i Value) -> Vec<ValidationError<'i>> {
        self.iter_errors(value).collect()
    }
}

impl Validator {
    /// Compiles a schema for a draft, or for the draft that its `$schema` names. All formats are asserted in every draft.
    ///
    /// # Errors
    ///
    /// Returns an error if the schema is not valid.
    pub fn new(
        schema: &Value,
        draft: Option<Draft>,
        rules: &Rules,
    ) -> Result<Self, ValidationError<'static>> {
        let patterns = PatternOptions::fancy_regex().backtrack_limit(rules.backtracks);
        let mut options = with_formats(jsonschema::options())
            .should_validate_formats(true)
            .with_pattern_options(patterns);
        for (name, is_valid) in rules.formats {
            options = options.with_format(*name, is_valid);
        }
        for (name, make) in rules.keywords {
            options = options.with_keyword(*name, |keywords, value, _| {
                make(keywords, value).map_err(ValidationError::custom)
            });
        }
        let unnamed = schema.get("$schema").is_none().then_some(rules.draft);
        if let Some(draft) = draft.or(unnamed) {
            options = options.with_draft(draft);
        }
        Ok(Self(Box::new(options.build(schema)?)))
    }

    /// Returns whether a value is valid.
    #[must_use]
    pub fn is_valid(&self, value: &Value) -> bool {
        self.0.is_valid(value)
    }

    /// Returns the violations of a value.
    #[must_use]
    pub fn errors<'i>(&'i self, value: &'i Value) -> Vec<ValidationError<'i>> {
        self.0.errors(value)
    }
}

impl fmt::Debug for Validator {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Validator").finish_non_exhaustive()
    }
}
