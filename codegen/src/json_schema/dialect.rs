//! The drafts that schemas are read by.

/// The keywords that count in a schema, and their meaning, by its draft. Later ones are greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Dialect {
    /// Draft 4, whose `$id` is called `id`.
    Draft4,
    Draft6,
    /// Draft 7, the last one in which the siblings of a `$ref` are ignored.
    Draft7,
    Draft201909,
    /// 2020-12, in which a list of `items` is called `prefixItems`.
    Draft202012,
}

impl Dialect {
    /// The name of the draft.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Draft4 => "4",
            Self::Draft6 => "6",
            Self::Draft7 => "7",
            Self::Draft201909 => "2019-09",
            Self::Draft202012 => "2020-12",
        }
    }
}
