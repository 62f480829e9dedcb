//! A reference as Markdown, for a repository.

mod fields;

use serde_json::Value;

use super::prose::Prose;
use super::reference::{Item, Part, Reference, Section, Step};
use crate::check::escape_hidden;

/// Renders a reference. The page of the integration, `hub.md`, stands beside it and is not repeated.
pub(super) fn render(reference: &Reference) -> String {
    let mut writer = Writer::default();
    writer.paragraph(&format!("# {}", reference.title));
    writer.paragraphs(reference.description.as_ref());
    let (name, version) = (
        Prose::code(&reference.name),
        Prose::code(&reference.version),
    );
    writer.paragraph(&format!("The reference of {name}, version {version}."));
    writer.contents(reference);
    for section in &reference.sections {
        writer.section(section);
    }
    writer.changes(&reference.changes);
    writer.text
}

/// Paragraphs with an empty line between them.
#[derive(Default)]
struct Writer {
    text: String,
}

impl Writer {
    fn paragraph(&mut self, text: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(text.trim_end());
        self.text.push('\n');
    }

    fn paragraphs<'a>(&mut self, texts: impl IntoIterator<Item = &'a Prose>) {
        for text in texts {
            self.paragraph(text.as_str());
        }
    }

    fn list<'a>(&mut self, lines: impl IntoIterator<Item = &'a Prose>) {
        let lines: Vec<_> = lines.into_iter().map(|line| format!("- {line}")).collect();
        if !lines.is_empty() {
            self.paragraph(&lines.join("\n"));
        }
    }

    /// A heading that has an anchor of its own, since those of hosts differ.
    fn heading(&mut self, level: usize, id: &str, text: &str) {
        self.paragraph(&format!(
            "<a id=\"{id}\"></a>\n\n{} {text}",
            "#".repeat(level)
        ));
    }

    fn contents(&mut self, reference: &Reference) {
        let mut lines = Vec::new();
        for section in &reference.sections {
            let items = section.items.iter().filter(|item| !item.is_untitled());
            let items: Vec<_> = items
                .map(|item| format!("[{}](#{})", item.label(), item.id))
                .collect();
            let colon = if items.is_empty() { "" } else { ": " };
            let link = format!("[{}](#{})", section.title, section.id);
            lines.push(Prose::ours(format!("{link}{colon}{}", items.join(", "))));
        }
        if !reference.changes.is_empty() {
            lines.push(Prose::ours("[Changes](#changes)"));
        }
        self.list(&lines);
    }

    fn section(&mut self, section: &Section) {
        self.heading(2, &section.id, section.title);
        self.paragraph(section.intro.as_str());
        for item in &section.items {
            self.item(item, 3);
        }
    }

    fn item(&mut self, item: &Item, level: usize) {
        let heading = match (&item.title, item.name.as_str()) {
            (None, "") => None,
            (Some(title), "") => Some(title.to_string()),
            (None, name) => Some(Prose::code(name).to_string()),
            (Some(title), name) => Some(format!("{} · {title}", Prose::code(name))),
        };
        if let Some(heading) = heading {
            self.heading(level, &item.id, &heading);
        }
        self.paragraphs(&item.description);
        self.paragraphs(&item.notes);
        self.list(&item.list);
        for part in &item.parts {
            self.part(part);
        }
        for inner in &item.items {
            self.item(inner, level + 1);
        }
    }

    fn part(&mut self, part: &Part) {
        let title = part.title;
        self.paragraph(&match fields::summary(&part.shape) {
            Some(summary) => format!("<a id=\"{}\"></a>**{title}**: {summary}", part.id),
            None => format!("<a id=\"{}\"></a>**{title}**", part.id),
        });
        self.paragraphs(&part.shape.description);
        if part.shape.is_nested() {
            self.paragraph(&fields::table(&part.shape));
        }
        if let Some(example) = &part.example {
            self.example(example);
        }
    }

    fn example(&mut self, example: &Value) {
        let text = serde_json::to_string_pretty(example).unwrap_or_default();
        self.paragraph("For example:");
        self.paragraph(&format!("```json\n{}\n```", escape_hidden(&text)));
    }

    fn changes(&mut self, steps: &[Step]) {
        if steps.is_empty() {
            return;
        }
        self.heading(2, "changes", "Changes");
        for step in steps {
            let (old, new) = (Prose::code(&step.old), Prose::code(&step.new));
            self.heading(3, &step.id, &format!("{new} since {old}"));
            self.paragraphs(&step.notes);
            for group in &step.groups {
                self.paragraph(&format!("**{}**", group.title));
                let lines = group.lines.iter().map(|line| {
                    let effects = line.effects.iter().map(|effect| format!("\n  - {effect}"));
                    Prose::ours(format!("{}{}", line.text, effects.collect::<String>()))
                });
                self.list(&lines.collect::<Vec<_>>());
            }
            self.paragraphs(&step.rest);
        }
    }
}
