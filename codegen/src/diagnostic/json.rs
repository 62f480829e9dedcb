//! Diagnostics as other programs read them.

use serde_json::{Map, Value, json};

use super::{Diagnostic, Files, Label, Severity};

/// One diagnostic as an object: `code`, `name`, `severity`, `message`, the primary label's place
/// and text, `labels` with the other ones, and `help`.
pub(super) fn diagnostic_to_json(files: &Files, diagnostic: &Diagnostic) -> Value {
    let entry = diagnostic.entry;
    let mut object = Map::new();
    object.insert("code".to_owned(), json!(entry.code));
    object.insert("name".to_owned(), json!(entry.name));
    object.insert(
        "severity".to_owned(),
        json!(match entry.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }),
    );
    object.insert("message".to_owned(), json!(diagnostic.message));
    object.extend(label_to_json(files, &diagnostic.primary));
    let labels = diagnostic
        .secondary
        .iter()
        .map(|label| Value::Object(label_to_json(files, label)));
    object.insert("labels".to_owned(), labels.collect());
    object.insert("help".to_owned(), json!(diagnostic.help));
    Value::Object(object)
}

/// A label's place; lines and columns count characters from 1, the end is behind the last one.
fn label_to_json(files: &Files, label: &Label) -> Map<String, Value> {
    let file = files.get(label.location.file);
    let span = files.span(&label.location);
    let start = span.as_ref().map(|span| position(&file.text, span.start));
    let end = span
        .as_ref()
        .map(|span| position(&file.text, span.end.max(span.start)));
    let pairs = [
        ("file", json!(file.display)),
        ("line", json!(start.map(|(line, _)| line))),
        ("column", json!(start.map(|(_, column)| column))),
        ("end_line", json!(end.map(|(line, _)| line))),
        ("end_column", json!(end.map(|(_, column)| column))),
        (
            "pointer",
            json!(label.location.pointer().map(super::Pointer::as_str)),
        ),
        ("label", json!(label.text)),
    ];
    pairs
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

/// The line and the column of a byte.
pub(crate) fn position(text: &str, byte: usize) -> (usize, usize) {
    let before = text.get(..byte).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (
        before.matches('\n').count() + 1,
        before[line_start..]
            .trim_start_matches('\u{feff}')
            .chars()
            .count()
            + 1,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        assert_eq!(position("a\näb", 4), (2, 2));
        assert_eq!(position("a\n", 2), (2, 1));
        assert_eq!(position("a", 9), (1, 2));
        assert_eq!(position("\u{feff}a", 3), (1, 1));
    }
}
