//! The fields of a form.

use contexture::meaning::{Choice, TextKind};
use serde_json::Value;

/// A field: how a part of a value is entered.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::inspector) struct Field {
    /// The name of the property; empty for the whole value and for an item.
    pub(super) name: String,
    pub(super) label: String,
    pub(super) hint: Option<String>,
    pub(super) placeholder: Option<String>,
    pub(super) is_required: bool,
    /// It may be `null`.
    pub(super) is_nullable: bool,
    /// It is never shown.
    pub(super) is_secret: bool,
    pub(super) default: Option<Value>,
    pub(super) control: Control,
}

/// How a value is entered.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Control {
    Text(TextKind),
    LongText,
    Number,
    Boolean,
    /// One of several values.
    One(Vec<Choice>),
    /// Any number of several values.
    Many(Vec<Choice>),
    Object {
        fields: Vec<Field>,
        /// It may have other members, which are entered as JSON.
        has_rest: bool,
    },
    /// A list of items that look like this one.
    List(Box<Field>),
    /// The only value, which is not entered.
    Constant(Value),
    /// Any value, as JSON.
    Json,
}

impl Field {
    /// Whether it cannot be left empty.
    pub(super) fn needs_value(&self) -> bool {
        self.is_required && !self.is_nullable
    }

    /// Whether it or a part of it is secret.
    pub(super) fn has_secret(&self) -> bool {
        self.is_secret
            || match &self.control {
                Control::Object { fields, .. } => fields.iter().any(Self::has_secret),
                Control::List(item) => item.has_secret(),
                _ => false,
            }
    }

    /// The pointer of the field, below that of the value it is a part of.
    pub(super) fn pointer(&self, parent: &str) -> String {
        if self.name.is_empty() {
            return parent.to_owned();
        }
        format!(
            "{parent}/{}",
            self.name.replace('~', "~0").replace('/', "~1")
        )
    }
}
