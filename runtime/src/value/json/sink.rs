//! What a type is written to.

use serde::Serialize;
use serde_json::{Map, Value};

use super::{
    Json,
    node::{Node, ObjectNode},
};
use crate::{Number, value::normalize_numbers};

/// What a type is written to: a value, or JSON text that is checked against the node of a schema as it is written.
#[derive(Debug)]
pub struct Sink<'s, 'n>(To<'s, 'n>);

#[derive(Debug)]
enum To<'s, 'n> {
    Value(&'s mut Value),
    Text(&'s mut Writer<'n>, &'n Node),
}

/// A value does not fit its schema, or is not written as text directly. It is written as a value instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unfit;

/// JSON text that is being written.
#[derive(Debug)]
pub(crate) struct Writer<'n> {
    text: &'n mut Vec<u8>,
    definitions: &'n [Node],
}

impl<'n> Writer<'n> {
    /// Creates a writer that appends to a text.
    pub(crate) const fn new(text: &'n mut Vec<u8>, definitions: &'n [Node]) -> Self {
        Self { text, definitions }
    }

    /// Writes a leaf as `serde_json` writes it in a value.
    fn leaf(&mut self, leaf: &impl Serialize) -> Result<(), Unfit> {
        serde_json::to_writer(&mut *self.text, leaf).map_err(|_| Unfit)
    }

    /// Writes a value, which must be valid.
    fn judged(&mut self, mut value: Value, node: &Node) -> Result<(), Unfit> {
        normalize_numbers(&mut value);
        let is_valid = match node {
            Node::Any => true,
            Node::AnyObject => value.is_object(),
            Node::Judged(judge) => judge.accepts(&value),
            _ => false,
        };
        if is_valid {
            self.leaf(&value)
        } else {
            Err(Unfit)
        }
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
            To::Text(writer, node) => writer.judged(value, node),
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
                if is_valid {
                    writer.leaf(&text)
                } else {
                    Err(Unfit)
                }
            }
            To::Text(writer, Node::Choice(texts)) => {
                let is_valid = texts.iter().any(|known| known == text);
                if is_valid {
                    writer.leaf(&text)
                } else {
                    Err(Unfit)
                }
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
        if number.as_f64().is_finite() && limits.allow(number) {
            writer.leaf(&number)
        } else {
            Err(Unfit)
        }
    }

    /// Writes null in place of `None`.
    ///
    /// # Errors
    ///
    /// Returns an error if the value cannot be written as text.
    pub fn write_option<T: Json>(self, value: Option<&T>) -> Result<(), Unfit> {
        match (self.0, value) {
            (To::Text(writer, Node::Nullable(node)), Some(value)) => {
                value.write(Sink::text(writer, node))
            }
            (To::Text(writer, Node::Nullable(_)), None) => writer.leaf(&()),
            (to, Some(value)) => value.write(Self(to)),
            (to, None) => Self(to).write_value(Value::Null),
        }
    }

    /// Writes an array.
    ///
    /// # Errors
    ///
    /// Returns an error if it cannot be written as text.
    pub fn write_items<T: Json>(self, items: &[T]) -> Result<(), Unfit> {
        match self.0 {
            To::Text(
                writer,
                Node::Array {
                    items: node,
                    length,
                },
            ) => {
                if !length.allow(items.len()) {
                    return Err(Unfit);
                }
                writer.text.push(b'[');
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        writer.text.push(b',');
                    }
                    item.write(Sink::text(writer, node))?;
                }
                writer.text.push(b']');
                Ok(())
            }
            to => Self(to).write_value(items.iter().map(T::to_json).collect()),
        }
    }

    /// Begins to write an object.
    #[must_use]
    pub fn object(self) -> ObjectSink<'s, 'n> {
        match self.0 {
            To::Text(writer, Node::Object(object)) => {
                writer.text.push(b'{');
                ObjectSink(Members::Text(TextMembers {
                    writer,
                    object,
                    next: 0,
                    required: 0,
                    is_first: true,
                }))
            }
            to => ObjectSink(Members::Value(Self(to), Map::new())),
        }
    }
}

/// An object that is being written.
#[derive(Debug)]
pub struct ObjectSink<'s, 'n>(Members<'s, 'n>);

#[derive(Debug)]
enum Members<'s, 'n> {
    /// The members, and where they are written at the end.
    Value(Sink<'s, 'n>, Map<String, Value>),
    Text(TextMembers<'s, 'n>),
}

#[derive(Debug)]
struct TextMembers<'s, 'n> {
    writer: &'s mut Writer<'n>,
    object: &'n ObjectNode,
    /// The index of the property that probably comes next.
    next: usize,
    /// The number of required properties so far.
    required: usize,
    is_first: bool,
}

impl ObjectSink<'_, '_> {
    /// Writes a declared property.
    ///
    /// # Errors
    ///
    /// Returns an error if it cannot be written as text.
    pub fn required<T: Json>(&mut self, name: &str, field: &T) -> Result<(), Unfit> {
        match &mut self.0 {
            Members::Value(_, members) => {
                members.insert(name.to_owned(), field.to_json());
                Ok(())
            }
            Members::Text(members) => members.declared(name, field),
        }
    }

    /// Writes a declared property, unless it is absent.
    ///
    /// # Errors
    ///
    /// Returns an error if it cannot be written as text.
    pub fn optional<T: Json>(&mut self, name: &str, field: Option<&T>) -> Result<(), Unfit> {
        field.map_or(Ok(()), |field| self.required(name, field))
    }

    /// Writes a property that is not declared, unless a declared one has its name.
    ///
    /// # Errors
    ///
    /// Returns an error if it cannot be written as text.
    pub fn additional<T: Json>(&mut self, name: &str, value: &T) -> Result<(), Unfit> {
        match &mut self.0 {
            Members::Value(_, members) => {
                members.entry(name).or_insert_with(|| value.to_json());
                Ok(())
            }
            Members::Text(members) => members.additional(name, value),
        }
    }

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
                let is_complete = members.required == members.object.required;
                is_complete.then_some(()).ok_or(Unfit)
            }
        }
    }
}

impl TextMembers<'_, '_> {
    fn declared<T: Json>(&mut self, name: &str, field: &T) -> Result<(), Unfit> {
        let property = self.object.find(name, &mut self.next).ok_or(Unfit)?;
        self.required += usize::from(property.is_required);
        self.separate();
        self.writer.text.extend_from_slice(property.key.as_bytes());
        field.write(Sink::text(self.writer, &property.node))
    }

    fn additional<T: Json>(&mut self, name: &str, value: &T) -> Result<(), Unfit> {
        let node = self.object.additional.as_deref().ok_or(Unfit)?;
        // A declared property is written in its own order.
        if self.object.find(name, &mut self.next).is_some() {
            return Err(Unfit);
        }
        self.separate();
        self.writer.leaf(&name)?;
        self.writer.text.push(b':');
        value.write(Sink::text(self.writer, node))
    }

    fn separate(&mut self) {
        if !std::mem::take(&mut self.is_first) {
            self.writer.text.push(b',');
        }
    }
}
