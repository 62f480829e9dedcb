//! What parts of pages show, and so what a change is about.

/// What a part of a page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Topic {
    /// The record of exchanges.
    Calls,
    /// The data of the API.
    Data,
    /// The instances, their status and their configuration.
    Instances,
    /// The lines that the program logs.
    Lines,
    /// The state of the program.
    Program,
}

impl Topic {
    pub(super) const ALL: [Self; 5] = [
        Self::Calls,
        Self::Data,
        Self::Instances,
        Self::Lines,
        Self::Program,
    ];

    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Calls => "calls",
            Self::Data => "data",
            Self::Instances => "instances",
            Self::Lines => "lines",
            Self::Program => "program",
        }
    }
}
