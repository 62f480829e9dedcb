//! The fields of a form.

use serde_json::Value;

use crate::meaning::{Choice, TextKind};

/// A field of a form.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "a schema says each of them on its own"
)]
pub(super) struct Field {
    /// The property of the schema.
    pub(super) name: String,
    pub(super) label: String,
    pub(super) hint: Option<String>,
    pub(super) placeholder: Option<String>,
    pub(super) is_required: bool,
    /// The property may be `null`.
    pub(super) is_nullable: bool,
    pub(super) control: Control,
    /// Its value is never shown.
    pub(super) is_secret: bool,
    /// The texts with which the field is shown at first. A secret has none.
    pub(super) initial: Vec<String>,
    /// The schema has a default, which would take the place of a value that is absent.
    pub(super) has_default: bool,
}

/// How a value is entered.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Control {
    Text(TextKind),
    /// A text that is not shown while it is entered, nor afterwards.
    Secret,
    /// Several lines.
    LongText,
    Number {
        is_integer: bool,
    },
    Checkbox,
    /// One of several values.
    One {
        options: Vec<Choice>,
        /// All options are visible.
        as_radio_buttons: bool,
    },
    /// Any number of several values.
    Many(Vec<Choice>),
}

impl Field {
    /// Returns whether the field cannot be left empty.
    pub(super) fn needs_value(&self) -> bool {
        self.is_required && !self.is_nullable
    }

    /// Returns whether several controls make up the field, so that it needs a legend.
    pub(super) fn is_group(&self) -> bool {
        match &self.control {
            Control::One {
                as_radio_buttons, ..
            } => *as_radio_buttons,
            Control::Many(_) => true,
            _ => false,
        }
    }

    /// Converts the texts that a browser sent to a value. `None` if the field was left empty.
    ///
    /// A text that does not fit stays a text, so that the schema's validator says what is wrong.
    pub(super) fn value(&self, sent: &[&str]) -> Option<Value> {
        let text = sent.first().copied().unwrap_or_default();
        let is_empty = text.trim().is_empty();
        let value = match &self.control {
            Control::Checkbox => Some(Value::Bool(!sent.is_empty())),
            Control::Many(options) => {
                let chosen = sent.iter().map(|text| chosen(options, text));
                let is_kept = self.is_required || self.has_default || !sent.is_empty();
                is_kept.then(|| chosen.collect())
            }
            _ if is_empty => None,
            Control::Text(_) | Control::Secret => Some(Value::from(text)),
            // Browsers send line breaks as they are in HTTP.
            Control::LongText => Some(Value::from(text.replace("\r\n", "\n"))),
            Control::Number { .. } => {
                let number = serde_json::from_str(text.trim())
                    .ok()
                    .filter(Value::is_number);
                Some(number.unwrap_or_else(|| Value::from(text)))
            }
            Control::One { options, .. } => Some(chosen(options, text)),
        };
        let null = self.is_required && self.is_nullable;
        value.or_else(|| null.then_some(Value::Null))
    }
}

fn chosen(options: &[Choice], text: &str) -> Value {
    let option = options.iter().find(|option| option.text() == text);
    option.map_or_else(|| Value::from(text), |option| option.value.clone())
}
