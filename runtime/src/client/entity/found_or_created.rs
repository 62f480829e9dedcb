//! Objects that were found by their tags, or created.

use std::ops::Deref;

use super::{Conversation, Message, User};
use crate::client::{ConversationId, MessageId, UserId};

/// An object that the API found by its tags, or created because there was none.
///
/// It dereferences to the object:
///
/// ```
/// # use contexture::{ClientError, Definition, client::Client};
/// # async fn example<D: Definition>(client: Client<D>, by: D::UserTags) -> Result<(), ClientError> {
/// let user = client.users().get_or_create(&by).send().await?;
/// if user.created == Some(true) {
///     println!("{} is new", user.id);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FoundOrCreated<T> {
    /// The object.
    pub value: T,
    /// Whether the API created it. `None` if the response does not say so, as before version 1.86
    /// of the API. If the response to a first attempt was lost, a retry finds what that attempt
    /// created: then this is `Some(false)`.
    pub created: Option<bool>,
}

impl<T> Deref for FoundOrCreated<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> From<&FoundOrCreated<Conversation<T>>> for ConversationId {
    fn from(found: &FoundOrCreated<Conversation<T>>) -> Self {
        found.id.clone()
    }
}

impl<T> From<&FoundOrCreated<Message<T>>> for MessageId {
    fn from(found: &FoundOrCreated<Message<T>>) -> Self {
        found.id.clone()
    }
}

impl<T> From<&FoundOrCreated<User<T>>> for UserId {
    fn from(found: &FoundOrCreated<User<T>>) -> Self {
        found.id.clone()
    }
}
