//! A message that came in: its conversation, its user and itself, in one request.

use std::fmt;
use std::marker::PhantomData;

use serde_json::Value;

use super::api::ApiClient;
use super::api_request::ApiRequest;
use super::creation::Creation;
use super::entity::{Conversation, Message, User};
use super::id::{ConversationId, UserId};
use super::json_body::JsonBody;
use crate::ClientError;
use crate::{Channel, ChannelMessage, Definition, Tags, Violations};

type UserTags<K> = <<K as Channel>::Definition as Definition>::UserTags;

/// A message that comes in from outside, with the conversation and the user that it belongs to, which
/// are created when they are not there yet. One request does what takes three otherwise.
///
/// ```
/// # use contexture::{Channel, ChannelMessage, ClientError, Definition, client::Client};
/// # async fn example<K: Channel, M: ChannelMessage<Channel = K>>(
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
#[must_use = "a message comes in by `send`"]
pub struct IncomingMessage<K: Channel> {
    api: ApiClient,
    conversation: Source<ConversationId>,
    user: Source<UserId>,
    user_name: Option<String>,
    picture_url: Option<String>,
    message: Option<NewMessage>,
    message_tags: K::MessageTags,
    synthetic: bool,
    channel: PhantomData<fn() -> K>,
}

/// What came of an [`IncomingMessage`].
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Incoming<K: Channel> {
    /// The conversation, found or created.
    pub conversation: Conversation<K::ConversationTags>,
    /// The user, found or created.
    pub user: User<UserTags<K>>,
    /// The message, when there was one.
    pub message: Option<Message<K::MessageTags>>,
}

/// What something is found by.
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
            message: None,
            message_tags: K::MessageTags::default(),
            synthetic: false,
            channel: PhantomData,
        }
    }

    /// Adds tags that the conversation is created with, and that none is looked for by.
    pub fn conversation_tags(mut self, tags: &K::ConversationTags) -> Self {
        self.conversation.store(tags);
        self
    }

    /// Adds tags that the user is created with, and that nobody is looked for by.
    pub fn user_tags(mut self, tags: &UserTags<K>) -> Self {
        self.user.store(tags);
        self
    }

    /// Sets the name that the user is created with.
    pub fn user_name(mut self, name: impl Into<String>) -> Self {
        self.user_name = Some(name.into());
        self
    }

    /// Sets the address of the picture that the user is created with.
    pub fn user_picture_url(mut self, picture_url: impl Into<String>) -> Self {
        self.picture_url = Some(picture_url.into());
        self
    }

    /// Takes a conversation that is known, instead of looking for one by its tags.
    pub fn in_conversation(mut self, conversation: impl Into<ConversationId>) -> Self {
        self.conversation = Source::Id(conversation.into());
        self
    }

    /// Takes a user who is known, instead of looking for one by their tags.
    pub fn from_user(mut self, user: impl Into<UserId>) -> Self {
        self.user = Source::Id(user.into());
        self
    }

    /// Sets the message, which is created unless there is one that has all of these tags. Without a
    /// message, the conversation and the user alone are found or created.
    pub fn message<M>(mut self, payload: &M, by: &K::MessageTags) -> Self
    where
        M: ChannelMessage<Channel = K>,
    {
        self.message = Some(NewMessage {
            message_type: M::TYPE,
            payload: payload.to_value(),
            tags: Creation::unless_found(by),
        });
        self
    }

    /// Sets tags that the message is created with, and that none is looked for by.
    pub fn message_tags(mut self, tags: K::MessageTags) -> Self {
        self.message_tags = tags;
        self
    }

    /// Says that no person wrote the message.
    pub fn synthetic(mut self) -> Self {
        self.synthetic = true;
        self
    }

    /// Finds or creates all that was given.
    ///
    /// # Errors
    ///
    /// [`ClientError::Invalid`] when the payload does not fit its schema, [`ClientError::Request`] when
    /// the conversation or the user cannot be found, since no tag is set; otherwise as any request to
    /// the API.
    pub async fn send(self) -> Result<Incoming<K>, ClientError> {
        let channel = JsonBody::default().with("channel", K::NAME);
        let profile = JsonBody::default()
            .with_some("name", self.user_name)
            .with_some("pictureUrl", self.picture_url);
        let user = self.user.write("user", profile)?;
        let conversation = self.conversation.write("conversation", channel)?;
        let mut body = user.and(conversation);
        // A message that nothing is found by would be there twice.
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

    /// Writes the field that says what is found, or created with these fields beside its tags.
    fn write(self, what: &str, fields: JsonBody) -> Result<JsonBody, ClientError> {
        let creation = match self {
            Self::Id(id) => return Ok(JsonBody::default().with(&format!("{what}Id"), id)),
            Self::Tags(creation) => creation,
        };
        let (tags, by) = creation.parts()?;
        let by = by.unwrap_or_default();
        if by.is_empty() {
            let problem = format!("no {what} is found without a tag: set one to look for");
            return Err(ClientError::Request(problem));
        }
        let found = fields.with("tags", tags).with("discriminateByTags", by);
        Ok(JsonBody::default().with(what, found))
    }
}

/// The payload may hold secrets, which are plain in what is about to be sent.
impl<K: Channel> fmt::Debug for IncomingMessage<K> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("IncomingMessage")
            .field("channel", &K::NAME)
            .finish_non_exhaustive()
    }
}
