//! Messages for the validator's errors. They quote the schema and never the value.

use jsonschema::{
    JsonType,
    error::{TypeKind, ValidationErrorKind as Kind},
};
use serde_json::Value;

use super::node::Node;
use crate::payload::{pattern::Pattern, violations::UNFINISHED};

/// Returns the violated assertions of a node: the keyword, the name of the property if one is
/// missing, and the message.
pub(super) fn described(node: &Node, value: &Value) -> Vec<(String, Option<String>, String)> {
    let Some(assertions) = &node.assertions else {
        return Vec::new();
    };
    let errors = assertions.validator().errors(value);
    let described = errors.into_iter().map(|error| {
        let missing = match error.kind() {
            Kind::Required { property } => property.as_str().map(str::to_owned),
            _ => None,
        };
        let message = describe_kind(error.kind());
        (error.kind().keyword().to_owned(), missing, message)
    });
    described.collect()
}

/// Returns the number of a node's assertions that a value violates.
pub(super) fn violated(node: &Node, value: &Value) -> usize {
    let assertions = node.assertions.as_ref();
    assertions.map_or(0, |assertions| assertions.validator().errors(value).len())
}

/// Returns the message for a pattern that does not match or whose match exceeds its budget.
pub(super) fn pattern_message(pattern: &Pattern, text: &str) -> String {
    match pattern.is_match(text) {
        Some(_) => format!("must match the pattern {}", pattern.source()),
        None => UNFINISHED.to_owned(),
    }
}

/// Returns the message for an error. It reads well after "at /a/b: ".
fn describe_kind(kind: &Kind) -> String {
    match kind {
        Kind::Type { kind } => format!("must be {}", types(kind)),
        Kind::Enum { options } => {
            let options = options.as_array().map_or(&[][..], Vec::as_slice);
            format!("must be one of {}", values(options))
        }
        Kind::Constant { expected_value } => format!("must be {expected_value}"),
        Kind::Required { .. } => "is required".to_owned(),
        other => describe_size(other).unwrap_or_else(|| describe_form(other)),
    }
}

/// Lists values of a schema.
pub(super) fn values(values: &[Value]) -> String {
    listed(values.iter().map(Value::to_string), values.len(), ", ")
}

/// Returns the message for a bound of a number, string, array or object.
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
        Kind::MinProperties { limit } if *limit == 1 => "must have at least 1 property".to_owned(),
        Kind::MinProperties { limit } => format!("must have at least {limit} properties"),
        Kind::MaxProperties { limit } if *limit == 1 => "must have at most 1 property".to_owned(),
        Kind::MaxProperties { limit } => format!("must have at most {limit} properties"),
        _ => return None,
    })
}

/// Returns the message for a format or a uniqueness constraint.
fn describe_form(kind: &Kind) -> String {
    match kind {
        Kind::Format { format } => format!("must have the format `{format}`"),
        Kind::ContentEncoding { content_encoding } => {
            format!("must be encoded as {content_encoding}")
        }
        Kind::ContentMediaType { content_media_type } => {
            format!("must be {content_media_type}")
        }
        Kind::FromUtf8 { .. } => "must hold UTF-8 once it is decoded".to_owned(),
        // The keywords that this crate implements have their own messages.
        Kind::Custom { message, .. } => message.clone(),
        other => format!("does not fit `{}`", other.keyword()),
    }
}

/// Joins the first of `count` texts, and adds the number of the others.
pub(super) fn listed(texts: impl Iterator<Item = String>, count: usize, separator: &str) -> String {
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

pub(super) fn count(limit: u64, noun: &str) -> String {
    let plural = if limit == 1 { "" } else { "s" };
    format!("{limit} {noun}{plural}")
}
