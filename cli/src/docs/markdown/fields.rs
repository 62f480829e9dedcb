//! Fields as a table.

use std::fmt::Write as _;

use crate::docs::prose::Prose;
use crate::docs::schema::{Alternative, Field, Name, Shape};

/// What is said about a value as a whole; nothing about an object that its fields describe.
pub(super) fn summary(shape: &Shape) -> Option<String> {
    let facts = facts(shape);
    let kind = shape.kind.words();
    let is_empty = shape.count() == 0;
    if kind == "object" && facts.is_empty() {
        return is_empty.then(|| "no fields.".to_owned());
    }
    let facts = if facts.is_empty() {
        String::new()
    } else {
        format!(". {}", facts.join(". "))
    };
    Some(format!("{kind}{facts}."))
}

/// The fields of a value, those inside of others as well.
pub(super) fn table(shape: &Shape) -> String {
    let mut rows = "| Field | Type | Description |\n|---|---|---|\n".to_owned();
    inside(&mut rows, shape);
    rows
}

fn inside(rows: &mut String, shape: &Shape) {
    for field in &shape.fields {
        write_field(rows, field);
    }
    for alternative in shape.unions.iter().flatten() {
        write_alternative(rows, alternative);
    }
}

fn write_field(rows: &mut String, field: &Field) {
    let shape = &field.shape;
    let name = match &field.name {
        Name::One(_) | Name::Item(_) => Prose::code(&field.path).to_string(),
        Name::Pattern(_) => format!("{} (a pattern)", Prose::code(&field.path)),
        Name::Other => format!("{} (any other name)", Prose::code(&field.path)),
        Name::OtherItems => format!("{} (any other item)", Prose::code(&field.path)),
    };
    let marks = [
        (field.is_required, "required"),
        (shape.is_secret, "secret"),
        (shape.is_deprecated, "deprecated"),
    ];
    let mut kind = vec![shape.kind.words()];
    let marks = marks.iter().filter(|(is, _)| *is);
    kind.extend(marks.map(|(_, mark)| format!("**{mark}**")));
    let mut texts: Vec<String> = Vec::new();
    texts.extend(field.shown_title().map(|title| format!("**{title}**")));
    texts.extend(shape.description.as_ref().map(ToString::to_string));
    texts.extend(facts(shape));
    let name = format!("<a id=\"{}\"></a>{name}", field.id);
    row(rows, [&name, &kind.join(" "), &texts.join("\n")]);
    inside(rows, shape);
}

fn write_alternative(rows: &mut String, alternative: &Alternative) {
    let shape = &alternative.shape;
    let path = match alternative.path.as_str() {
        "" => String::new(),
        path => format!("{} ", Prose::code(path)),
    };
    let name = format!(
        "<a id=\"{}\"></a>{path}*if {}*",
        alternative.id, alternative.label
    );
    let mut texts: Vec<String> = Vec::new();
    texts.extend(shape.description.as_ref().map(ToString::to_string));
    texts.extend(facts(shape));
    row(rows, [&name, &shape.kind.words(), &texts.join("\n")]);
    inside(rows, shape);
}

fn facts(shape: &Shape) -> Vec<String> {
    let facts = shape.facts.iter();
    let facts = facts.map(|fact| format!("{}: {}", fact.label, fact.text));
    let same = shape.same_as.iter().map(|link| match link.path.as_str() {
        "" => format!("The same as [the whole value](#{})", link.id),
        path => format!("The same as [{}](#{})", Prose::code(path), link.id),
    });
    facts.chain(same).collect()
}

fn row(rows: &mut String, cells: [&str; 3]) {
    let cells = cells.map(cell);
    writeln!(rows, "| {} |", cells.join(" | ")).expect("a string takes any text");
}

/// A text on one line, in which no sign ends the cell.
fn cell(text: &str) -> String {
    let mut cell = String::with_capacity(text.len());
    let mut is_escaped = false;
    for character in text.trim().chars() {
        match character {
            '\n' => cell.push_str("<br>"),
            '|' if !is_escaped => cell.push_str("\\|"),
            other => cell.push(other),
        }
        is_escaped = character == '\\' && !is_escaped;
    }
    cell
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_a_cell() {
        assert_eq!(cell("a\n`b|c` \\| d"), "a<br>`b\\|c` \\| d");
        assert_eq!(cell("`\\\\|`"), "`\\\\\\|`");
    }
}
