//! What each list can be filtered by.

use std::marker::PhantomData;
use std::time::SystemTime;

use super::List;
use crate::client::json_body::{encode_tags, iso_8601};
use crate::client::{
    Conversation, ConversationId, Event, EventName, EventStatus, File, FileId, Message, MessageId,
    User, UserId,
};
use crate::{Channel, Definition, TagMap, Tags};

/// A list that has no filters.
#[derive(Debug)]
pub struct Unfiltered;

/// The filters of users.
#[derive(Debug)]
pub struct OfUsers;

/// The filters of files.
#[derive(Debug)]
pub struct OfFiles;

/// The filters of conversations of the definition `D`.
#[derive(Debug)]
pub struct OfConversations<D>(PhantomData<fn() -> D>);

/// The filters of messages of the definition `D`.
#[derive(Debug)]
pub struct OfMessages<D>(PhantomData<fn() -> D>);

/// The filters of events of the definition `D`.
#[derive(Debug)]
pub struct OfEvents<D>(PhantomData<fn() -> D>);

/// What users and conversations are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortBy {
    /// When they were created.
    CreatedAt,
    /// When they were last changed.
    UpdatedAt,
}

/// What files are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortFilesBy {
    /// The key.
    Key,
    /// The size.
    Size,
    /// When they were created.
    CreatedAt,
    /// When they were last changed.
    UpdatedAt,
    /// How far the upload and the indexing are.
    Status,
}

/// Which comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// The smallest, or the earliest.
    Ascending,
    /// The largest, or the latest.
    Descending,
}

impl SortBy {
    fn as_str(self) -> &'static str {
        match self {
            Self::CreatedAt => "createdAt",
            Self::UpdatedAt => "updatedAt",
        }
    }
}

impl SortFilesBy {
    fn as_str(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::Size => "size",
            Self::CreatedAt => "createdAt",
            Self::UpdatedAt => "updatedAt",
            Self::Status => "status",
        }
    }
}

impl Direction {
    fn as_str(self) -> &'static str {
        match self {
            Self::Ascending => "asc",
            Self::Descending => "desc",
        }
    }
}

impl<T, F> List<T, F> {
    fn filter(mut self, name: &str, value: impl Into<String>) -> Self {
        self.source.query.set(name, value);
        self
    }

    fn with_tags(mut self, tags: &impl Tags) -> Self {
        match encode_tags(tags) {
            Ok(tags) => self.source.query.set_map("tags", &tags),
            Err(error) => self.problem = Some(error),
        }
        self
    }

    fn sorted(self, field: &str, direction: Direction) -> Self {
        self.filter("sortField", field)
            .filter("sortDirection", direction.as_str())
    }

    /// Gives the same list of other types.
    fn retyped<U, G>(self) -> List<U, G> {
        List {
            source: self.source,
            problem: self.problem,
            item: PhantomData,
            filters: PhantomData,
        }
    }
}

impl<T: Tags> List<User<T>, OfUsers> {
    /// Keeps those who have all of these tags.
    pub fn tags(self, tags: &T) -> Self {
        self.with_tags(tags)
    }

    /// Keeps those who take part in a conversation.
    pub fn conversation(self, conversation: impl Into<ConversationId>) -> Self {
        self.filter("conversationId", conversation.into())
    }

    /// Keeps those who were created, or changed, at this time or after it.
    pub fn since(self, field: SortBy, time: SystemTime) -> Self {
        self.filter("afterDate", iso_8601(time))
            .filter("rangeField", field.as_str())
    }

    /// Keeps those who were created, or changed, at this time or before it.
    ///
    /// The field is the same for both ends: the last one that is named counts.
    pub fn until(self, field: SortBy, time: SystemTime) -> Self {
        self.filter("beforeDate", iso_8601(time))
            .filter("rangeField", field.as_str())
    }

    /// Sorts them.
    pub fn sort(self, by: SortBy, direction: Direction) -> Self {
        self.sorted(by.as_str(), direction)
    }
}

impl<D: Definition> List<Conversation<TagMap>, OfConversations<D>> {
    /// Keeps those of a channel, whose tags are read as the channel's.
    pub fn channel<K>(self) -> List<Conversation<K::ConversationTags>, OfConversations<D>>
    where
        K: Channel<Definition = D>,
    {
        self.filter("channel", K::NAME).retyped()
    }
}

impl<T: Tags, D> List<Conversation<T>, OfConversations<D>> {
    /// Keeps those that have all of these tags.
    pub fn tags(self, tags: &T) -> Self {
        self.with_tags(tags)
    }

    /// Keeps those that a user takes part in, beside every other one that is named.
    pub fn participant(mut self, user: impl Into<UserId>) -> Self {
        self.source.query.push("participantIds", user.into());
        self
    }

    /// Keeps those that belong to an integration of this name.
    pub fn integration(self, name: impl Into<String>) -> Self {
        self.filter("integrationName", name)
    }

    /// Keeps those that were created at this time or after it.
    pub fn created_since(self, time: SystemTime) -> Self {
        self.filter("afterDate", iso_8601(time))
    }

    /// Keeps those that were created at this time or before it.
    pub fn created_until(self, time: SystemTime) -> Self {
        self.filter("beforeDate", iso_8601(time))
    }

    /// Sorts them.
    pub fn sort(self, by: SortBy, direction: Direction) -> Self {
        self.sorted(by.as_str(), direction)
    }
}

impl<D: Definition> List<Message<TagMap>, OfMessages<D>> {
    /// Reads the tags as those of a channel. It keeps nothing back:
    /// [`conversation`](List::conversation) does.
    pub fn channel<K>(self) -> List<Message<K::MessageTags>, OfMessages<D>>
    where
        K: Channel<Definition = D>,
    {
        self.retyped()
    }
}

impl<T: Tags, D> List<Message<T>, OfMessages<D>> {
    /// Keeps those that have all of these tags.
    pub fn tags(self, tags: &T) -> Self {
        self.with_tags(tags)
    }

    /// Keeps those of a conversation.
    pub fn conversation(self, conversation: impl Into<ConversationId>) -> Self {
        self.filter("conversationId", conversation.into())
    }

    /// Keeps those that were created at this time or after it.
    pub fn created_since(self, time: SystemTime) -> Self {
        self.filter("afterDate", iso_8601(time))
    }

    /// Keeps those that were created at this time or before it.
    pub fn created_until(self, time: SystemTime) -> Self {
        self.filter("beforeDate", iso_8601(time))
    }
}

impl<D: Definition> List<Event, OfEvents<D>> {
    /// Keeps those of a declared name.
    pub fn named(self, name: EventName<D>) -> Self {
        self.filter("type", name.as_str())
    }

    /// Keeps those of a conversation.
    pub fn conversation(self, conversation: impl Into<ConversationId>) -> Self {
        self.filter("conversationId", conversation.into())
    }

    /// Keeps those of a user.
    pub fn user(self, user: impl Into<UserId>) -> Self {
        self.filter("userId", user.into())
    }

    /// Keeps those of a message.
    pub fn message(self, message: impl Into<MessageId>) -> Self {
        self.filter("messageId", message.into())
    }

    /// Keeps those that the bot has done this with.
    pub fn status(self, status: &EventStatus) -> Self {
        self.filter("status", status.as_str())
    }
}

impl List<File, OfFiles> {
    /// Keeps those that have a tag; named several times with one name, any of the values does.
    pub fn tag(mut self, name: &str, value: impl Into<String>) -> Self {
        self.source.query.push(&format!("tags.{name}"), value);
        self
    }

    /// Keeps a file, beside every other one that is named: 50 at most.
    pub fn id(mut self, id: impl Into<FileId>) -> Self {
        self.source.query.push("ids", id.into());
        self
    }

    /// Keeps those that are indexed, or those that are not.
    pub fn indexed(self, indexed: bool) -> Self {
        self.filter("indexed", indexed.to_string())
    }

    /// Sorts them.
    pub fn sort(self, by: SortFilesBy, direction: Direction) -> Self {
        self.sorted(by.as_str(), direction)
    }
}
