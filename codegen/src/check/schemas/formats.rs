//! Formats that are not checked.

use serde_json::Value;

use super::effect::excludes;
use super::subject::Subject;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalog::keywords;
use crate::diagnostic::suggest::nearest;
use crate::json_schema::{FORMATS, format};

/// Finds a format that does not exist, or that is not for the schema's type.
pub(super) fn check(schema: &Subject<'_>) -> Vec<Diagnostic> {
    if schema.is_reference_alone() {
        return Vec::new();
    }
    let name = schema.keywords.get("format").and_then(Value::as_str);
    name.and_then(|name| diagnose(schema, name))
        .into_iter()
        .collect()
}

fn diagnose(schema: &Subject<'_>, name: &str) -> Option<Diagnostic> {
    let place = schema.value("format");
    let types = schema.types();
    match format(name) {
        None => Some(keywords::unknown_format(place, name, meant(name))),
        Some(known) if excludes(&types, known.types) => {
            let name = format!("format: {name}");
            Some(keywords::keyword_of_other_type(
                place,
                &name,
                known.types,
                &types,
            ))
        }
        Some(_) => None,
    }
}

fn meant(name: &str) -> Option<&'static str> {
    let lower = name.to_lowercase();
    let is_meant = |names: &[&str]| names.contains(&lower.as_str());
    let mut rows = FORMATS.iter();
    let named = rows.find(|row| is_meant(row.other_names));
    let named = named.map(|row| row.name);
    named.or_else(|| nearest(name, FORMATS.iter().map(|row| row.name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_is_known_by_similar_names() {
        for (name, expected) in [
            ("datetime", "date-time"),
            ("date_time", "date-time"),
            ("DateTime", "date-time"),
            ("timestamp", "date-time"),
            ("e-mail", "email"),
            ("url", "uri"),
            ("guid", "uuid"),
        ] {
            assert_eq!(meant(name), Some(expected), "{name}");
        }
        for name in ["phone", "money", "markdown", "password"] {
            assert_eq!(meant(name), None, "{name}");
        }
    }
}
