//! The parts of sources and sinks that convert other types: members of objects, items of arrays, and null.

use serde_json::{Map, Value};

use super::{
    conversion::Json,
    mismatch::Mismatch,
    node::Node,
    reader::Reader,
    sink::{Members, ObjectSink, Sink, TextMembers, To, Unfit},
    source::{GIVE_UP, Member, Origin, Source},
};

impl Source<'_, '_> {
    /// Reads the items of an array.
    ///
    /// # Errors
    ///
    /// Returns an error if there is something else, or if an item does not fit.
    pub fn into_items<T: Json>(self) -> Result<Vec<T>, Mismatch> {
        let items = match self.0 {
            Origin::Text(reader, Node::Array { items, length }) => {
                let read = read_items(reader, items)?;
                return length.allow(read.len()).then_some(read).ok_or(GIVE_UP);
            }
            origin => Self(origin).into_value()?,
        };
        let Value::Array(items) = items else {
            return Err(Mismatch::wrong_type());
        };
        let read = |(index, item)| {
            let read = T::from_json(item);
            read.map_err(|mismatch| mismatch.at_index(index))
        };
        items.into_iter().enumerate().map(read).collect()
    }
}

fn read_items<'t, T: Json>(reader: &mut Reader<'t>, node: &'t Node) -> Result<Vec<T>, Mismatch> {
    let mut items = Vec::new();
    reader.array().ok_or(GIVE_UP)?;
    while reader.has_item(items.is_empty()).ok_or(GIVE_UP)? {
        items.push(T::read(Source::text(reader, node))?);
    }
    Ok(items)
}

impl Member<'_, '_> {
    /// Reads the member into its field, which is empty.
    ///
    /// # Errors
    ///
    /// Returns an error if the member does not fit, or if it comes twice.
    pub fn read<T: Json>(self, field: &mut Option<T>) -> Result<(), Mismatch> {
        let (name, source) = self.into_parts();
        if field.is_some() {
            return Err(GIVE_UP);
        }
        match T::read(source) {
            Ok(read) => {
                *field = Some(read);
                Ok(())
            }
            Err(mismatch) => Err(mismatch.at_key(name)),
        }
    }
}

/// The field of a struct for properties that are not declared.
pub trait Additional: Default {
    /// Adds a member.
    ///
    /// # Errors
    ///
    /// Returns an error if the member does not fit, or if it comes twice.
    fn add(&mut self, member: Member<'_, '_>) -> Result<(), Mismatch>;

    /// Writes all members.
    ///
    /// # Errors
    ///
    /// Returns an error if a member cannot be written as text.
    fn write_to(&self, object: &mut ObjectSink<'_, '_>) -> Result<(), Unfit>;
}

/// Reads the members of an object whose properties are not declared.
pub(super) fn read_additional<T: Additional>(source: Source<'_, '_>) -> Result<T, Mismatch> {
    let mut members = source.into_members()?;
    let mut read = T::default();
    while let Some(member) = members.next()? {
        read.add(member)?;
    }
    Ok(read)
}

/// Adds a member of any type to a map.
pub(super) fn add_value(
    map: &mut Map<String, Value>,
    member: Member<'_, '_>,
) -> Result<(), Mismatch> {
    let (name, source) = member.into_parts();
    let is_new = map
        .insert(name.into_owned(), source.into_value()?)
        .is_none();
    is_new.then_some(()).ok_or(GIVE_UP)
}

impl Sink<'_, '_> {
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
}

impl TextMembers<'_, '_> {
    fn declared<T: Json>(&mut self, name: &str, field: &T) -> Result<(), Unfit> {
        let property = self.walk.property(name).ok_or(Unfit)?;
        self.separate();
        self.writer.text.extend_from_slice(property.key.as_bytes());
        field.write(Sink::text(self.writer, &property.node))
    }

    fn additional<T: Json>(&mut self, name: &str, value: &T) -> Result<(), Unfit> {
        let node = self.walk.additional().ok_or(Unfit)?;
        // A declared property is written in its own order.
        if self.walk.property(name).is_some() {
            return Err(Unfit);
        }
        self.separate();
        self.writer.leaf(&name)?;
        self.writer.text.push(b':');
        value.write(Sink::text(self.writer, node))
    }
}
