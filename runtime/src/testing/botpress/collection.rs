//! The collections of the API.

/// A collection of entities in the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Collection {
    /// The conversations.
    Conversations,
    /// The events.
    Events,
    /// The files.
    Files,
    /// The messages.
    Messages,
    /// The users.
    Users,
}

impl Collection {
    pub(super) const ALL: [Self; 5] = [
        Self::Conversations,
        Self::Events,
        Self::Files,
        Self::Messages,
        Self::Users,
    ];

    /// Returns the collection with this name in paths.
    pub(super) fn from_path(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|collection| collection.plural() == name)
    }

    /// The name in paths, and the field of list responses.
    pub(super) fn plural(self) -> &'static str {
        match self {
            Self::Conversations => "conversations",
            Self::Events => "events",
            Self::Files => "files",
            Self::Messages => "messages",
            Self::Users => "users",
        }
    }

    /// The field of responses about a single entity.
    pub(super) fn singular(self) -> &'static str {
        self.plural().trim_end_matches('s')
    }
}
