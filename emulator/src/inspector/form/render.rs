//! The markup of forms.

use contexture::meaning::{Choice, TextKind, text_of};
use maud::{Markup, html};
use serde_json::{Map, Value};

use super::field::{Control, Field};
use super::problems::Problems;
use super::read::{ADD, CLEAR, COUNT, REMOVE, REST, VALUE};
use crate::inspector::failure::sentence;
use crate::inspector::json::pretty;

/// The values that a form shows.
#[derive(Clone, Copy)]
pub(in crate::inspector) struct Shown<'a> {
    /// The value; `None` for the defaults.
    pub(in crate::inspector) value: Option<&'a Value>,
    /// The stored value, of which secrets may exist.
    pub(in crate::inspector) old: Option<&'a Value>,
    pub(in crate::inspector) problems: &'a Problems,
}

/// Renders the fields of a form.
pub(in crate::inspector) fn render(field: &Field, shown: Shown<'_>) -> Markup {
    match &field.control {
        Control::Object { fields, has_rest } => {
            html! {
                @if fields.is_empty() && !has_rest { p class="soft" { "There is nothing to enter." } }
                (members(fields, *has_rest, "", shown.value, shown))
            }
        }
        _ => render_field(field, "", shown.value, shown),
    }
}

fn members(
    fields: &[Field],
    has_rest: bool,
    pointer: &str,
    value: Option<&Value>,
    shown: Shown<'_>,
) -> Markup {
    html! {
        @for field in fields {
            (render_field(field, pointer, value.map(|value| value.get(&field.name).unwrap_or(&Value::Null)), shown))
        }
        @if has_rest { (rest(fields, pointer, value)) }
    }
}

/// The members that have no field.
fn rest(fields: &[Field], pointer: &str, value: Option<&Value>) -> Markup {
    let members = value.and_then(Value::as_object).into_iter().flatten();
    let others = members.filter(|(name, _)| !fields.iter().any(|field| field.name == **name));
    let others: Map<_, _> = others
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    let text = if others.is_empty() {
        String::new()
    } else {
        pretty(&others.into())
    };
    let name = format!("{REST}{pointer}");
    html! {
        div class="field" {
            label for=(name) { "Further members" span class="optional" { " (optional)" } }
            p class="hint" { "A JSON object." }
            textarea id=(name) name=(name) class="code" rows="3" spellcheck="false" placeholder="{}" { "\n" (text) }
        }
    }
}

/// A control, as it is rendered.
struct Place<'a> {
    field: &'a Field,
    pointer: String,
    id: String,
    name: String,
    described_by: Option<String>,
    problems: Vec<&'a str>,
    /// The value to show; `Null` for nothing. A secret has none.
    value: Value,
    /// There is a stored value.
    is_stored: bool,
}

fn render_field(field: &Field, parent: &str, value: Option<&Value>, shown: Shown<'_>) -> Markup {
    let pointer = field.pointer(parent);
    if let Control::Constant(_) = field.control {
        return html! {};
    }
    let is_group = matches!(field.control, Control::Object { .. } | Control::List(_));
    let problems = if is_group {
        shown.problems.at(&pointer)
    } else {
        shown.problems.within(&pointer)
    };
    let id = format!("field{pointer}");
    let described = [
        field.hint.is_some().then(|| format!("{id}-hint")),
        (!problems.is_empty()).then(|| format!("{id}-problem")),
    ];
    let described: Vec<_> = described.into_iter().flatten().collect();
    let default = value.is_none().then_some(field.default.as_ref()).flatten();
    let value = value.or(default).filter(|_| !field.is_secret);
    let place = Place {
        field,
        name: format!("{VALUE}{pointer}"),
        described_by: (!described.is_empty()).then(|| described.join(" ")),
        problems,
        value: value.cloned().unwrap_or_default(),
        is_stored: shown.old.is_some_and(|old| old.pointer(&pointer).is_some()),
        id,
        pointer,
    };
    match &field.control {
        Control::Object { fields, has_rest } => place.object(fields, *has_rest, value, shown),
        Control::List(item) => place.list(item, shown),
        Control::Many(options) => place.many(options),
        Control::Boolean if field.needs_value() && !field.is_secret => place.checkbox(),
        _ => place.single(),
    }
}

impl Place<'_> {
    fn class(&self) -> &'static str {
        if self.problems.is_empty() {
            "field"
        } else {
            "field invalid"
        }
    }

    fn label(&self) -> Markup {
        html! {
            (self.field.label)
            @if !self.field.needs_value() { span class="optional" { " (optional)" } }
        }
    }

    fn notes(&self) -> Markup {
        html! {
            @if let Some(hint) = &self.field.hint { p class="hint" id={ (self.id) "-hint" } { (hint) } }
            @if !self.problems.is_empty() {
                div class="problem" id={ (self.id) "-problem" } {
                    @for problem in &self.problems { p { (sentence(problem)) } }
                }
            }
        }
    }

    fn object(
        &self,
        fields: &[Field],
        has_rest: bool,
        value: Option<&Value>,
        shown: Shown<'_>,
    ) -> Markup {
        html! {
            fieldset class={ (self.class()) " group" } id=(self.id) aria-describedby=[&self.described_by] {
                legend { (self.label()) }
                (self.notes())
                (members(fields, has_rest, &self.pointer, value, shown))
            }
        }
    }

    fn list(&self, item: &Field, shown: Shown<'_>) -> Markup {
        let items = self.value.as_array().map(Vec::as_slice).unwrap_or_default();
        html! {
            fieldset class={ (self.class()) " group" } id=(self.id) aria-describedby=[&self.described_by] {
                legend { (self.label()) }
                (self.notes())
                input type="hidden" name={ (COUNT) (self.pointer) } value=(items.len());
                @for (index, value) in items.iter().enumerate() {
                    @let place = format!("{}/{index}", self.pointer);
                    div class="item" {
                        (self.item(item, index, &place, value, shown))
                        button class="quiet" name=(REMOVE) value=(place) formnovalidate
                            aria-label={ "Remove " (self.field.label) " " (index + 1) } { "Remove" }
                    }
                }
                button class="quiet" name=(ADD) value=(self.pointer) formnovalidate
                    aria-label={ "Add to " (self.field.label) } { "Add" }
            }
        }
    }

    fn item(
        &self,
        item: &Field,
        index: usize,
        place: &str,
        value: &Value,
        shown: Shown<'_>,
    ) -> Markup {
        let mut named = item.clone();
        if named.label.is_empty() {
            named.label = format!("{} {}", self.field.label, index + 1);
        }
        render_field(&named, place, Some(value), shown)
    }

    fn checkbox(&self) -> Markup {
        html! {
            div class=(self.class()) {
                div class="option" {
                    input type="checkbox" id=(self.id) name=(self.name) value="true"
                        aria-describedby=[&self.described_by] checked[self.value == true];
                    label for=(self.id) { (self.field.label) }
                }
                (self.notes())
            }
        }
    }

    fn many(&self, options: &[Choice]) -> Markup {
        let chosen = self.value.as_array().map(Vec::as_slice).unwrap_or_default();
        html! {
            fieldset class=(self.class()) id=(self.id) aria-describedby=[&self.described_by] {
                legend { (self.label()) }
                (self.notes())
                @for (index, choice) in options.iter().enumerate() {
                    @let id = format!("{}-{index}", self.id);
                    div class="option" {
                        input type="checkbox" id=(id) name=(self.name) value=(choice.text())
                            checked[chosen.contains(&choice.value)];
                        label for=(id) { (choice.label) }
                    }
                }
            }
        }
    }

    fn single(&self) -> Markup {
        html! {
            div class=(self.class()) {
                label for=(self.id) { (self.label()) }
                (self.notes())
                (self.control())
                @if self.field.is_secret && self.is_stored { (self.stored()) }
            }
        }
    }

    /// What is said of a secret that is stored.
    fn stored(&self) -> Markup {
        let id = format!("{}-clear", self.id);
        html! {
            p class="hint" { "A value is stored. It is kept if the field stays empty." }
            @if !self.field.needs_value() {
                div class="option" {
                    input type="checkbox" id=(id) name={ (CLEAR) (self.pointer) } value="true";
                    label for=(id) { "Delete the stored value" }
                }
            }
        }
    }

    fn control(&self) -> Markup {
        match &self.field.control {
            _ if self.field.is_secret => self.input("password", None, None),
            Control::One(options) => self.select(options),
            Control::Boolean => self.select(&[
                Choice {
                    value: true.into(),
                    label: "Yes".to_owned(),
                },
                Choice {
                    value: false.into(),
                    label: "No".to_owned(),
                },
            ]),
            Control::LongText => self.area(4, "", &text_of(&self.value)),
            Control::Json => {
                // A text that was no JSON is shown as it was entered.
                let is_refused = self.value.is_string() && !self.problems.is_empty();
                let text = match &self.value {
                    Value::Null => String::new(),
                    Value::String(text) if is_refused => text.clone(),
                    value => pretty(value),
                };
                self.area(5, "code", &text)
            }
            Control::Number => self.input("text", Some("decimal"), Some(&text_of(&self.value))),
            Control::Text(kind) => {
                let (kind, mode) = match kind {
                    TextKind::Any => ("text", None),
                    TextKind::Email => ("text", Some("email")),
                    TextKind::Url => ("text", Some("url")),
                    TextKind::Date => ("date", None),
                };
                self.input(kind, mode, Some(&text_of(&self.value)))
            }
            _ => html! {},
        }
    }

    /// An input. The browser does not judge it, so that the refusals of the platform are seen.
    fn input(&self, kind: &str, mode: Option<&str>, value: Option<&str>) -> Markup {
        html! {
            input type=(kind) id=(self.id) name=(self.name) value=[value] inputmode=[mode]
                placeholder=[&self.field.placeholder] autocomplete="off" spellcheck="false"
                aria-required=[self.field.needs_value().then_some("true")]
                aria-describedby=[&self.described_by] aria-invalid=[self.invalid()];
        }
    }

    fn area(&self, rows: u32, class: &str, text: &str) -> Markup {
        html! {
            textarea id=(self.id) name=(self.name) rows=(rows) class=(class) spellcheck="false"
                placeholder=[&self.field.placeholder]
                aria-describedby=[&self.described_by] aria-invalid=[self.invalid()] { "\n" (text) }
        }
    }

    fn select(&self, options: &[Choice]) -> Markup {
        let is_known = options.iter().any(|choice| choice.value == self.value);
        html! {
            select id=(self.id) name=(self.name) aria-describedby=[&self.described_by] aria-invalid=[self.invalid()] {
                option value="" { @if self.field.needs_value() { "Choose…" } @else { "Not set" } }
                @for choice in options {
                    option value=(choice.text()) selected[choice.value == self.value] { (choice.label) }
                }
                @if !is_known && !self.value.is_null() {
                    option value=(text_of(&self.value)) selected { (text_of(&self.value)) }
                }
            }
        }
    }

    fn invalid(&self) -> Option<&'static str> {
        (!self.problems.is_empty()).then_some("true")
    }
}
