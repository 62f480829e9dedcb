//! Schemas as data: their own assertions, and the subschemas that they apply.

use std::{
    collections::HashMap,
    fmt, mem,
    sync::{Arc, OnceLock},
};

use contexture_validator::Validator;
use jsonschema::Draft;
use serde_json::Value;

use crate::payload::{pattern::Pattern, validator::build};

/// The index of a node in its [`Tree`](super::Tree).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct NodeId(pub(super) usize);

/// One schema.
#[derive(Debug, Default)]
pub(super) struct Node {
    /// Whether the schema is `false`, which rejects every value.
    pub(super) never: bool,
    /// Whether a reference points here, so the schema may contain itself.
    pub(super) is_target: bool,
    pub(super) title: Option<String>,
    pub(super) assertions: Option<Arc<Assertions>>,
    pub(super) pattern: Option<Arc<Pattern>>,
    pub(super) reference: Option<NodeId>,
    pub(super) all_of: Vec<NodeId>,
    pub(super) unions: Vec<Union>,
    pub(super) condition: Option<Condition>,
    /// The schemas that apply when a property is present.
    pub(super) dependents: Vec<Dependent>,
    pub(super) not: Option<NodeId>,
    pub(super) contains: Option<Contains>,
    pub(super) property_names: Option<NodeId>,
    pub(super) properties: HashMap<String, NodeId>,
    pub(super) pattern_properties: Vec<(Arc<Pattern>, NodeId)>,
    pub(super) other_properties: Option<Others>,
    pub(super) first_items: Vec<NodeId>,
    pub(super) other_items: Option<Others>,
    pub(super) unevaluated_properties: Option<Others>,
    pub(super) unevaluated_items: Option<Others>,
}

/// The rule for properties or items that no other keyword covers.
#[derive(Debug)]
pub(super) struct Others {
    pub(super) keyword: &'static str,
    /// `None` stands for `false`: no others are allowed.
    pub(super) schema: Option<NodeId>,
}

#[derive(Debug)]
pub(super) struct Union {
    pub(super) keyword: &'static str,
    pub(super) alternatives: Vec<NodeId>,
    pub(super) tag: Option<Tag>,
}

impl Node {
    /// Returns the schemas that apply together with this one.
    pub(super) fn also(&self) -> impl Iterator<Item = NodeId> {
        self.reference
            .into_iter()
            .chain(self.all_of.iter().copied())
    }
}

impl Union {
    pub(super) fn is_exclusive(&self) -> bool {
        self.keyword == "oneOf"
    }
}

/// The property whose value identifies the alternative of a union.
#[derive(Debug)]
pub(super) struct Tag {
    pub(super) property: String,
    /// The values of the property, each with the index of its alternative.
    pub(super) values: Vec<(Value, usize)>,
}

#[derive(Debug)]
pub(super) struct Condition {
    pub(super) test: NodeId,
    pub(super) then: Option<NodeId>,
    pub(super) otherwise: Option<NodeId>,
}

#[derive(Debug)]
pub(super) struct Dependent {
    pub(super) property: String,
    pub(super) schema: NodeId,
    /// Whether the schema counts for `unevaluated…`. That of `dependencies` does not, since newer
    /// drafts do not have it.
    pub(super) evaluates: bool,
}

#[derive(Debug)]
pub(super) struct Contains {
    pub(super) schema: NodeId,
    pub(super) least: u64,
    pub(super) most: Option<u64>,
    /// Whether matching items count as evaluated for `unevaluatedItems`.
    pub(super) evaluates: bool,
}

/// The keywords of a schema that apply no subschemas. The validator checks them.
pub(super) struct Assertions {
    draft: Draft,
    schema: Value,
    validator: OnceLock<Validator>,
}

impl Assertions {
    pub(super) fn new(draft: Draft, schema: Value) -> Self {
        Self {
            draft,
            schema,
            validator: OnceLock::new(),
        }
    }

    pub(super) fn validator(&self) -> &Validator {
        self.validator.get_or_init(|| {
            build(&self.schema, Some(self.draft))
                .expect("a part of a valid schema is a valid schema")
        })
    }
}

/// Information from the assertions that needs no validation.
impl Assertions {
    pub(super) fn requires(&self, name: &str) -> bool {
        let required = self.schema["required"].as_array();
        required.is_some_and(|names| names.iter().any(|other| other == name))
    }

    /// Returns the only values that fit, if the schema lists them.
    pub(super) fn constants(&self) -> Option<Vec<Value>> {
        let constant = self.schema.get("const").map(|value| vec![value.clone()]);
        constant.or_else(|| self.schema.get("enum")?.as_array().cloned())
    }

    /// Returns whether values of this value's type can fit; `None` if the schema does not restrict
    /// the type.
    pub(super) fn accepts_type(&self, value: &Value) -> Option<bool> {
        match &self.schema["type"] {
            Value::String(name) => Some(is_of_type(value, name)),
            Value::Array(names) => {
                let mut names = names.iter().filter_map(Value::as_str);
                Some(names.any(|name| is_of_type(value, name)))
            }
            _ => {
                let constants = self.constants()?;
                let same = |other: &Value| mem::discriminant(other) == mem::discriminant(value);
                Some(constants.iter().any(same))
            }
        }
    }
}

fn is_of_type(value: &Value, name: &str) -> bool {
    match value {
        Value::Null => name == "null",
        Value::Bool(_) => name == "boolean",
        Value::Number(_) => name == "number" || name == "integer",
        Value::String(_) => name == "string",
        Value::Array(_) => name == "array",
        Value::Object(_) => name == "object",
    }
}

impl fmt::Debug for Assertions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_tuple("Assertions")
            .field(&self.schema)
            .finish()
    }
}
