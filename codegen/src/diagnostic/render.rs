//! Diagnostics as people read them.

use std::borrow::Cow;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use super::{Diagnostic, FileId, Files, Label, Severity};

/// Draws diagnostics one below the other, with an empty line between them.
pub(super) fn render_diagnostics(files: &Files, diagnostics: &[Diagnostic], color: bool) -> String {
    let renderer = renderer(color);
    let mut text = String::new();
    for diagnostic in diagnostics {
        text.push_str(&renderer.render(&[group(files, diagnostic)]));
        text.push_str("\n\n");
    }
    text
}

pub(super) fn renderer(color: bool) -> Renderer {
    if color {
        Renderer::styled()
    } else {
        Renderer::plain()
    }
}

/// ```text
/// error[C0301]: unknown type `strng`
///   --> definitions/github.yaml:12:17
///    |
/// 12 |           type: strng
///    |                 ^^^^^ not a type of JSON Schema
///    |
///    = help: did you mean `string`?
/// ```
fn group<'a>(files: &'a Files, diagnostic: &'a Diagnostic) -> Group<'a> {
    let level = match diagnostic.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group = Group::with_title(
        level
            .primary_title(&diagnostic.message)
            .id(diagnostic.code()),
    );
    let primary = (AnnotationKind::Primary, &diagnostic.primary);
    let secondary = diagnostic.drawn();
    let secondary = secondary.map(|label| (AnnotationKind::Context, label));
    let labels: Vec<_> = [primary].into_iter().chain(secondary).collect();
    for file in files_in_order(diagnostic) {
        group = group.element(excerpt(files, &labels, file));
    }
    match &diagnostic.help {
        Some(help) => group.element(Level::HELP.message(help)),
        None => group,
    }
}

/// The files that the diagnostic's labels are in, that of the primary one first.
fn files_in_order(diagnostic: &Diagnostic) -> Vec<FileId> {
    let mut ids = vec![diagnostic.primary.location.file];
    for label in diagnostic.drawn() {
        if !ids.contains(&label.location.file) {
            ids.push(label.location.file);
        }
    }
    ids
}

/// The lines of one file that the labels point at; only its name, if they mean the whole of it.
pub(super) fn excerpt<'a>(
    files: &'a Files,
    labels: &[(AnnotationKind, &'a Label)],
    id: FileId,
) -> Element<'a> {
    let file = files.get(id);
    let spans = labels.iter().filter_map(|(kind, label)| {
        let span = within_line(&file.text, files.span(&label.location)?);
        (label.location.file == id).then_some((*kind, *label, span))
    });
    let spans: Vec<_> = spans.collect();
    let Some(lines) = lines_of(&file.text, spans.iter().map(|(_, _, span)| span)) else {
        return Origin::path(&file.display).into();
    };
    let start = lines.start;
    let annotations = spans.into_iter().map(|(kind, label, span)| {
        let text = (!label.text.is_empty()).then_some(label.text.as_str());
        let span = span.start - start..span.end - start;
        kind.span(span).label(text)
    });
    let before = &file.text[..start];
    Snippet::source(without_c1(&file.text[lines]))
        .line_start(before.matches('\n').count() + 1)
        .path(&file.display)
        .annotations(annotations)
        .into()
}

/// A text of the same length without C1 controls, which terminals obey as they do escape sequences: the renderer
/// replaces all other characters that do not show, and knows the spans of the text as it is.
fn without_c1(text: &str) -> Cow<'_, str> {
    let is_c1 = |character| matches!(character, '\u{80}'..='\u{9f}');
    if text.contains(is_c1) {
        // A sign that is as long in UTF-8.
        Cow::Owned(text.replace(is_c1, "\u{b7}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The lines from the first to the last that some spans are in: the renderer goes over all that it is given.
fn lines_of<'a>(
    text: &str,
    spans: impl Iterator<Item = &'a Range<usize>> + Clone,
) -> Option<Range<usize>> {
    let first = spans.clone().map(|span| span.start).min()?;
    let last = spans.map(|span| span.end).max()?;
    let start = text[..first].rfind('\n').map_or(0, |end| end + 1);
    let end = text[last..]
        .find('\n')
        .map_or(text.len(), |length| last + length);
    Some(start..end)
}

/// The part of a range that is in its first line: a label at a value of many lines would draw all
/// of them.
pub(super) fn within_line(text: &str, span: Range<usize>) -> Range<usize> {
    let start = boundary(text, span.start);
    let end = boundary(text, span.end).max(start);
    let line_end = text[start..]
        .find(['\n', '\r'])
        .map_or(text.len(), |length| start + length);
    start..end.min(line_end)
}

/// The nearest place between two characters, at or before a byte.
fn boundary(text: &str, mut byte: usize) -> usize {
    byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::super::catalog::{load, schema};
    use super::super::{Diagnostics, Location, Origins, Pointer, SourceFile, Spans, ValueSpan};
    use super::*;

    fn file(text: &str, spans: Spans) -> (Files, FileId) {
        let mut files = Files::default();
        let id = files.add(SourceFile {
            display: "definitions/shop.yaml".to_owned(),
            path: "/shop.yaml".into(),
            text: text.to_owned(),
            value: Value::Null,
            spans,
            origins: Origins::new(),
        });
        (files, id)
    }

    fn render(files: Files, diagnostic: Diagnostic) -> String {
        let mut diagnostics = Diagnostics::new(files);
        diagnostics.push(diagnostic);
        diagnostics.render(false)
    }

    #[test]
    fn a_value_is_drawn_with_its_line() {
        let pointer = Pointer::root().child("type");
        let span = ValueSpan {
            key: Some(8..12),
            value: 14..19,
        };
        let (files, id) = file("schema:\n  type: strng\n", [(pointer.clone(), span)].into());
        let diagnostic = schema::unknown_type(Location::value(id, pointer), &Value::from("strng"));
        assert_eq!(
            render(files, diagnostic).trim_end(),
            "\
error[C0301]: unknown type `strng`
 --> definitions/shop.yaml:2:7
  |
2 |   type: strng
  |       ^^^^^ not a type of JSON Schema
  |
  = help: did you mean `string`?"
        );
    }

    #[test]
    fn both_places_are_drawn() {
        let (files, id) = file("a: 1\nb: 2\na: 3\n", Spans::new());
        let diagnostic = load::duplicate_key(
            Location::span(id, 0..1),
            Location::span(id, 10..11),
            &Pointer::root().child("a"),
        );
        assert_eq!(
            render(files, diagnostic).trim_end(),
            "\
error[C0003]: the property `a` is declared twice
 --> definitions/shop.yaml:3:1
  |
1 | a: 1
  | - first declared here
2 | b: 2
3 | a: 3
  | ^ declared again here
  |
  = help: rename or remove one of the two"
        );
    }

    #[test]
    fn a_whole_file_is_named_without_a_line() {
        let (files, id) = file("", Spans::new());
        let diagnostic = load::unreadable_file(Location::file(id), "shop.yaml", "no such file");
        assert_eq!(
            render(files, diagnostic).trim_end(),
            "error[C0001]: could not read `shop.yaml`: no such file\n--> definitions/shop.yaml"
        );
    }

    #[test]
    fn a_span_beyond_the_text_is_drawn_at_its_end() {
        assert_eq!(within_line("äb", 1..9), 0..3);
        assert_eq!(within_line("a\r\nb", 0..4), 0..1);
        assert_eq!(within_line("", 5..9), 0..0);
    }
}
