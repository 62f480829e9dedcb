//! The filters of each list.

use std::marker::PhantomData;
use std::time::SystemTime;

use super::unread::List;
use crate::client::json_body::{encode_tags, iso_8601};
use crate::client::{
    Conversation, ConversationId, Event, EventName, EventStatus, File, FileId, Message, MessageId,
    User, UserId,
};
use crate::{Channel, Definition, TagMap, Tags};

/// Marker type of a list without filters.
#[derive(Debug)]
pub struct Unfiltered;

/// Marker type of the filters for users.
#[derive(Debug)]
pub struct OfUsers;

/// Marker type of the filters for files.
#[derive(Debug)]
pub struct OfFiles;

/// Marker type of the filters for conversations of the definition `D`.
#[derive(Debug)]
pub struct OfConversations<D>(PhantomData<fn() -> D>);

/// Marker type of the filters for messages of the definition `D`.
#[derive(Debug)]
pub struct OfMessages<D>(PhantomData<fn() -> D>);

/// Marker type of the filters for events of the definition `D`.
#[derive(Debug)]
pub struct OfEvents<D>(PhantomData<fn() -> D>);

/// The sort field of users and conversations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SortBy {
    /// The time of creation.
    CreatedAt,
    /// The time of the last change.
    UpdatedAt,
}

/// The sort field of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SortFilesBy {
    /// The key.
    Key,
    /// The size.
    Size,
    /// The time of creation.
    CreatedAt,
    /// The time of the last change.
    UpdatedAt,
    /// The status of the upload and the indexing.
    Status,
}

/// The sort order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// The smallest or earliest first.
    Ascending,
    /// The largest or latest first.
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

    /// Changes the type parameters of the list.
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
    /// Filters by tags: only users with all of these tags.
    pub fn tags(self, tags: &T) -> Self {
        self.with_tags(tags)
    }

    /// Filters by conversation: only participants of this conversation.
    pub fn conversation(self, conversation: impl Into<ConversationId>) -> Self {
        self.filter("conversationId", conversation.into())
    }

    /// Filters by time: only users whose `field` is at or after `time`.
    pub fn since(self, field: SortBy, time: SystemTime) -> Self {
        self.filter("afterDate", iso_8601(time))
            .filter("rangeField", field.as_str())
    }

    /// Filters by time: only users whose `field` is at or before `time`.
    ///
    /// [`since`](Self::since) and `until` use the same field: the last one that is set.
    pub fn until(self, field: SortBy, time: SystemTime) -> Self {
        self.filter("beforeDate", iso_8601(time))
            .filter("rangeField", field.as_str())
    }

    /// Sets the sort field and the sort order.
    pub fn sort(self, by: SortBy, direction: Direction) -> Self {
        self.sorted(by.as_str(), direction)
    }
}

impl<D: Definition> List<Conversation<TagMap>, OfConversations<D>> {
    /// Filters by channel. The tags are deserialized as those of the channel.
    pub fn channel<K>(self) -> List<Conversation<K::ConversationTags>, OfConversations<D>>
    where
        K: Channel<Definition = D>,
    {
        self.filter("channel", K::NAME).retyped()
    }
}

impl<T: Tags, D> List<Conversation<T>, OfConversations<D>> {
    /// Filters by tags: only conversations with all of these tags.
    pub fn tags(self, tags: &T) -> Self {
        self.with_tags(tags)
    }

    /// Filters by participant. Further calls add further participants.
    pub fn participant(mut self, user: impl Into<UserId>) -> Self {
        self.source.query.push("participantIds", user.into());
        self
    }

    /// Filters by the name of the integration that the conversation belongs to.
    pub fn integration(self, name: impl Into<String>) -> Self {
        self.filter("integrationName", name)
    }

    /// Filters by time: only conversations that were created at or after `time`.
    pub fn created_since(self, time: SystemTime) -> Self {
        self.filter("afterDate", iso_8601(time))
    }

    /// Filters by time: only conversations that were created at or before `time`.
    pub fn created_until(self, time: SystemTime) -> Self {
        self.filter("beforeDate", iso_8601(time))
    }

    /// Sets the sort field and the sort order.
    pub fn sort(self, by: SortBy, direction: Direction) -> Self {
        self.sorted(by.as_str(), direction)
    }
}

impl<D: Definition> List<Message<TagMap>, OfMessages<D>> {
    /// Deserializes the tags as those of a channel. This is not a filter;
    /// [`conversation`](List::conversation) is one.
    pub fn channel<K>(self) -> List<Message<K::MessageTags>, OfMessages<D>>
    where
        K: Channel<Definition = D>,
    {
        self.retyped()
    }
}

impl<T: Tags, D> List<Message<T>, OfMessages<D>> {
    /// Filters by tags: only messages with all of these tags.
    pub fn tags(self, tags: &T) -> Self {
        self.with_tags(tags)
    }

    /// Filters by conversation.
    pub fn conversation(self, conversation: impl Into<ConversationId>) -> Self {
        self.filter("conversationId", conversation.into())
    }

    /// Filters by time: only messages that were created at or after `time`.
    pub fn created_since(self, time: SystemTime) -> Self {
        self.filter("afterDate", iso_8601(time))
    }

    /// Filters by time: only messages that were created at or before `time`.
    pub fn created_until(self, time: SystemTime) -> Self {
        self.filter("beforeDate", iso_8601(time))
    }
}

impl<D: Definition> List<Event, OfEvents<D>> {
    /// Filters by the name of a declared event.
    pub fn named(self, name: EventName<D>) -> Self {
        self.filter("type", name.as_str())
    }

    /// Filters by conversation.
    pub fn conversation(self, conversation: impl Into<ConversationId>) -> Self {
        self.filter("conversationId", conversation.into())
    }

    /// Filters by user.
    pub fn user(self, user: impl Into<UserId>) -> Self {
        self.filter("userId", user.into())
    }

    /// Filters by message.
    pub fn message(self, message: impl Into<MessageId>) -> Self {
        self.filter("messageId", message.into())
    }

    /// Filters by status.
    pub fn status(self, status: &EventStatus) -> Self {
        self.filter("status", status.as_str())
    }
}

impl List<File, OfFiles> {
    /// Filters by a tag. With several calls for the same name, any of the values matches.
    pub fn tag(mut self, name: &str, value: impl Into<String>) -> Self {
        self.source.query.push(&format!("tags.{name}"), value);
        self
    }

    /// Filters by id. Further calls add further ids; at most 50 are allowed.
    pub fn id(mut self, id: impl Into<FileId>) -> Self {
        self.source.query.push("ids", id.into());
        self
    }

    /// Filters by whether the file is indexed.
    pub fn indexed(self, indexed: bool) -> Self {
        self.filter("indexed", indexed.to_string())
    }

    /// Sets the sort field and the sort order.
    pub fn sort(self, by: SortFilesBy, direction: Direction) -> Self {
        self.sorted(by.as_str(), direction)
    }
}
