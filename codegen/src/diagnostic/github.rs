//! Diagnostics as GitHub Actions shows them beside the lines of a change: as workflow commands.

use super::json::position;
use super::{Diagnostic, Files, Label, Position, Severity};
use crate::characters::visible;

/// A command of GitHub Actions about a place: `error`, `warning` or `notice`. Not for authors: it changes with the command.
#[doc(hidden)]
#[must_use]
pub fn workflow_command(command: &str, place: &Position, title: &str, message: &str) -> String {
    let properties = [
        ("file", place.file.clone()),
        ("line", place.line.to_string()),
        ("col", place.column.to_string()),
        ("title", title.to_owned()),
    ];
    write_command(command, &properties, &visible_lines(message))
}

/// Hidden characters as Rust escapes them, but for the ends of lines.
fn visible_lines(text: &str) -> String {
    let lines: Vec<_> = text.split('\n').map(visible).collect();
    lines.join("\n")
}

fn write_command(command: &str, properties: &[(&str, String)], message: &str) -> String {
    let properties: Vec<String> = properties
        .iter()
        .map(|(name, value)| format!("{name}={}", escape_property(value)))
        .collect();
    format!("::{command} {}::{}", properties.join(","), escape(message))
}

/// One diagnostic as one command, without the end of the line.
///
/// ```text
/// ::error file=github.yaml,line=12,col=17,endLine=12,title=C0301::unknown type `strng`%0Ahelp: did you mean `string`?
/// ```
pub(super) fn diagnostic_to_command(files: &Files, diagnostic: &Diagnostic) -> String {
    let command = match diagnostic.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut properties = place(files, &diagnostic.primary);
    properties.push(("title", diagnostic.code().to_owned()));
    write_command(command, &properties, &message(files, diagnostic))
}

/// The file and, unless the whole of it is meant, the lines; both count from 1.
fn place(files: &Files, label: &Label) -> Vec<(&'static str, String)> {
    let file = files.get(label.location.file);
    let mut place = vec![("file", file.display.clone())];
    if let Some(span) = files.span(&label.location) {
        let (line, column) = position(&file.text, span.start);
        // A value does not include the empty lines behind it.
        let value = file.text.get(span.clone()).unwrap_or_default().trim_end();
        let (end_line, _) = position(&file.text, span.start + value.len());
        place.extend([
            ("line", line.to_string()),
            ("col", column.to_string()),
            ("endLine", end_line.to_string()),
        ]);
    }
    place
}

/// The message with labels and help, one line each.
fn message(files: &Files, diagnostic: &Diagnostic) -> String {
    let mut lines = vec![match diagnostic.primary.text.as_str() {
        "" => diagnostic.message.clone(),
        text => format!("{}: {text}", diagnostic.message),
    }];
    for label in diagnostic.drawn() {
        let place: Vec<String> = place(files, label)
            .into_iter()
            .filter(|(name, _)| *name != "endLine")
            .map(|(_, value)| value)
            .collect();
        lines.push(format!("{}: {}", place.join(":"), label.text));
    }
    lines.extend(diagnostic.help.iter().map(|help| format!("help: {help}")));
    lines.join("\n")
}

/// A message ends where its line ends, and `%` starts an escape.
fn escape(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A property ends at a comma, and all of them end at a colon.
fn escape_property(text: &str) -> String {
    escape(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::super::catalog::load;
    use super::super::{Location, Pointer, SourceFile, Spans};
    use super::*;

    fn file(display: &str, text: &str) -> (Files, super::super::FileId) {
        let mut files = Files::default();
        let id = files.add(SourceFile {
            display: display.to_owned(),
            path: "/shop.yaml".into(),
            text: text.to_owned(),
            value: serde_json::Value::Null,
            spans: Spans::new(),
            origins: crate::diagnostic::Origins::new(),
        });
        (files, id)
    }

    #[test]
    fn a_command_has_the_lines_and_the_code() {
        let (files, id) = file("shop.yaml", "a: 1\nb:\n  c: 1\n\na: 3\n");
        let (first, second) = (Location::span(id, 0..1), Location::span(id, 5..15));
        let finding = load::duplicate_key(first, second, &Pointer::root().child("a"));
        assert_eq!(
            diagnostic_to_command(&files, &finding),
            "::error file=shop.yaml,line=2,col=1,endLine=3,title=C0003::the property `a` is declared twice: \
             declared again here%0Ashop.yaml:1:1: first declared here%0Ahelp: rename or remove one of the two"
        );
    }

    #[test]
    fn what_would_end_a_property_or_a_message_is_escaped() {
        let (files, id) = file("a,b:c%.yaml", "");
        let finding = load::unreadable_file(Location::file(id), "x", "100 %\r\nsure: a, b");
        assert_eq!(
            diagnostic_to_command(&files, &finding),
            "::error file=a%2Cb%3Ac%25.yaml,title=C0001::could not read `x`: 100 %25%0D%0Asure: a, b: named here"
        );
    }
}
