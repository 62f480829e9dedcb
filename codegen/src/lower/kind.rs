//! The kinds of JSON value that schemas let through.

use std::borrow::Cow;

use serde_json::{Map, Value};

/// A kind of JSON value. Integers are a part of the numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

/// The kinds that some schemas let through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Kinds(Vec<Kind>);

impl Kinds {
    pub(super) fn contains(&self, kind: Kind) -> bool {
        self.0.contains(&kind)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether only objects are let through.
    pub(super) fn is_object(&self) -> bool {
        self.0 == [Kind::Object]
    }

    pub(super) fn without_null(&self) -> Vec<Kind> {
        self.0
            .iter()
            .copied()
            .filter(|kind| *kind != Kind::Null)
            .collect()
    }

    /// The kinds that both let through.
    fn and(&self, other: &Self) -> Self {
        let both = |kind: Kind| match kind {
            Kind::Number if other.contains(Kind::Integer) => Some(Kind::Integer),
            Kind::Integer if other.contains(Kind::Number) => Some(Kind::Integer),
            kind => other.contains(kind).then_some(kind),
        };
        self.0.iter().copied().filter_map(both).collect()
    }
}

impl FromIterator<Kind> for Kinds {
    fn from_iter<I: IntoIterator<Item = Kind>>(kinds: I) -> Self {
        let mut distinct = Vec::new();
        for kind in kinds {
            if !distinct.contains(&kind) {
                distinct.push(kind);
            }
        }
        if distinct.contains(&Kind::Number) {
            distinct.retain(|kind| *kind != Kind::Integer);
        }
        Self(distinct)
    }
}

/// The kinds that all schemas let through, or `None` where none of them says.
pub(super) fn kinds_of_all(schemas: &[Cow<'_, Map<String, Value>>]) -> Option<Kinds> {
    schemas
        .iter()
        .filter_map(|schema| kinds_of(schema))
        .reduce(|all, kinds| all.and(&kinds))
}

/// The kinds that a schema lets through by `type`, `enum` or `const`.
fn kinds_of(schema: &Map<String, Value>) -> Option<Kinds> {
    let declared = schema.get("type").map(|declared| match declared {
        Value::Array(names) => names.iter().filter_map(kind_named).collect(),
        name => kind_named(name).into_iter().collect::<Kinds>(),
    });
    let listed = match (schema.get("const"), schema.get("enum")) {
        (Some(value), _) => Some(Kinds::from_iter([kind_of(value)])),
        (None, Some(Value::Array(values))) => Some(values.iter().map(kind_of).collect()),
        _ => None,
    };
    match (declared, listed) {
        (Some(declared), Some(listed)) => Some(declared.and(&listed)),
        (declared, listed) => declared.or(listed),
    }
}

fn kind_named(name: &Value) -> Option<Kind> {
    Some(match name.as_str()? {
        "null" => Kind::Null,
        "boolean" => Kind::Boolean,
        "integer" => Kind::Integer,
        "number" => Kind::Number,
        "string" => Kind::String,
        "array" => Kind::Array,
        "object" => Kind::Object,
        _ => return None,
    })
}

fn kind_of(value: &Value) -> Kind {
    match value {
        Value::Null => Kind::Null,
        Value::Bool(_) => Kind::Boolean,
        Value::Number(number) if number.is_i64() => Kind::Integer,
        Value::Number(_) => Kind::Number,
        Value::String(_) => Kind::String,
        Value::Array(_) => Kind::Array,
        Value::Object(_) => Kind::Object,
    }
}
