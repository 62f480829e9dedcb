//! Schemas as trees that are read and written beside a type.

use std::{cmp::Ordering, fmt};

use serde_json::Value;

use crate::Number;

/// What a schema says of a value. The kinds whose rules are simple are checked while a value is read or written; all
/// others are judged by a validator.
#[derive(Debug)]
pub(crate) enum Node {
    /// Anything is valid.
    Any,
    /// A string, with its length in characters.
    Text {
        /// The minimum and the maximum.
        length: Limits<usize>,
        /// Decides about the format and the pattern.
        judge: Option<Judge>,
    },
    /// One of these strings.
    Choice(Vec<String>),
    /// `true` or `false`.
    Boolean,
    /// An integer.
    Integer(Limits<Number>),
    /// A number.
    Number(Limits<Number>),
    /// An array whose items are all of one kind.
    Array {
        /// The schema of each item.
        items: Box<Node>,
        /// The minimum and the maximum number of items.
        length: Limits<usize>,
    },
    /// An object with any properties.
    AnyObject,
    /// An object.
    Object(ObjectNode),
    /// The value or null.
    Nullable(Box<Node>),
    /// The definition with this index.
    Reference(usize),
    /// Only a validator can decide.
    Judged(Judge),
}

/// An object's properties.
#[derive(Debug)]
pub(crate) struct ObjectNode {
    /// The declared properties.
    pub(crate) properties: Vec<PropertyNode>,
    /// The number of required properties. All of them are declared.
    pub(crate) required: usize,
    /// The schema of undeclared properties, unless the object is closed.
    pub(crate) additional: Option<Box<Node>>,
}

/// A declared property of an object.
#[derive(Debug)]
pub(crate) struct PropertyNode {
    pub(crate) name: String,
    /// The name in JSON, with its colon.
    pub(crate) key: String,
    pub(crate) is_required: bool,
    pub(crate) node: Node,
}

/// A minimum and a maximum, both included.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Limits<T> {
    pub(crate) minimum: Option<T>,
    pub(crate) maximum: Option<T>,
}

/// Decides whether a value is valid.
pub(crate) struct Judge(Box<dyn Fn(&Value) -> bool + Send + Sync>);

impl Node {
    /// Whether a value is valid, if a value can be checked against this node.
    pub(super) fn accepts(&self, value: &Value) -> bool {
        match self {
            Self::Any => true,
            Self::AnyObject => value.is_object(),
            Self::Judged(judge) => judge.accepts(value),
            _ => false,
        }
    }

    /// Follows references. They do not lead in a circle, as a plan of nodes ensures.
    pub(super) fn resolve<'n>(&'n self, definitions: &'n [Self]) -> &'n Self {
        let mut node = self;
        while let Self::Reference(index) = node {
            node = &definitions[*index];
        }
        node
    }
}

/// The properties of an object, as they are read or written one after the other.
#[derive(Debug)]
pub(super) struct Walk<'n> {
    object: &'n ObjectNode,
    /// The index of the property that comes next in the order of the schema.
    next: usize,
    /// The number of required properties so far. A type that has properties of its own has none twice.
    required: usize,
}

impl<'n> Walk<'n> {
    pub(super) const fn of(object: &'n ObjectNode) -> Self {
        Self {
            object,
            next: 0,
            required: 0,
        }
    }

    /// Finds a declared property and counts it.
    pub(super) fn property(&mut self, name: &str) -> Option<&'n PropertyNode> {
        let properties = &self.object.properties;
        let is_at = |index: usize| {
            let property = properties.get(index);
            property.is_some_and(|property| property.name == name)
        };
        let index = if is_at(self.next) {
            self.next
        } else {
            (0..properties.len()).find(|index| is_at(*index))?
        };
        self.count(index)
    }

    /// Counts the property that comes next in the order of the schema, if this is it.
    pub(super) fn next_if(
        &mut self,
        is_it: impl FnOnce(&PropertyNode) -> bool,
    ) -> Option<&'n PropertyNode> {
        let next = self.object.properties.get(self.next);
        next.filter(|next| is_it(next))?;
        self.count(self.next)
    }

    fn count(&mut self, index: usize) -> Option<&'n PropertyNode> {
        let property = self.object.properties.get(index)?;
        self.next = index + 1;
        self.required += usize::from(property.is_required);
        Some(property)
    }

    /// Returns the node of properties that are not declared, unless the object is closed.
    pub(super) fn additional(&self) -> Option<&'n Node> {
        self.object.additional.as_deref()
    }

    /// Whether all required properties were found.
    pub(super) const fn is_complete(&self) -> bool {
        self.required == self.object.required
    }
}

impl Limits<usize> {
    pub(super) fn allow(&self, length: usize) -> bool {
        self.minimum.is_none_or(|minimum| length >= minimum)
            && self.maximum.is_none_or(|maximum| length <= maximum)
    }

    /// Whether the number of characters of a text is within the limits.
    pub(super) fn allow_text(&self, text: &str) -> bool {
        // A character has at most four bytes. Most texts need not be counted.
        let is_long_enough = self
            .minimum
            .is_none_or(|minimum| text.len().div_ceil(4) >= minimum);
        let is_short_enough = self.maximum.is_none_or(|maximum| text.len() <= maximum);
        (is_long_enough && is_short_enough) || self.allow(text.chars().count())
    }
}

impl Limits<Number> {
    /// Whether a number is surely within the limits.
    pub(super) fn allow(&self, number: Number) -> bool {
        let is = |limit: Option<Number>, wanted: Ordering| {
            limit.is_none_or(|limit| {
                compare(number, limit).is_some_and(|found| found == wanted || found.is_eq())
            })
        };
        is(self.minimum, Ordering::Greater) && is(self.maximum, Ordering::Less)
    }
}

/// Compares two numbers, if the result is exact.
fn compare(left: Number, right: Number) -> Option<Ordering> {
    /// Floats represent all integers up to 2⁵³ exactly.
    const EXACT: u64 = 1 << 53;

    let is_exact = |number: Number| match number.as_i64() {
        Some(integer) => integer.unsigned_abs() <= EXACT,
        None => number.as_u64().is_none(),
    };
    let are_integers = [left, right].map(|number| number.as_i64().is_some());
    let comparable = are_integers == [true, true] || is_exact(left) && is_exact(right);
    comparable.then(|| left.partial_cmp(&right))?
}

impl Judge {
    pub(crate) fn new(judge: impl Fn(&Value) -> bool + Send + Sync + 'static) -> Self {
        Self(Box::new(judge))
    }

    pub(super) fn accepts(&self, value: &Value) -> bool {
        (self.0)(value)
    }
}

impl fmt::Debug for Judge {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Judge")
    }
}
