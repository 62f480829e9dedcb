//! A change of a schema at one place.

use serde_json::Value;

use super::Patch;

/// A change of a schema at one place.
#[derive(Clone, Debug)]
pub(crate) struct Edit {
    /// The kind of change.
    pub(crate) kind: Kind,
    /// The place in a value: names of properties, and `[]` for the items of a list.
    pub(crate) way: Vec<String>,
    /// The alternatives that the changed schema belongs to.
    pub(super) branches: Vec<String>,
    /// The pointer in the old schema.
    pub(crate) old: String,
    /// The pointer in the new schema.
    pub(crate) new: String,
    /// What makes this change alone in the old schema.
    pub(crate) forward: Patch,
    /// What takes this change alone back in the new schema.
    pub(crate) backward: Patch,
}

/// A kind of change.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    /// A property is new. `rest` is what the object took in a property that it did not declare.
    Added {
        name: String,
        is_required: bool,
        rest: Rest,
    },
    /// A property is gone. `rest` is what the object takes in a property that it does not declare.
    Removed {
        name: String,
        was_required: bool,
        rest: Rest,
    },
    /// A guess: a property has another name, and the same schema.
    Renamed { from: String, to: String },
    /// A property is required now, or no longer.
    Required { name: String, is_required: bool },
    /// Values of an enumeration are new, or gone.
    Values {
        added: Vec<Value>,
        removed: Vec<Value>,
    },
    /// An alternative is new, or gone: its name.
    Alternative { name: String, is_added: bool },
    /// The kind of value is another one.
    Shape { old: String, new: String },
    /// Properties that the schema does not declare are refused now, or no longer.
    Closed { is_closed: bool },
    /// A keyword has another value.
    Keyword {
        name: String,
        old: Option<Value>,
        new: Option<Value>,
    },
    /// A keyword that takes and refuses nothing has another value.
    Annotation {
        name: String,
        old: Option<Value>,
        new: Option<Value>,
    },
}

impl Kind {
    /// Whether it may change which values are valid.
    pub(crate) const fn is_constraint(&self) -> bool {
        !matches!(self, Self::Annotation { .. })
    }

    /// Whether it declares properties, or no longer does.
    pub(crate) const fn is_declaration(&self) -> bool {
        matches!(
            self,
            Self::Added { .. } | Self::Removed { .. } | Self::Renamed { .. }
        )
    }
}

/// What an object takes in a property that it does not declare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rest {
    /// Nothing: there is no other property.
    Nothing,
    /// Any value.
    Anything,
    /// The values of a schema, or what another schema of the same object declares.
    Something,
}
