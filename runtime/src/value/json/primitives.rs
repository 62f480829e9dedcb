//! Conversions for primitive types and collections.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{
    conversion::Json,
    mismatch::Mismatch,
    sink::{ObjectSink, Sink, Unfit},
    source::{GIVE_UP, Member, Source},
    typed::{Additional, add_value, read_additional},
};
use crate::{Number, Secret};

impl Json for Value {
    fn read(source: Source<'_, '_>) -> Result<Self, Mismatch> {
        source.into_value()
    }

    fn write(&self, sink: Sink<'_, '_>) -> Result<(), Unfit> {
        sink.write_value(self.clone())
    }

    fn is_kind(_value: &Value) -> bool {
        true
    }
}

impl Json for Map<String, Value> {
    fn read(source: Source<'_, '_>) -> Result<Self, Mismatch> {
        match source.into_value()? {
            Value::Object(members) => Ok(members),
            _ => Err(Mismatch::wrong_type()),
        }
    }

    fn write(&self, sink: Sink<'_, '_>) -> Result<(), Unfit> {
        sink.write_value(Value::Object(self.clone()))
    }

    fn is_kind(value: &Value) -> bool {
        value.is_object()
    }
}

impl Additional for Map<String, Value> {
    fn add(&mut self, member: Member<'_, '_>) -> Result<(), Mismatch> {
        add_value(self, member)
    }

    fn write_to(&self, object: &mut ObjectSink<'_, '_>) -> Result<(), Unfit> {
        self.iter()
            .try_for_each(|(name, value)| object.additional(name, value))
    }
}

impl Json for () {
    fn read(source: Source<'_, '_>) -> Result<Self, Mismatch> {
        match source.into_value()? {
            Value::Null => Ok(()),
            _ => Err(Mismatch::wrong_type()),
        }
    }

    fn write(&self, sink: Sink<'_, '_>) -> Result<(), Unfit> {
        sink.write_value(Value::Null)
    }

    fn is_kind(value: &Value) -> bool {
        value.is_null()
    }
}

impl Json for bool {
    fn read(source: Source<'_, '_>) -> Result<Self, Mismatch> {
        source.into_bool()
    }

    fn write(&self, sink: Sink<'_, '_>) -> Result<(), Unfit> {
        sink.write_bool(*self)
    }

    fn is_kind(value: &Value) -> bool {
        value.is_boolean()
    }
}

impl Json for i64 {
    fn read(source: Source<'_, '_>) -> Result<Self, Mismatch> {
        source.into_i64()
    }

    fn write(&self, sink: Sink<'_, '_>) -> Result<(), Unfit> {
        sink.write_number((*self).into())
    }

    fn is_kind(value: &Value) -> bool {
        value.is_number()
    }
}

impl Json for u64 {
    fn read(source: Source<'_, '_>) -> Result<Self, Mismatch> {
        source.into_u64()
    }

    fn write(&self, sink: Sink<'_, '_>) -> Result<(), Unfit> {
        sink.write_number((*self).into())
    }

    fn is_kind(value: &Value) -> bool {
        value.is_number()
    }
}

impl Json for Number {
    fn read(source: Source<'_, '_>) -> Result<Self, Mismatch> {
        source.into_number()
    }

    fn write(&self, sink: Sink<'_, '_>) -> Result<(), Unfit> {
        sink.write_number(*self)
    }

    fn is_kind(value: &Value) -> bool {
        value.is_number()
    }
}

impl Json for String {
    fn read(source: Source<'_, '_>) -> Result<Self, Mismatch> {
        source.into_string()
    }

    fn write(&self, sink: Sink<'_, '_>) -> Result<(), Unfit> {
        sink.write_str(self)
    }

    fn is_kind(value: &Value) -> bool {
        value.is_string()
    }
}

impl<T: Json> Json for Secret<T> {
    fn read(source: Source<'_, '_>) -> Result<Self, Mismatch> {
        T::read(source).map(Self::new)
    }

    fn write(&self, sink: Sink<'_, '_>) -> Result<(), Unfit> {
        self.expose().write(sink)
    }

    fn is_kind(value: &Value) -> bool {
        T::is_kind(value)
    }
}

impl<T: Json> Json for Box<T> {
    fn read(source: Source<'_, '_>) -> Result<Self, Mismatch> {
        T::read(source).map(Self::new)
    }

    fn write(&self, sink: Sink<'_, '_>) -> Result<(), Unfit> {
        self.as_ref().write(sink)
    }

    fn is_kind(value: &Value) -> bool {
        T::is_kind(value)
    }
}

/// `None` is null.
impl<T: Json> Json for Option<T> {
    fn read(source: Source<'_, '_>) -> Result<Self, Mismatch> {
        source.not_null()?.map(T::read).transpose()
    }

    fn write(&self, sink: Sink<'_, '_>) -> Result<(), Unfit> {
        sink.write_option(self.as_ref())
    }

    fn is_kind(value: &Value) -> bool {
        value.is_null() || T::is_kind(value)
    }
}

impl<T: Json> Json for Vec<T> {
    fn read(source: Source<'_, '_>) -> Result<Self, Mismatch> {
        source.into_items()
    }

    fn write(&self, sink: Sink<'_, '_>) -> Result<(), Unfit> {
        sink.write_items(self)
    }

    fn is_kind(value: &Value) -> bool {
        value.is_array()
    }
}

impl<T: Json> Json for BTreeMap<String, T> {
    fn read(source: Source<'_, '_>) -> Result<Self, Mismatch> {
        read_additional(source)
    }

    fn write(&self, sink: Sink<'_, '_>) -> Result<(), Unfit> {
        let mut object = sink.object();
        self.write_to(&mut object)?;
        object.end()
    }

    fn is_kind(value: &Value) -> bool {
        value.is_object()
    }
}

impl<T: Json> Additional for BTreeMap<String, T> {
    fn add(&mut self, member: Member<'_, '_>) -> Result<(), Mismatch> {
        let (name, source) = member.into_parts();
        match T::read(source) {
            Ok(value) => match self.insert(name.into_owned(), value) {
                None => Ok(()),
                Some(_) => Err(GIVE_UP),
            },
            Err(mismatch) => Err(mismatch.at_key(name)),
        }
    }

    fn write_to(&self, object: &mut ObjectSink<'_, '_>) -> Result<(), Unfit> {
        self.iter()
            .try_for_each(|(name, value)| object.additional(name, value))
    }
}

fn item_at<T: Json>(index: usize, item: Value) -> Result<T, Mismatch> {
    T::from_json(item).map_err(|mismatch| mismatch.at_index(index))
}

macro_rules! tuple {
    ($count:literal: $($item:ident $index:tt),+) => {
        impl<$($item: Json),+> Json for ($($item,)+) {
            fn read(source: Source<'_, '_>) -> Result<Self, Mismatch> {
                let Value::Array(items) = source.into_value()? else {
                    return Err(Mismatch::wrong_type());
                };
                let mut items = <[Value; $count]>::try_from(items)
                    .map_err(|_| Mismatch::wrong_type())?;
                Ok(($(item_at($index, items[$index].take())?,)+))
            }

            fn write(&self, sink: Sink<'_, '_>) -> Result<(), Unfit> {
                sink.write_value(Value::Array(vec![$(self.$index.to_json()),+]))
            }

            fn is_kind(value: &Value) -> bool {
                value.is_array()
            }
        }
    };
}

tuple!(1: A 0);
tuple!(2: A 0, B 1);
tuple!(3: A 0, B 1, C 2);
tuple!(4: A 0, B 1, C 2, D 3);
tuple!(5: A 0, B 1, C 2, D 3, E 4);
tuple!(6: A 0, B 1, C 2, D 3, E 4, F 5);
tuple!(7: A 0, B 1, C 2, D 3, E 4, F 5, G 6);
tuple!(8: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);
tuple!(9: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8);
tuple!(10: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9);
tuple!(11: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10);
tuple!(12: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11);
