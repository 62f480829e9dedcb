//! Incoming messages: message, conversation and user in one request.

use std::fmt;
use std::marker::PhantomData;

use serde_json::{Map, Value};

use super::api::ApiClient;
use super::api_request::ApiRequest;
use super::creation::Creation;
use super::entity::{Conversation, Message, User};
use super::id::{ConversationId, UserId};
use super::json_body::JsonBody;
use crate::ClientError;
use crate::{Channel, ChannelMessage, Definition, Tags, Violations};

type UserTags<K> = <<K as Channel>::Definition as Definition>::UserTags;

/// A builder for an incoming message with its conversation and its user. Both are created if they
/// do not exist. One request replaces three.
///
/// ```
/// # use contexture::{Channel, ChannelMessage, ClientError, Definition, client::Client};
/// # async fn example<K: Channel, M: ChannelMessage<K>>(
/// #     client: Client<K::Definition>,
/// #     conversation_tags: K::ConversationTags,
/// #     user_tags: <K::Definition as Definition>::UserTags,
/// #     message_tags: K::MessageTags,
/// #     payload: M,
/// # ) -> Result<(), ClientError> {
/// let incoming = client
///     .incoming::<K>(&conversation_tags, &user_tags)
///     .user_name("Ada")
///     .message(&payload, &message_tags)
///     .send()
///     .await?;
/// println!("{} in {}", incoming.user.id, incoming.conversation.id);
/// # Ok(())
/// # }
/// ```
#[must_use = "the request is sent only when `send` is called"]
pub struct IncomingMessage<K: Channel> {
    api: ApiClient,
    conversation: Source<ConversationId>,
    user: Source<UserId>,
    user_name: Option<String>,
    picture_url: Option<String>,
    user_attributes: Map<String, Value>,
    user_properties: Map<String, Value>,
    message: Option<NewMessage>,
    message_tags: K::MessageTags,
    synthetic: bool,
    channel: PhantomData<fn() -> K>,
}

/// The result of an [`IncomingMessage`].
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Incoming<K: Channel> {
    /// The conversation, found or created.
    pub conversation: Conversation<K::ConversationTags>,
    /// The user, found or created.
    pub user: User<UserTags<K>>,
    /// The message, if one was given.
    pub message: Option<Message<K::MessageTags>>,
}

/// How a conversation or a user is found.
#[derive(Debug)]
enum Source<Id> {
    Id(Id),
    Tags(Creation),
}

struct NewMessage {
    message_type: &'static str,
    payload: Result<Value, Violations>,
    tags: Creation,
}

impl<K: Channel> IncomingMessage<K> {
    pub(super) fn new(
        api: ApiClient,
        conversation: &K::ConversationTags,
        user: &UserTags<K>,
    ) -> Self {
        Self {
            api,
            conversation: Source::Tags(Creation::unless_found(conversation)),
            user: Source::Tags(Creation::unless_found(user)),
            user_name: None,
            picture_url: None,
            user_attributes: Map::new(),
            user_properties: Map::new(),
            message: None,
            message_tags: K::MessageTags::default(),
            synthetic: false,
            channel: PhantomData,
        }
    }

    /// Adds tags for a new conversation. They are not used to find an existing one.
    pub fn conversation_tags(mut self, tags: &K::ConversationTags) -> Self {
        self.conversation.store(tags);
        self
    }

    /// Adds tags for a new user. They are not used to find an existing one.
    pub fn user_tags(mut self, tags: &UserTags<K>) -> Self {
        self.user.store(tags);
        self
    }

    /// Sets the name of a new user.
    pub fn user_name(mut self, name: impl Into<String>) -> Self {
        self.user_name = Some(name.into());
        self
    }

    /// Sets the picture URL of a new user.
    pub fn user_picture_url(mut self, picture_url: impl Into<String>) -> Self {
        self.picture_url = Some(picture_url.into());
        self
    }

    /// Sets a property of a new user. Properties are not declared in the definition.
    pub fn user_property(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.user_properties
            .insert(name.into(), value.into().into());
        self
    }

    /// Sets an attribute of a new user. Botpress recommends properties instead.
    pub fn user_attribute(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.user_attributes
            .insert(name.into(), value.into().into());
        self
    }

    /// Uses the conversation with this id instead of finding one by tags.
    pub fn in_conversation(mut self, conversation: impl Into<ConversationId>) -> Self {
        self.conversation = Source::Id(conversation.into());
        self
    }

    /// Uses the user with this id instead of finding one by tags.
    pub fn from_user(mut self, user: impl Into<UserId>) -> Self {
        self.user = Source::Id(user.into());
        self
    }

    /// Sets the message. It is created unless one with all of these tags exists. Without a message,
    /// only the conversation and the user are found or created.
    pub fn message<M>(mut self, payload: &M, by: &K::MessageTags) -> Self
    where
        M: ChannelMessage<K>,
    {
        self.message = Some(NewMessage {
            message_type: M::TYPE,
            payload: payload.to_value(),
            tags: Creation::unless_found(by),
        });
        self
    }

    /// Sets tags for a new message. They are not used to find an existing one.
    pub fn message_tags(mut self, tags: K::MessageTags) -> Self {
        self.message_tags = tags;
        self
    }

    /// Marks the message as synthetic: it was not written by a person.
    pub fn synthetic(mut self) -> Self {
        self.synthetic = true;
        self
    }

    /// Finds or creates the conversation, the user and the message.
    ///
    /// # Errors
    ///
    /// Returns [`ClientError::Invalid`] if the payload does not fit its schema,
    /// [`ClientError::Request`] if no tag is set for the lookup of the conversation or the user,
    /// and any other [`ClientError`] if the request fails.
    pub async fn send(self) -> Result<Incoming<K>, ClientError> {
        let channel = JsonBody::default().with("channel", K::NAME);
        let profile = JsonBody::default()
            .with_some("name", self.user_name)
            .with_some("pictureUrl", self.picture_url)
            .with_map("properties", self.user_properties)
            .with_map("attributes", self.user_attributes);
        let user = self.user.write("user", profile)?;
        let conversation = self.conversation.write("conversation", channel)?;
        let mut body = user.and(conversation);
        // Without a tag for the lookup, a retry could create the message twice.
        let mut repeatable = true;
        if let Some(mut message) = self.message {
            message.tags.store(&self.message_tags);
            let (tags, by) = message.tags.parts()?;
            let by = by.unwrap_or_default();
            repeatable = !by.is_empty();
            let message = JsonBody::default()
                .with("payload", message.payload?)
                .with("type", message.message_type)
                .with("tags", tags)
                .with_some("origin", self.synthetic.then_some("synthetic"))
                .with("discriminateByTags", by);
            body = body.with("message", message);
        }
        let path = ["v1", "chat", "initialize-incoming-message"];
        let call = ApiRequest::post(path).body(body).repeatable(repeatable);
        let mut answer = self.api.send(call).await?;
        Ok(Incoming {
            conversation: answer.part("conversation")?,
            user: answer.part("user")?,
            message: answer.part("message")?,
        })
    }
}

impl<Id: Into<Value>> Source<Id> {
    fn store(&mut self, tags: &impl Tags) {
        if let Self::Tags(creation) = self {
            creation.store(tags);
        }
    }

    /// Writes the id, or the tags for the lookup and the given fields for a new object.
    fn write(self, what: &str, fields: JsonBody) -> Result<JsonBody, ClientError> {
        let creation = match self {
            Self::Id(id) => return Ok(JsonBody::default().with(&format!("{what}Id"), id)),
            Self::Tags(creation) => creation,
        };
        let (tags, by) = creation.parts()?;
        let by = by.unwrap_or_default();
        if by.is_empty() {
            let problem = format!("at least one tag must be set for the lookup of the {what}");
            return Err(ClientError::Request(problem));
        }
        let found = fields.with("tags", tags).with("discriminateByTags", by);
        Ok(JsonBody::default().with(what, found))
    }
}

/// Leaves out the payload: it may contain secrets, which are not redacted in the request.
impl<K: Channel> fmt::Debug for IncomingMessage<K> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("IncomingMessage")
            .field("channel", &K::NAME)
            .finish_non_exhaustive()
    }
}
