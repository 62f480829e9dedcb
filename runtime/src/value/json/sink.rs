//! What a type is written to.

use serde::Serialize;
use serde_json::{Map, Value};

use super::node::{Node, Walk};
use crate::{Number, value::normalize_numbers};

/// What a type is written to: a value, or JSON text that is checked against the node of a schema as it is written.
#[derive(Debug)]
pub struct Sink<'s, 'n>(pub(super) To<'s, 'n>);

#[derive(Debug)]
pub(super) enum To<'s, 'n> {
    Value(&'s mut Value),
    Text(&'s mut Writer<'n>, &'n Node),
}

/// A value does not fit its schema, or is not written as text directly. It is written as a value instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unfit;

/// JSON text that is being written.
#[derive(Debug)]
pub(crate) struct Writer<'n> {
    pub(super) text: &'n mut Vec<u8>,
    definitions: &'n [Node],
}

impl<'n> Writer<'n> {
    /// Creates a writer that appends to a text.
    pub(crate) const fn new(text: &'n mut Vec<u8>, definitions: &'n [Node]) -> Self {
        Self { text, definitions }
    }

    /// Writes a leaf as `serde_json` writes it in a value.
    pub(super) fn leaf(&mut self, leaf: &impl Serialize) -> Result<(), Unfit> {
        serde_json::to_writer(&mut *self.text, leaf).map_err(|_| Unfit)
    }

    fn valid_leaf(&mut self, leaf: &impl Serialize, is_valid: bool) -> Result<(), Unfit> {
        if is_valid {
            self.leaf(leaf)
        } else {
            Err(Unfit)
        }
    }

    fn value(&mut self, mut value: Value, node: &Node) -> Result<(), Unfit> {
        normalize_numbers(&mut value);
        self.valid_leaf(&value, node.accepts(&value))
    }
}

impl<'s, 'n> Sink<'s, 'n> {
    /// Creates a sink that is a value.
    pub const fn value(value: &'s mut Value) -> Self {
        Self(To::Value(value))
    }

    /// Creates a sink that is text.
    pub(crate) fn text(writer: &'s mut Writer<'n>, node: &'n Node) -> Self {
        let node = node.resolve(writer.definitions);
        Self(To::Text(writer, node))
    }

    /// Writes a value.
    ///
    /// # Errors
    ///
    /// Returns an error if it cannot be written as text.
    pub fn write_value(self, value: Value) -> Result<(), Unfit> {
        match self.0 {
            To::Value(to) => {
                *to = value;
                Ok(())
            }
            To::Text(writer, node) => writer.value(value, node),
        }
    }

    /// Writes a string.
    ///
    /// # Errors
    ///
    /// Returns an error if it cannot be written as text.
    pub fn write_str(self, text: &str) -> Result<(), Unfit> {
        match self.0 {
            To::Text(writer, Node::Text { length, judge }) => {
                let is_valid = length.allow_text(text)
                    && judge
                        .as_ref()
                        .is_none_or(|judge| judge.accepts(&text.into()));
                writer.valid_leaf(&text, is_valid)
            }
            To::Text(writer, Node::Choice(texts)) => {
                let is_valid = texts.iter().any(|known| known == text);
                writer.valid_leaf(&text, is_valid)
            }
            to => Self(to).write_value(text.into()),
        }
    }

    /// Writes `true` or `false`.
    ///
    /// # Errors
    ///
    /// Returns an error if it cannot be written as text.
    pub fn write_bool(self, value: bool) -> Result<(), Unfit> {
        match self.0 {
            To::Text(writer, Node::Boolean) => writer.leaf(&value),
            to => Self(to).write_value(value.into()),
        }
    }

    /// Writes a number.
    ///
    /// # Errors
    ///
    /// Returns an error if it cannot be written as text.
    pub fn write_number(self, number: Number) -> Result<(), Unfit> {
        let (writer, limits) = match self.0 {
            To::Text(writer, Node::Number(limits)) => (writer, limits),
            To::Text(writer, Node::Integer(limits)) if number.is_integer() => (writer, limits),
            to => return Self(to).write_value(number.into()),
        };
        let is_valid = number.as_f64().is_finite() && limits.allow(number);
        writer.valid_leaf(&number, is_valid)
    }

    /// Begins to write an object.
    #[must_use]
    pub fn object(self) -> ObjectSink<'s, 'n> {
        match self.0 {
            To::Text(writer, Node::Object(object)) => {
                writer.text.push(b'{');
                ObjectSink(Members::Text(TextMembers {
                    writer,
                    walk: Walk::of(object),
                    is_first: true,
                }))
            }
            to => ObjectSink(Members::Value(Self(to), Map::new())),
        }
    }
}

/// An object that is being written.
#[derive(Debug)]
pub struct ObjectSink<'s, 'n>(pub(super) Members<'s, 'n>);

#[derive(Debug)]
pub(super) enum Members<'s, 'n> {
    /// The members, and where they are written at the end.
    Value(Sink<'s, 'n>, Map<String, Value>),
    Text(TextMembers<'s, 'n>),
}

#[derive(Debug)]
pub(super) struct TextMembers<'s, 'n> {
    pub(super) writer: &'s mut Writer<'n>,
    pub(super) walk: Walk<'n>,
    is_first: bool,
}

impl ObjectSink<'_, '_> {
    /// Ends the object.
    ///
    /// # Errors
    ///
    /// Returns an error if it cannot be written as text.
    pub fn end(self) -> Result<(), Unfit> {
        match self.0 {
            Members::Value(sink, members) => sink.write_value(members.into()),
            Members::Text(members) => {
                members.writer.text.push(b'}');
                members.walk.is_complete().then_some(()).ok_or(Unfit)
            }
        }
    }
}

impl TextMembers<'_, '_> {
    pub(super) fn separate(&mut self) {
        if !std::mem::take(&mut self.is_first) {
            self.writer.text.push(b',');
        }
    }
}
