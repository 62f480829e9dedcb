//! What a type is read from.

use std::borrow::Cow;

use serde_json::{Value, map};

use super::{
    mismatch::Mismatch,
    node::{Node, Walk},
    reader::Reader,
};
use crate::{Number, value::normalize_numbers};

/// What a type is read from: a value that is valid, or JSON text that is checked against the node of a schema as it is
/// read.
///
/// For a text, an error means that it is read as a value instead. The error says nothing else.
#[derive(Debug)]
pub struct Source<'s, 't>(pub(super) Origin<'s, 't>);

#[derive(Debug)]
pub(super) enum Origin<'s, 't> {
    Value(Value),
    Text(&'s mut Reader<'t>, &'t Node),
}

/// The reader gave up, or the text does not fit.
pub(super) const GIVE_UP: Mismatch = Mismatch::wrong_type();

impl<'s, 't> Source<'s, 't> {
    /// Creates a source of a valid value.
    #[must_use]
    pub const fn value(value: Value) -> Self {
        Self(Origin::Value(value))
    }

    /// Creates a source of JSON text.
    pub(crate) fn text(reader: &'s mut Reader<'t>, node: &'t Node) -> Self {
        let node = node.resolve(reader.definitions);
        Self(Origin::Text(reader, node))
    }

    /// Reads a value of any kind, valid for the schema.
    ///
    /// # Errors
    ///
    /// Returns an error if a text does not fit its node.
    pub fn into_value(self) -> Result<Value, Mismatch> {
        let (reader, node) = match self.0 {
            Origin::Value(value) => return Ok(value),
            Origin::Text(reader, node) => (reader, node),
        };
        let mut value = reader.value().ok_or(GIVE_UP)?;
        normalize_numbers(&mut value);
        node.accepts(&value).then_some(value).ok_or(GIVE_UP)
    }

    /// Reads a string.
    ///
    /// # Errors
    ///
    /// Returns an error if there is no string, or if it is not valid.
    pub fn into_string(self) -> Result<String, Mismatch> {
        let text = match self.0 {
            Origin::Text(reader, Node::Text { length, judge }) => {
                let text = reader.string().filter(|text| length.allow_text(text));
                let text = text.ok_or(GIVE_UP)?.into_owned();
                let Some(judge) = judge else { return Ok(text) };
                let value = Value::String(text);
                judge.accepts(&value).then_some(value).ok_or(GIVE_UP)?
            }
            origin => Self(origin).into_value()?,
        };
        match text {
            Value::String(text) => Ok(text),
            _ => Err(Mismatch::wrong_type()),
        }
    }

    /// Reads an enum of strings.
    ///
    /// # Errors
    ///
    /// Returns an error if there is no string, or if it is not one of the enum's.
    pub fn into_choice<T: Copy>(
        self,
        all: &[T],
        text: fn(T) -> &'static str,
    ) -> Result<T, Mismatch> {
        let choose = |read: &str| all.iter().copied().find(|known| text(*known) == read);
        let found = match self.0 {
            Origin::Text(reader, Node::Choice(texts)) => {
                let read = reader.string().ok_or(GIVE_UP)?;
                choose(&read).filter(|_| texts.iter().any(|text| *text == *read))
            }
            origin => Self(origin).into_value()?.as_str().and_then(choose),
        };
        found.ok_or_else(Mismatch::wrong_type)
    }

    /// Reads `true` or `false`.
    ///
    /// # Errors
    ///
    /// Returns an error if there is something else.
    pub fn into_bool(self) -> Result<bool, Mismatch> {
        let read = match self.0 {
            Origin::Text(reader, Node::Boolean) => reader.boolean(),
            origin => Self(origin).into_value()?.as_bool(),
        };
        read.ok_or_else(Mismatch::wrong_type)
    }

    /// Reads an integer.
    ///
    /// # Errors
    ///
    /// Returns an error if there is something else, or if it is not in the range of the type.
    pub fn into_i64(self) -> Result<i64, Mismatch> {
        let read = match self.0 {
            Origin::Text(reader, Node::Integer(limits)) => {
                let read = reader.integer();
                read.filter(|integer| limits.allow((*integer).into()))
            }
            origin => Self(origin).into_value()?.as_i64(),
        };
        read.ok_or_else(Mismatch::wrong_type)
    }

    /// Reads an integer that is not negative.
    ///
    /// # Errors
    ///
    /// Returns an error if there is something else, or if it is not in the range of the type.
    pub fn into_u64(self) -> Result<u64, Mismatch> {
        let read = match self.0 {
            Origin::Text(..) => self.into_i64()?.try_into().ok(),
            Origin::Value(value) => value.as_u64(),
        };
        read.ok_or_else(Mismatch::wrong_type)
    }

    /// Reads a number.
    ///
    /// # Errors
    ///
    /// Returns an error if there is something else.
    pub fn into_number(self) -> Result<Number, Mismatch> {
        let read = match self.0 {
            Origin::Text(reader, Node::Number(limits)) => {
                reader.number().filter(|number| limits.allow(*number))
            }
            origin => Self(origin).into_value()?.as_number().map(Number::from),
        };
        read.ok_or_else(Mismatch::wrong_type)
    }

    /// Reads null and returns `None`, or returns the source of a value that is not null.
    ///
    /// # Errors
    ///
    /// Returns an error if a text does not fit its node.
    pub fn not_null(self) -> Result<Option<Self>, Mismatch> {
        match self.0 {
            Origin::Text(reader, Node::Nullable(node)) => {
                if reader.peek() == Some(b'n') {
                    reader.word("null").ok_or(GIVE_UP)?;
                    return Ok(None);
                }
                Ok(Some(Self::text(reader, node)))
            }
            origin => match Self(origin).into_value()? {
                Value::Null => Ok(None),
                value => Ok(Some(Self::value(value))),
            },
        }
    }

    /// Begins to read the members of an object.
    ///
    /// # Errors
    ///
    /// Returns an error if there is something else.
    pub fn into_members(self) -> Result<Members<'s, 't>, Mismatch> {
        match self.0 {
            Origin::Text(reader, Node::Object(object)) => {
                reader.object().ok_or(GIVE_UP)?;
                Ok(Members(Rest::Text(TextMembers {
                    reader,
                    walk: Walk::of(object),
                    is_first: true,
                })))
            }
            origin => match Self(origin).into_value()? {
                Value::Object(members) => Ok(Members(Rest::Value(members.into_iter()))),
                _ => Err(Mismatch::wrong_type()),
            },
        }
    }
}

/// The members of an object that is being read.
#[derive(Debug)]
pub struct Members<'s, 't>(Rest<'s, 't>);

#[derive(Debug)]
enum Rest<'s, 't> {
    Value(map::IntoIter),
    Text(TextMembers<'s, 't>),
}

#[derive(Debug)]
struct TextMembers<'s, 't> {
    reader: &'s mut Reader<'t>,
    walk: Walk<'t>,
    is_first: bool,
}

/// A member of an object that is being read.
#[derive(Debug)]
pub struct Member<'s, 't> {
    name: Cow<'t, str>,
    source: Source<'s, 't>,
}

impl<'t> Members<'_, 't> {
    /// Returns the next member. All of it must be read.
    ///
    /// # Errors
    ///
    /// Returns an error if a text does not fit its node.
    pub fn next(&mut self) -> Result<Option<Member<'_, 't>>, Mismatch> {
        match &mut self.0 {
            Rest::Value(members) => Ok(members.next().map(|(name, value)| Member {
                name: Cow::Owned(name),
                source: Source::value(value),
            })),
            Rest::Text(members) => members.next(),
        }
    }
}

impl<'t> TextMembers<'_, 't> {
    fn next(&mut self) -> Result<Option<Member<'_, 't>>, Mismatch> {
        if !self.reader.has_member(self.is_first).ok_or(GIVE_UP)? {
            return self.walk.is_complete().then_some(None).ok_or(GIVE_UP);
        }
        self.is_first = false;
        // Most objects have their properties in the order of the schema.
        let expected = self.walk.next_if(|next| self.reader.eat_key(&next.key));
        if let Some(property) = expected {
            let source = Source::text(self.reader, &property.node);
            let name = Cow::Borrowed(property.name.as_str());
            return Ok(Some(Member { name, source }));
        }
        let name = self.reader.name().ok_or(GIVE_UP)?;
        let node = match self.walk.property(&name) {
            Some(property) => &property.node,
            None => self.walk.additional().ok_or(GIVE_UP)?,
        };
        let source = Source::text(self.reader, node);
        Ok(Some(Member { name, source }))
    }
}

impl<'s, 't> Member<'s, 't> {
    /// Returns the name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Reads the member without keeping it.
    ///
    /// # Errors
    ///
    /// Returns an error if a text does not fit its node.
    pub fn ignore(self) -> Result<(), Mismatch> {
        match self.source.0 {
            Origin::Text(reader, Node::Any) => reader.skip().ok_or(GIVE_UP),
            origin => Source(origin).into_value().map(drop),
        }
    }

    /// Returns the name and the source of the value.
    pub(super) fn into_parts(self) -> (Cow<'t, str>, Source<'s, 't>) {
        (self.name, self.source)
    }
}
