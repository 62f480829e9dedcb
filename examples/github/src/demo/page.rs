//! A part of the transcript: a column of labels and a column of text.

use serde_json::Value;

use super::journal::{Call, Entry, LogLine};
use super::json::{abridge, lay_out};
use super::stage::Outcome;
use super::step::Step;
use super::style::{Paint, Style};

/// The width of the transcript.
const WIDTH: usize = 100;
/// The width of the left margin.
const MARGIN: usize = 2;
/// The width of the longest label.
const LABEL: usize = 11;
/// The width of the column beside the labels.
const COLUMN: usize = WIDTH - MARGIN - LABEL - 1;

/// Lines that are written together.
pub(super) struct Page {
    style: Style,
    lines: Vec<String>,
}

impl Page {
    pub(super) fn new(style: Style) -> Self {
        Self {
            style,
            lines: Vec::new(),
        }
    }

    pub(super) fn contains(&self, text: &str) -> bool {
        self.lines.iter().any(|line| line.contains(text))
    }

    pub(super) fn into_text(self) -> String {
        self.lines.into_iter().map(|line| line + "\n").collect()
    }

    pub(super) fn line(&mut self, line: &str) {
        self.lines.push(line.to_owned());
    }

    pub(super) fn heading(&mut self, text: &str) {
        self.lines.push(self.style.paint(Paint::Heading, text));
    }

    pub(super) fn rule(&mut self, text: &str) {
        let text = format!("── {text} ");
        let rest = "─".repeat(WIDTH.saturating_sub(text.chars().count()));
        self.line("");
        self.heading(&(text + &rest));
    }

    /// Shows a text beside a label.
    pub(super) fn text(&mut self, label: &str, text: &str) {
        self.beside(label, "", 0, &wrap(text, COLUMN));
    }

    /// Shows a request, its records and its response.
    pub(super) fn step(
        &mut self,
        number: usize,
        step: &Step,
        outcome: &Outcome,
        problems: &[String],
    ) {
        self.title(number, step);
        let asked = without_times(step.shown.as_ref().unwrap_or(&step.body));
        self.beside("request", "", 0, &lay_out(&asked, COLUMN));
        for entry in &outcome.entries {
            match entry {
                Entry::Call(call) => self.call(call),
                Entry::Log(line) => self.log(line),
            }
        }
        self.answer(outcome);
        self.problems(problems);
    }

    pub(super) fn title(&mut self, number: usize, step: &Step) {
        let operation = self.style.paint(Paint::Heading, step.operation.as_str());
        let title = self.style.paint(Paint::Faint, &format!("· {}", step.title));
        self.line("");
        self.line(&format!("{number:>2}  {operation} {title}"));
    }

    pub(super) fn problems(&mut self, problems: &[String]) {
        for problem in problems {
            let lines = wrap(problem, COLUMN);
            let lines: Vec<_> = lines
                .iter()
                .map(|line| self.style.paint(Paint::Bad, line))
                .collect();
            self.beside("✗", "", 0, &lines);
        }
    }

    /// Shows a request of the integration, with its authentication scheme and without its credentials.
    fn call(&mut self, call: &Call) {
        let proof = self
            .style
            .paint(Paint::Faint, &format!("({} •••)", call.scheme));
        let request = format!("{} {} {proof}", call.method, call.path);
        self.beside(&format!("→ {}", call.peer), "", 0, &[request]);
        if !call.body.is_null() {
            self.beside("", "", 0, &lay_out(&call.body, COLUMN));
        }
        let status = format!("→ {} ", self.status(call.status));
        let indentation = "→ 200 ".chars().count();
        let answer = if call.answer.is_null() {
            String::new()
        } else {
            abridge(&without_times(&call.answer), COLUMN - indentation)
        };
        self.beside("", &status, indentation, &[answer]);
    }

    fn log(&mut self, line: &LogLine) {
        let label = if line.for_bot { "log (owner)" } else { "log" };
        let level = self
            .style
            .paint(Paint::Faint, &format!("{:<6}", line.level));
        let indentation = "error ".len();
        self.beside(
            label,
            &level,
            indentation,
            &wrap(&line.message, COLUMN - indentation),
        );
    }

    fn answer(&mut self, outcome: &Outcome) {
        let status = format!("{} ", self.status(outcome.status));
        let indentation = "200 ".len();
        let width = COLUMN - indentation;
        let lines = match outcome.answer.as_str() {
            Some(text) => wrap(text, width),
            None => lay_out(&outcome.answer, width),
        };
        self.beside("response", &status, indentation, &lines);
    }

    fn status(&self, status: u16) -> String {
        let paint = if status < 400 {
            Paint::Good
        } else {
            Paint::Bad
        };
        self.style.paint(paint, &status.to_string())
    }

    /// Shows lines beside a label: the first one after a prefix, the others indented by its width.
    fn beside(&mut self, label: &str, lead: &str, indentation: usize, lines: &[String]) {
        for (index, line) in lines.iter().enumerate() {
            let label = if index == 0 { label } else { "" };
            let padding = " ".repeat(MARGIN + LABEL.saturating_sub(label.chars().count()));
            let label = self.style.paint(Paint::Label, label);
            let space = " ".repeat(indentation);
            let lead = if index == 0 { lead } else { &space };
            self.lines.push(format!("{padding}{label} {lead}{line}"));
        }
    }
}

/// Removes the creation and update times, which every Botpress entity has.
fn without_times(value: &Value) -> Value {
    match value {
        Value::Object(fields) => fields
            .iter()
            .filter(|(name, _)| !matches!(name.as_str(), "createdAt" | "updatedAt"))
            .map(|(name, value)| (name.clone(), without_times(value)))
            .collect(),
        Value::Array(items) => items.iter().map(without_times).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    }
}

/// Wraps a text at spaces to this width. Only a long word exceeds it.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_broken_between_words() {
        assert_eq!(wrap("one two three", 8), ["one two", "three"]);
        assert_eq!(wrap("incomprehensible", 8), ["incomprehensible"]);
    }
}
