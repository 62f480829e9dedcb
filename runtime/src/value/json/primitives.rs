//! Conversions for primitive types and collections.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{Json, Mismatch};
use crate::{Number, Secret};

impl Json for Value {
    fn from_json(value: Value) -> Result<Self, Mismatch> {
        Ok(value)
    }

    fn to_json(&self) -> Value {
        self.clone()
    }

    fn is_kind(_value: &Value) -> bool {
        true
    }
}

impl Json for Map<String, Value> {
    fn from_json(value: Value) -> Result<Self, Mismatch> {
        match value {
            Value::Object(members) => Ok(members),
            _ => Err(Mismatch::wrong_type()),
        }
    }

    fn to_json(&self) -> Value {
        Value::Object(self.clone())
    }

    fn is_kind(value: &Value) -> bool {
        value.is_object()
    }
}

impl Json for () {
    fn from_json(value: Value) -> Result<Self, Mismatch> {
        if value.is_null() {
            Ok(())
        } else {
            Err(Mismatch::wrong_type())
        }
    }

    fn to_json(&self) -> Value {
        Value::Null
    }

    fn is_kind(value: &Value) -> bool {
        value.is_null()
    }
}

impl Json for bool {
    fn from_json(value: Value) -> Result<Self, Mismatch> {
        value.as_bool().ok_or_else(Mismatch::wrong_type)
    }

    fn to_json(&self) -> Value {
        Value::Bool(*self)
    }

    fn is_kind(value: &Value) -> bool {
        value.is_boolean()
    }
}

impl Json for i64 {
    fn from_json(value: Value) -> Result<Self, Mismatch> {
        value.as_i64().ok_or_else(Mismatch::wrong_type)
    }

    fn to_json(&self) -> Value {
        Value::from(*self)
    }

    fn is_kind(value: &Value) -> bool {
        value.is_number()
    }
}

impl Json for u64 {
    fn from_json(value: Value) -> Result<Self, Mismatch> {
        value.as_u64().ok_or_else(Mismatch::wrong_type)
    }

    fn to_json(&self) -> Value {
        Value::from(*self)
    }

    fn is_kind(value: &Value) -> bool {
        value.is_number()
    }
}

impl Json for Number {
    fn from_json(value: Value) -> Result<Self, Mismatch> {
        match &value {
            Value::Number(number) => Ok(number.into()),
            _ => Err(Mismatch::wrong_type()),
        }
    }

    fn to_json(&self) -> Value {
        Value::from(*self)
    }

    fn is_kind(value: &Value) -> bool {
        value.is_number()
    }
}

impl Json for String {
    fn from_json(value: Value) -> Result<Self, Mismatch> {
        match value {
            Value::String(text) => Ok(text),
            _ => Err(Mismatch::wrong_type()),
        }
    }

    fn to_json(&self) -> Value {
        Value::String(self.clone())
    }

    fn is_kind(value: &Value) -> bool {
        value.is_string()
    }
}

impl<T: Json> Json for Secret<T> {
    fn from_json(value: Value) -> Result<Self, Mismatch> {
        T::from_json(value).map(Self::new)
    }

    fn to_json(&self) -> Value {
        self.expose().to_json()
    }

    fn is_kind(value: &Value) -> bool {
        T::is_kind(value)
    }
}

impl<T: Json> Json for Box<T> {
    fn from_json(value: Value) -> Result<Self, Mismatch> {
        T::from_json(value).map(Self::new)
    }

    fn to_json(&self) -> Value {
        self.as_ref().to_json()
    }

    fn is_kind(value: &Value) -> bool {
        T::is_kind(value)
    }
}

/// `None` is null.
impl<T: Json> Json for Option<T> {
    fn from_json(value: Value) -> Result<Self, Mismatch> {
        match value {
            Value::Null => Ok(None),
            value => T::from_json(value).map(Some),
        }
    }

    fn to_json(&self) -> Value {
        self.as_ref().map_or(Value::Null, T::to_json)
    }

    fn is_kind(value: &Value) -> bool {
        value.is_null() || T::is_kind(value)
    }
}

impl<T: Json> Json for Vec<T> {
    fn from_json(value: Value) -> Result<Self, Mismatch> {
        let Value::Array(items) = value else {
            return Err(Mismatch::wrong_type());
        };
        let items = items.into_iter().enumerate();
        items.map(|(index, item)| item_at(index, item)).collect()
    }

    fn to_json(&self) -> Value {
        Value::Array(self.iter().map(T::to_json).collect())
    }

    fn is_kind(value: &Value) -> bool {
        value.is_array()
    }
}

impl<T: Json> Json for BTreeMap<String, T> {
    fn from_json(value: Value) -> Result<Self, Mismatch> {
        let Value::Object(members) = value else {
            return Err(Mismatch::wrong_type());
        };
        let read = |(name, member)| match T::from_json(member) {
            Ok(member) => Ok((name, member)),
            Err(mismatch) => Err(mismatch.at_key(name)),
        };
        members.into_iter().map(read).collect()
    }

    fn to_json(&self) -> Value {
        let members = self
            .iter()
            .map(|(name, member)| (name.clone(), member.to_json()));
        Value::Object(members.collect())
    }

    fn is_kind(value: &Value) -> bool {
        value.is_object()
    }
}

fn item_at<T: Json>(index: usize, item: Value) -> Result<T, Mismatch> {
    T::from_json(item).map_err(|mismatch| mismatch.at_index(index))
}

macro_rules! tuple {
    ($count:literal: $($item:ident $index:tt),+) => {
        impl<$($item: Json),+> Json for ($($item,)+) {
            fn from_json(value: Value) -> Result<Self, Mismatch> {
                let Value::Array(items) = value else {
                    return Err(Mismatch::wrong_type());
                };
                let mut items = <[Value; $count]>::try_from(items)
                    .map_err(|_| Mismatch::wrong_type())?;
                Ok(($(item_at($index, items[$index].take())?,)+))
            }

            fn to_json(&self) -> Value {
                Value::Array(vec![$(self.$index.to_json()),+])
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
