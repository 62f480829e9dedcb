//! The kind of a value, in words.

/// The kind of a value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::docs) enum Kind {
    /// Any value.
    #[default]
    Any,
    /// No value is allowed.
    Never,
    /// A type of JSON by its name: `string`.
    Named(&'static str),
    List(Box<Self>),
    /// An object whose names are free.
    Map(Box<Self>),
    /// One of several kinds.
    Union(Vec<Self>),
}

impl Kind {
    /// The type of JSON with a name.
    pub(super) fn named(name: &str) -> Self {
        let names = ["string", "integer", "number", "boolean", "object", "null"];
        let known = names.into_iter().find(|known| *known == name);
        known.map_or(Self::Any, Self::Named)
    }

    /// The type of a value.
    pub(super) fn of(value: &serde_json::Value) -> Self {
        use serde_json::Value;
        Self::Named(match value {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(number) if number.is_f64() => "number",
            Value::Number(_) => "integer",
            Value::String(_) => "string",
            Value::Array(_) => return Self::List(Box::new(Self::Any)),
            Value::Object(_) => "object",
        })
    }

    /// One of some kinds. Equal ones are one.
    pub(super) fn union(kinds: impl IntoIterator<Item = Self>) -> Self {
        let mut distinct: Vec<Self> = Vec::new();
        for kind in kinds {
            let kinds = match kind {
                Self::Union(kinds) => kinds,
                kind => vec![kind],
            };
            for kind in kinds {
                if !distinct.contains(&kind) {
                    distinct.push(kind);
                }
            }
        }
        if distinct.len() > 1 {
            return Self::Union(distinct);
        }
        distinct.pop().unwrap_or_default()
    }

    /// One of it: "list of strings".
    pub(in crate::docs) fn words(&self) -> String {
        match self {
            Self::Any => "any value".to_owned(),
            Self::Never => "no value".to_owned(),
            Self::Named(name) => (*name).to_owned(),
            Self::List(item) if **item == Self::Any => "list".to_owned(),
            Self::List(item) => format!("list of {}", item.plural()),
            Self::Map(value) if **value == Self::Any => "object with any fields".to_owned(),
            Self::Map(value) => format!("map of {}", value.plural()),
            Self::Union(kinds) => joined(kinds, Self::words),
        }
    }

    /// What has one of the forms of a union that its items or values have.
    pub(in crate::docs) const fn each(&self) -> Option<&'static str> {
        match self {
            Self::List(_) => Some("Each item"),
            Self::Map(_) => Some("Each value"),
            _ => None,
        }
    }

    fn plural(&self) -> String {
        match self {
            Self::Any => "any values".to_owned(),
            Self::Never | Self::Named("null") => self.words(),
            Self::Named(name) => format!("{name}s"),
            Self::List(item) if **item == Self::Any => "lists".to_owned(),
            Self::List(item) => format!("lists of {}", item.plural()),
            Self::Map(value) if **value == Self::Any => "objects with any fields".to_owned(),
            Self::Map(value) => format!("maps of {}", value.plural()),
            Self::Union(kinds) => joined(kinds, Self::plural),
        }
    }
}

fn joined(kinds: &[Kind], words: impl Fn(&Kind) -> String) -> String {
    let words: Vec<_> = kinds.iter().map(words).collect();
    match words.as_slice() {
        [all @ .., last] if !all.is_empty() => format!("{} or {last}", all.join(", ")),
        _ => words.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_words() {
        let list = |kind| Kind::List(Box::new(kind));
        let either = Kind::union([Kind::named("string"), Kind::named("null")]);
        let kinds = [
            list(either.clone()),
            Kind::Map(Box::new(list(Kind::named("object")))),
            Kind::union([
                either,
                Kind::named("integer"),
                Kind::named("string"),
                list(Kind::Any),
            ]),
            Kind::union([]),
        ];
        assert_eq!(
            kinds.map(|kind| kind.words()),
            [
                "list of strings or null",
                "map of lists of objects",
                "string, null, integer or list",
                "any value",
            ]
        );
    }
}
