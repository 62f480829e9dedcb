//! The markup of a form's fields.

use maud::{Markup, html};

use super::field::{Control, Field};
use super::submission::{Invalid, control_name};
use crate::meaning::{Choice, TextKind};

/// The attributes that all controls of a field share.
struct Shared<'a> {
    id: String,
    name: String,
    is_required: bool,
    is_invalid: bool,
    described_by: Option<String>,
    /// The texts to show.
    texts: Vec<&'a str>,
}

/// Returns the id of a field's first control.
pub(super) fn first_id(index: usize) -> String {
    format!("field-{index}")
}

/// Renders a field with its label, its hint, its value and its problems.
pub(super) fn render_field(index: usize, field: &Field, invalid: Option<&Invalid>) -> Markup {
    let id = first_id(index);
    let problems: Vec<&str> = invalid
        .into_iter()
        .flat_map(|invalid| invalid.problems_of(&field.name))
        .collect();
    let (hint_id, problem_id) = (format!("{id}-hint"), format!("{id}-problem"));
    let mut described_by = Vec::new();
    if field.hint.is_some() {
        described_by.push(hint_id.as_str());
    }
    if !problems.is_empty() {
        described_by.push(problem_id.as_str());
    }
    let shared = Shared {
        name: control_name(&field.name),
        is_required: field.needs_value(),
        is_invalid: !problems.is_empty(),
        described_by: (!described_by.is_empty()).then(|| described_by.join(" ")),
        texts: shown_texts(field, invalid),
        id,
    };
    let notes = html! {
        @if let Some(hint) = &field.hint { p class="hint" id=(hint_id) { (hint) } }
        @if shared.is_invalid {
            div class="problem" id=(problem_id) { @for problem in &problems { p { (problem) } } }
        }
    };
    let class = if shared.is_invalid {
        "field invalid"
    } else {
        "field"
    };
    let optional = html! { @if !field.needs_value() { span class="optional" { " (optional)" } } };
    if let Control::Checkbox = field.control {
        return html! {
            div class=(class) {
                (option("checkbox", &shared.id, &shared, "true", &field.label, true))
                (notes)
            }
        };
    }
    if field.is_group() {
        return html! {
            fieldset class=(class) aria-describedby=[&shared.described_by] {
                legend { (field.label) (optional) }
                (notes)
                (render_group(field, &shared))
            }
        };
    }
    html! {
        div class=(class) {
            label for=(shared.id) { (field.label) (optional) }
            (notes)
            (render_control(field, &shared))
        }
    }
}

/// Returns the texts to show: those that were sent, or else the initial ones. A secret has none.
fn shown_texts<'a>(field: &'a Field, invalid: Option<&'a Invalid>) -> Vec<&'a str> {
    match invalid {
        _ if field.is_secret => Vec::new(),
        Some(invalid) => invalid.sent.texts(&field.name),
        None => field.initial.iter().map(String::as_str).collect(),
    }
}

fn render_control(field: &Field, shared: &Shared<'_>) -> Markup {
    let text = shared.texts.first().copied().unwrap_or_default();
    let described_by = &shared.described_by;
    let invalid = shared.is_invalid.then_some("true");
    let input = |kind: &str, mode: Option<&str>, complete: &str, value: Option<&str>| {
        html! {
            input type=(kind) id=(shared.id) name=(shared.name) value=[value]
                inputmode=[mode] autocomplete=(complete) placeholder=[&field.placeholder]
                aria-describedby=[described_by] aria-invalid=[invalid]
                spellcheck="false" required[shared.is_required];
        }
    };
    match &field.control {
        Control::Text(TextKind::Any) => input("text", None, "off", Some(text)),
        Control::Text(TextKind::Email) => input("text", Some("email"), "email", Some(text)),
        Control::Text(TextKind::Url) => input("text", Some("url"), "url", Some(text)),
        Control::Text(TextKind::Date) => input("date", None, "off", Some(text)),
        Control::Secret => input("password", None, "off", None),
        // A text, because browsers drop what they do not take for a number.
        Control::Number { is_integer } => {
            let mode = if *is_integer { "numeric" } else { "decimal" };
            let kind = if field.is_secret { "password" } else { "text" };
            input(kind, Some(mode), "off", Some(text))
        }
        Control::LongText => html! {
            textarea id=(shared.id) name=(shared.name) rows="5" placeholder=[&field.placeholder]
                aria-describedby=[described_by] aria-invalid=[invalid]
                required[shared.is_required] { "\n" (text) }
        },
        Control::One { options, .. } => html! {
            select id=(shared.id) name=(shared.name)
                aria-describedby=[described_by] aria-invalid=[invalid]
                required[shared.is_required] {
                option value="" { (field.placeholder.as_deref().unwrap_or("Choose…")) }
                @for choice in options {
                    @let value = choice.text();
                    option value=(value) selected[text == value] { (choice.label) }
                }
            }
        },
        Control::Checkbox | Control::Many(_) => html! {},
    }
}

/// Renders radio buttons or checkboxes.
fn render_group(field: &Field, shared: &Shared<'_>) -> Markup {
    let (kind, options): (_, &[Choice]) = match &field.control {
        Control::One { options, .. } => ("radio", options),
        Control::Many(options) => ("checkbox", options),
        _ => return html! {},
    };
    html! {
        @for (index, choice) in options.iter().enumerate() {
            @let id = if index == 0 { shared.id.clone() } else { format!("{}-{index}", shared.id) };
            (option(kind, &id, shared, &choice.text(), &choice.label, false))
        }
    }
}

/// Renders a radio button or a checkbox with its label.
fn option(
    kind: &str,
    id: &str,
    shared: &Shared<'_>,
    value: &str,
    label: &str,
    is_alone: bool,
) -> Markup {
    let described_by = shared.described_by.as_ref().filter(|_| is_alone);
    let is_required = shared.is_required && kind == "radio";
    html! {
        div class="option" {
            input type=(kind) id=(id) name=(shared.name) value=(value)
                aria-describedby=[described_by] aria-invalid=[shared.is_invalid.then_some("true")]
                checked[shared.texts.contains(&value)] required[is_required];
            label for=(id) { (label) }
        }
    }
}
