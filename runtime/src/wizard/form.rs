//! Forms.

use serde_json::Value;

use super::field::{Control, Field};
use super::schema_fields::read_fields;
use super::submission::Invalid;
use crate::{
    Payload, Result,
    meaning::{Choice, TextKind},
};

/// The name of the field of [`Form::choice`] and [`Form::choices`].
pub(super) const CHOICE: &str = "choice";
/// The name of the field of [`Form::input`].
pub(super) const INPUT: &str = "input";

/// A form of a page. It is sent to a step.
#[derive(Clone, Debug)]
pub struct Form<S> {
    pub(super) step: S,
    pub(super) button: String,
    pub(super) fields: Vec<Field>,
    /// The fields whose first values are not those of the schema.
    given: Vec<String>,
    pub(super) invalid: Option<Invalid>,
}

/// The kind of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Input {
    /// A text of one line.
    Text,
    /// A text of several lines.
    LongText,
    /// A text that is not shown while it is entered, nor afterwards.
    Secret,
    /// A number.
    Number,
    /// An email address.
    Email,
    /// The address of a page.
    Url,
}

impl<S> Form<S> {
    /// Creates a form with a field for each property of a type's schema, such as a state of the
    /// definition. The step reads it with [`Visit::values`](super::Visit::values).
    ///
    /// | schema | field |
    /// |---|---|
    /// | `string` | a line of text; with the format `email`, `uri` or `date`, a keyboard for it |
    /// | `x-zui.secret`, `displayAs` `password` or `secret` | a text that is never shown |
    /// | `displayAs` `textarea` | several lines |
    /// | `number`, `integer` | a number |
    /// | `boolean` | a checkbox |
    /// | `enum`, a union of constants | a list, or radio buttons with `displayAs` `radiogroup` |
    /// | an array of such values | checkboxes |
    /// | `const`, `x-zui.hidden` | no field; its constant or its default is taken |
    ///
    /// The title in `x-zui` is the label, the description is the hint, and the default is the first
    /// value. A field that is left empty is a property that is absent.
    ///
    /// # Errors
    ///
    /// Returns an error if the schema is not that of an object, or if no field fits a property.
    pub fn of<T: Payload>(step: S) -> Result<Self> {
        let schema: Value = serde_json::from_str(T::schema().text())?;
        Ok(Self::new(step, read_fields(&schema)?.0))
    }

    /// Creates a form with radio buttons: a value and a label each. The step reads the value with
    /// [`Visit::choice`](super::Visit::choice).
    pub fn choice<V: Into<String>, L: Into<String>>(
        legend: impl Into<String>,
        choices: impl IntoIterator<Item = (V, L)>,
        step: S,
    ) -> Self {
        let control = Control::One {
            options: options(choices),
            as_radio_buttons: true,
        };
        Self::new(step, vec![field(CHOICE, legend.into(), true, control)])
    }

    /// Creates a form with checkboxes: a value and a label each. The step reads the values with
    /// [`Visit::choices`](super::Visit::choices).
    pub fn choices<V: Into<String>, L: Into<String>>(
        legend: impl Into<String>,
        choices: impl IntoIterator<Item = (V, L)>,
        step: S,
    ) -> Self {
        let control = Control::Many(options(choices));
        Self::new(step, vec![field(CHOICE, legend.into(), false, control)])
    }

    /// Creates a form with one field. The step reads it with [`Visit::input`](super::Visit::input).
    pub fn input(label: impl Into<String>, input: Input, step: S) -> Self {
        let control = match input {
            Input::Text => Control::Text(TextKind::Any),
            Input::LongText => Control::LongText,
            Input::Secret => Control::Secret,
            Input::Number => Control::Number { is_integer: false },
            Input::Email => Control::Text(TextKind::Email),
            Input::Url => Control::Text(TextKind::Url),
        };
        Self::new(step, vec![field(INPUT, label.into(), true, control)])
    }

    fn new(step: S, fields: Vec<Field>) -> Self {
        Self {
            step,
            button: "Continue".to_owned(),
            fields,
            given: Vec::new(),
            invalid: None,
        }
    }

    /// Sets the text of the button (default: "Continue").
    #[must_use]
    pub fn button(mut self, text: impl Into<String>) -> Self {
        self.button = text.into();
        self
    }

    /// Shows a value at first, by the name of the schema's property; for the other forms the name is
    /// `choice` or `input`. It takes the place of the default. Further values of checkboxes are added. A
    /// secret is never shown.
    #[must_use]
    pub fn value(mut self, name: &str, text: impl Into<String>) -> Self {
        let found = self.fields.iter_mut().find(|field| field.name == name);
        if let Some(field) = found.filter(|field| !field.is_secret) {
            if !matches!(field.control, Control::Many(_)) || !self.given.contains(&field.name) {
                field.initial.clear();
            }
            field.initial.push(text.into());
            self.given.push(field.name.clone());
        }
        self
    }
}

fn field(name: &str, label: String, is_required: bool, control: Control) -> Field {
    Field {
        name: name.to_owned(),
        label,
        hint: None,
        placeholder: None,
        is_required,
        is_nullable: false,
        is_secret: control == Control::Secret,
        control,
        initial: Vec::new(),
        has_default: false,
    }
}

fn options<V: Into<String>, L: Into<String>>(
    choices: impl IntoIterator<Item = (V, L)>,
) -> Vec<Choice> {
    let options = choices.into_iter().map(|(value, label)| Choice {
        value: Value::String(value.into()),
        label: label.into(),
    });
    options.collect()
}
