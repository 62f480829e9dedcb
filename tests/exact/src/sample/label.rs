//! Two validators, which say of a value whether it fits.

use boon::{Compiler, Draft, SchemaIndex, Schemas};
use jsonschema::Validator;
use serde_json::Value;

/// The address of the schema that is compiled; nothing is there.
const ADDRESS: &str = "http://schema.invalid/schema.json";

/// What the validators say of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// Both say that it fits.
    Valid,
    /// Both say that it does not fit.
    Broken,
    /// `boon` says that it fits, and `jsonschema` that it does not.
    OnlyBoon,
    /// `jsonschema` says that it fits, and `boon` that it does not.
    OnlyJsonschema,
}

/// A schema, compiled by both.
///
/// `boon` knows no patterns that look around. Where a schema has one, `boon` is asked without it, and of a value that
/// it accepts so it is `jsonschema` alone that says whether it is valid.
pub struct Labeler {
    is_partial: bool,
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
    /// Compiles a schema: draft 7 unless it says otherwise, with formats asserted.
    ///
    /// # Errors
    ///
    /// Returns the reason if one of the validators refuses the schema.
    pub fn new(schema: &Value) -> Result<Self, String> {
        let mut readable = schema.clone();
        let is_partial = remove_lookaround(&mut readable);
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
        let mut options = jsonschema::options().should_validate_formats(true);
        if schema.get("$schema").is_none() {
            options = options.with_draft(jsonschema::Draft::Draft7);
        }
        let validator = options
            .build(schema)
            .map_err(|error| format!("jsonschema: {error}"))?;
        Ok(Self {
            is_partial,
            schemas,
            index,
            validator,
        })
    }

    /// Asks both about a value.
    #[must_use]
    pub fn label(&self, value: &Value) -> Label {
        let by_boon = self.schemas.validate(value, self.index).is_ok();
        match (by_boon, self.validator.is_valid(value)) {
            (true, true) => Label::Valid,
            (false, false) => Label::Broken,
            (true, false) if self.is_partial => Label::Broken,
            (true, false) => Label::OnlyBoon,
            (false, true) => Label::OnlyJsonschema,
        }
    }
}

/// Takes the patterns away that look around; says whether there were any.
fn remove_lookaround(schema: &mut Value) -> bool {
    match schema {
        Value::Object(keywords) => {
            let looks_around = |pattern: &str| {
                ["(?=", "(?!", "(?<=", "(?<!"]
                    .iter()
                    .any(|open| pattern.contains(open))
            };
            let before = keywords.len();
            keywords.retain(|keyword, value| {
                keyword != "pattern" || !value.as_str().is_some_and(looks_around)
            });
            let is_shorter = keywords.len() < before;
            // Every value is visited, whatever was found in those before it.
            let inner = keywords.values_mut().map(remove_lookaround);
            inner.fold(is_shorter, |found, more| found | more)
        }
        Value::Array(items) => {
            let inner = items.iter_mut().map(remove_lookaround);
            inner.fold(false, |found, more| found | more)
        }
        _ => false,
    }
}
