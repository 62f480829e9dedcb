//! The validator's errors in our own words, which quote the schema and never the value.

use std::borrow::Borrow;

use jsonschema::{
    JsonType, ValidationError,
    error::{TypeKind, ValidationErrorKind as Kind},
};
use serde_json::Value;

use super::{
    Violation, Violations,
    violations::{UndeclaredProperties, push_segment},
};

/// Describes every error of a validation of `root`.
pub(super) fn describe_errors<'a>(
    errors: impl Iterator<Item = ValidationError<'a>>,
    root: &Value,
) -> Violations {
    Findings::of(errors, root).violations
}

/// What a validation found.
struct Findings {
    violations: Violations,
    /// Whether none would be left without the undeclared properties.
    only_undeclared: bool,
}

impl Findings {
    fn of<'a>(
        errors: impl IntoIterator<Item = impl Borrow<ValidationError<'a>>>,
        root: &Value,
    ) -> Self {
        let mut findings = Self {
            violations: Violations::default(),
            only_undeclared: true,
        };
        for error in errors {
            findings.add(error.borrow(), root);
        }
        findings
    }

    fn add(&mut self, error: &ValidationError<'_>, root: &Value) {
        let keyword = error.kind().keyword();
        if let Some(undeclared) = undeclared_properties(error, root) {
            for name in &undeclared.names {
                let place = place_of(error, Some(name));
                self.violations
                    .push(Violation::new(place, keyword, "is not declared"));
            }
            self.violations.add_undeclared(vec![undeclared]);
            return;
        }
        let (message, fitting) = match error.kind() {
            Kind::AnyOf { context } | Kind::OneOfNotValid { context } => {
                describe_union(context, root)
            }
            kind => (describe_kind(kind, root), None),
        };
        self.only_undeclared &= fitting.is_some();
        self.violations.add_undeclared(fitting.unwrap_or_default());
        let missing = match error.kind() {
            Kind::Required { property } => property.as_str(),
            _ => None,
        };
        let place = place_of(error, missing);
        self.violations
            .push(Violation::new(place, keyword, message));
    }
}

/// Where an error is, or the property of that name there.
fn place_of(error: &ValidationError<'_>, property: Option<&str>) -> String {
    let mut pointer = String::new();
    for segment in error.instance_path().as_str().split('/').skip(1) {
        let name = segment.replace("~1", "/").replace("~0", "~");
        push_segment(&mut pointer, &name);
    }
    if let Some(name) = property {
        push_segment(&mut pointer, name);
    }
    pointer
}

/// The properties that an error finds undeclared; none for any other error.
fn undeclared_properties(
    error: &ValidationError<'_>,
    root: &Value,
) -> Option<UndeclaredProperties> {
    let object = error.instance_path().as_str();
    let names = match error.kind() {
        Kind::AdditionalProperties { unexpected } | Kind::UnevaluatedProperties { unexpected } => {
            unexpected.clone()
        }
        // A closed object without any property: the validator gives the object's own place.
        Kind::FalseSchema
            if error
                .schema_path()
                .as_str()
                .ends_with("/additionalProperties") =>
        {
            root.pointer(object)?.as_object()?.keys().cloned().collect()
        }
        _ => return None,
    };
    Some(UndeclaredProperties {
        object: object.to_owned(),
        names,
    })
}

/// Describes a union that nothing fits: every alternative with what it misses, and the undeclared
/// properties without which the first such alternative would fit.
fn describe_union(
    context: &[Vec<ValidationError<'static>>],
    root: &Value,
) -> (String, Option<Vec<UndeclaredProperties>>) {
    let alternatives: Vec<_> = context
        .iter()
        .map(|errors| Findings::of(errors, root))
        .collect();
    let texts = alternatives.iter().enumerate().map(|(index, findings)| {
        let violations = &findings.violations;
        let texts = violations.iter().map(ToString::to_string);
        let texts = listed(texts, violations.count(), ", ");
        format!("({}) {texts}", index + 1)
    });
    let texts = listed(texts, alternatives.len(), "; ");
    let message = format!("must fit one of the alternatives: {texts}");
    let fitting = alternatives
        .iter()
        .find(|findings| findings.only_undeclared);
    (
        message,
        fitting.map(|findings| findings.violations.undeclared().to_vec()),
    )
}

/// Says what the schema wants, so that it reads well after "at /a/b: ".
fn describe_kind(kind: &Kind, root: &Value) -> String {
    match kind {
        Kind::Type { kind } => format!("must be {}", types(kind)),
        Kind::Enum { options } => {
            let options = options.as_array().map_or(&[][..], Vec::as_slice);
            let texts = options.iter().map(Value::to_string);
            format!("must be one of {}", listed(texts, options.len(), ", "))
        }
        Kind::Constant { expected_value } => format!("must be {expected_value}"),
        Kind::Required { .. } => "is required".to_owned(),
        Kind::AdditionalProperties { .. } | Kind::UnevaluatedProperties { .. } => {
            "has properties that are not declared".to_owned()
        }
        Kind::PropertyNames { error } => {
            format!(
                "has a property whose name {}",
                describe_kind(error.kind(), root)
            )
        }
        Kind::AnyOf { context } | Kind::OneOfNotValid { context } => {
            describe_union(context, root).0
        }
        Kind::OneOfMultipleValid { .. } => {
            "must fit exactly one of the alternatives, and fits several".to_owned()
        }
        Kind::Not { .. } => "must not fit what the schema excludes".to_owned(),
        Kind::FalseSchema => "must not be there".to_owned(),
        Kind::Referencing(_) => "cannot be checked: a reference in the schema leads nowhere".into(),
        Kind::Custom { keyword, .. } => format!("must satisfy `{keyword}`"),
        other => describe_size(other).unwrap_or_else(|| describe_form(other)),
    }
}

/// Bounds of numbers, texts, arrays and objects.
fn describe_size(kind: &Kind) -> Option<String> {
    Some(match kind {
        Kind::Minimum { limit } => format!("must be at least {limit}"),
        Kind::Maximum { limit } => format!("must be at most {limit}"),
        Kind::ExclusiveMinimum { limit } => format!("must be greater than {limit}"),
        Kind::ExclusiveMaximum { limit } => format!("must be less than {limit}"),
        Kind::MultipleOf { multiple_of } => format!("must be a multiple of {multiple_of}"),
        Kind::MinLength { limit } => {
            format!("must be at least {} long", count(*limit, "character"))
        }
        Kind::MaxLength { limit } => format!("must be at most {} long", count(*limit, "character")),
        Kind::MinItems { limit } => format!("must have at least {}", count(*limit, "item")),
        Kind::MaxItems { limit } => format!("must have at most {}", count(*limit, "item")),
        Kind::AdditionalItems { limit } => {
            format!("must have at most {}", count(*limit as u64, "item"))
        }
        Kind::MinProperties { limit } if *limit == 1 => "must have at least 1 property".to_owned(),
        Kind::MinProperties { limit } => format!("must have at least {limit} properties"),
        Kind::MaxProperties { limit } if *limit == 1 => "must have at most 1 property".to_owned(),
        Kind::MaxProperties { limit } => format!("must have at most {limit} properties"),
        _ => return None,
    })
}

/// Forms of texts and arrays.
fn describe_form(kind: &Kind) -> String {
    match kind {
        Kind::Pattern { pattern } => format!("must match the pattern {pattern}"),
        Kind::Format { format } => format!("must have the format `{format}`"),
        Kind::ContentEncoding { content_encoding } => {
            format!("must be encoded as {content_encoding}")
        }
        Kind::ContentMediaType { content_media_type } => {
            format!("must be {content_media_type}")
        }
        Kind::FromUtf8 { .. } => "must hold UTF-8 once it is decoded".to_owned(),
        Kind::BacktrackLimitExceeded { .. } | Kind::RegexEngineFailure { .. } => {
            "is too much work to check against its pattern".to_owned()
        }
        Kind::Contains => "must have an item that fits what the schema asks for".to_owned(),
        Kind::UniqueItems => "must not have equal items".to_owned(),
        Kind::UnevaluatedItems { .. } => "has items that are not declared".to_owned(),
        other => format!("does not fit `{}`", other.keyword()),
    }
}

/// Joins as many of `count` texts as a person reads.
fn listed(texts: impl Iterator<Item = String>, count: usize, separator: &str) -> String {
    const SHOWN: usize = 12;

    let mut texts: Vec<_> = texts.take(SHOWN).collect();
    if count > texts.len() {
        texts.push(format!("and {} more", count - texts.len()));
    }
    texts.join(separator)
}

fn types(kind: &TypeKind) -> String {
    match kind {
        TypeKind::Single(only) => type_name(*only).to_owned(),
        TypeKind::Multiple(several) => {
            let names: Vec<_> = several.iter().map(type_name).collect();
            names.join(" or ")
        }
    }
}

fn type_name(json_type: JsonType) -> &'static str {
    match json_type {
        JsonType::Array => "an array",
        JsonType::Boolean => "a boolean",
        JsonType::Integer => "an integer",
        JsonType::Null => "null",
        JsonType::Number => "a number",
        JsonType::Object => "an object",
        JsonType::String => "a string",
    }
}

fn count(limit: u64, noun: &str) -> String {
    let plural = if limit == 1 { "" } else { "s" };
    format!("{limit} {noun}{plural}")
}
