//! Validation errors as facts for messages.

use jsonschema::ValidationError;
use jsonschema::error::{TypeKind, ValidationErrorKind};
use serde_json::Value;

use crate::diagnostic::Pointer;

/// One thing that is wrong with a value.
#[derive(Debug)]
pub(super) struct Violation {
    /// The value.
    pub(super) pointer: Pointer,
    pub(super) found: Value,
    /// Where the schema says so.
    pub(super) schema_path: String,
    pub(super) kind: ViolationKind,
}

/// The kind of violation.
#[derive(Debug)]
pub(super) enum ViolationKind {
    UnknownProperty(String),
    MissingProperty(String),
    /// The names of the types that it could have, `schema` for a schema among them.
    WrongType(Vec<&'static str>),
    /// The values that it could be.
    UnknownValue(Vec<Value>),
    EmptyText,
    /// The name of a property of it.
    PropertyName(String),
    Format,
    /// A reason that fits behind the value's name.
    Other(String),
}

/// Turns the errors of a validator into violations; for unions, those of the alternative that was most likely meant.
pub(super) fn collect_violations<'a>(
    errors: impl IntoIterator<Item = ValidationError<'a>>,
) -> Vec<Violation> {
    errors
        .into_iter()
        .flat_map(|error| violations_of(&error))
        .collect()
}

fn violations_of(error: &ValidationError<'_>) -> Vec<Violation> {
    let one = |kind| vec![violation(error, kind)];
    match error.kind() {
        ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } => {
            union_violations(error, context)
        }
        ValidationErrorKind::AdditionalProperties { unexpected }
        | ValidationErrorKind::UnevaluatedProperties { unexpected } => unexpected
            .iter()
            .map(|name| violation(error, ViolationKind::UnknownProperty(name.clone())))
            .collect(),
        ValidationErrorKind::Required { property } => one(ViolationKind::MissingProperty(
            property.as_str().unwrap_or_default().to_owned(),
        )),
        ValidationErrorKind::Type { kind } => one(ViolationKind::WrongType(type_names(kind))),
        ValidationErrorKind::Enum { options } => one(ViolationKind::UnknownValue(
            options.as_array().cloned().unwrap_or_default(),
        )),
        ValidationErrorKind::Constant { expected_value } => {
            one(ViolationKind::UnknownValue(vec![Value::clone(
                expected_value,
            )]))
        }
        ValidationErrorKind::MinLength { .. } => one(ViolationKind::EmptyText),
        ValidationErrorKind::PropertyNames { error: inner } => {
            let name = inner.instance().as_str().unwrap_or_default().to_owned();
            one(match inner.kind() {
                ValidationErrorKind::Format { .. } => ViolationKind::Format,
                _ => ViolationKind::PropertyName(name),
            })
        }
        ValidationErrorKind::Format { .. } => one(ViolationKind::Format),
        _ => one(ViolationKind::Other(reason(error))),
    }
}

fn violation(error: &ValidationError<'_>, kind: ViolationKind) -> Violation {
    Violation {
        pointer: Pointer::parse(error.instance_path().as_str()).unwrap_or_default(),
        found: error.instance().clone().into_owned(),
        schema_path: error.schema_path().as_str().to_owned(),
        kind,
    }
}

/// The violations of a value that fits no branch of a union.
///
/// A branch for values of this type was meant, and its violations count. If there
/// is none, the value fits no branch: one violation names the types or values of all of them.
fn union_violations(
    error: &ValidationError<'_>,
    branches: &[Vec<ValidationError<'static>>],
) -> Vec<Violation> {
    let branches: Vec<Vec<Violation>> = branches
        .iter()
        .map(|branch| branch.iter().flat_map(violations_of).collect())
        .collect();
    let place = error.instance_path().as_str();
    let misses = |violation: &Violation, values: bool| {
        let miss = match violation.kind {
            ViolationKind::WrongType(_) => true,
            ViolationKind::UnknownValue(_) => values,
            _ => false,
        };
        miss && violation.pointer.as_str() == place
    };
    let is_meant =
        |branch: &&Vec<Violation>| !branch.iter().any(|violation| misses(violation, true));
    if branches.iter().any(|branch| is_meant(&branch)) {
        return branches
            .into_iter()
            .filter(|branch| is_meant(&branch))
            .min_by_key(Vec::len)
            .unwrap_or_default();
    }
    let of_type: Vec<_> = branches
        .iter()
        .filter(|branch| !branch.iter().any(|violation| misses(violation, false)))
        .collect();
    if of_type.is_empty() {
        let mut types: Vec<_> = branches
            .iter()
            .flatten()
            .flat_map(Violation::types)
            .collect();
        types.dedup();
        return vec![violation(
            error,
            ViolationKind::WrongType(with_schema(types)),
        )];
    }
    let values = of_type
        .into_iter()
        .flatten()
        .flat_map(Violation::values)
        .cloned()
        .collect();
    vec![violation(error, ViolationKind::UnknownValue(values))]
}

impl Violation {
    /// The value without which there would be no violation.
    pub(super) fn culprit(&self) -> Pointer {
        match &self.kind {
            ViolationKind::UnknownProperty(name) | ViolationKind::PropertyName(name) => {
                self.pointer.child(name)
            }
            _ => self.pointer.clone(),
        }
    }

    fn types(&self) -> Vec<&'static str> {
        match &self.kind {
            ViolationKind::WrongType(types) => types.clone(),
            _ => Vec::new(),
        }
    }

    fn values(&self) -> &[Value] {
        match &self.kind {
            ViolationKind::UnknownValue(values) => values,
            _ => &[],
        }
    }
}

fn type_names(kind: &TypeKind) -> Vec<&'static str> {
    match kind {
        TypeKind::Single(only) => vec![only.as_str()],
        TypeKind::Multiple(set) => {
            with_schema(set.iter().map(jsonschema::JsonType::as_str).collect())
        }
    }
}

/// A value that may be an object or a boolean is a schema.
fn with_schema(mut types: Vec<&'static str>) -> Vec<&'static str> {
    if types.contains(&"object") && types.contains(&"boolean") {
        types.retain(|name| !["object", "boolean"].contains(name));
        types.insert(0, "schema");
    }
    types
}

/// Why a value is refused, without the value itself.
fn reason(error: &ValidationError<'_>) -> String {
    match error.kind() {
        ValidationErrorKind::Minimum { limit } => format!("must be at least {limit}"),
        ValidationErrorKind::ExclusiveMinimum { limit } => format!("must be greater than {limit}"),
        ValidationErrorKind::MinItems { .. } => "must not be empty".to_owned(),
        ValidationErrorKind::UniqueItems => "has the same item twice".to_owned(),
        _ => error.masked_with("it").to_string(),
    }
}
