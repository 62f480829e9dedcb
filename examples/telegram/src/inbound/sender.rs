//! The sender of a message.

use super::update::{Chat, Message, User};

/// The sender of a message: a person or a chat.
#[derive(Clone, Debug)]
pub(super) struct Sender {
    pub(super) id: i64,
    pub(super) name: Option<String>,
    pub(super) username: Option<String>,
    /// Another bot. Its messages are ignored.
    pub(super) is_bot: bool,
}

impl Sender {
    /// The sender of a message. `None` if Telegram does not name one.
    pub(super) fn of(message: &Message) -> Option<Self> {
        // If a person writes for a chat, Telegram sends a placeholder as the person.
        let chat = message.sender_chat.as_ref().map(Self::from);
        chat.or_else(|| message.from.as_ref().map(Self::from))
    }
}

impl From<&User> for Sender {
    fn from(user: &User) -> Self {
        let last_name = user.last_name.as_deref().unwrap_or_default();
        let name = format!("{} {last_name}", user.first_name).trim().to_owned();
        Self {
            id: user.id,
            name: Some(name).filter(|name| !name.is_empty()),
            username: user.username.clone(),
            is_bot: user.is_bot,
        }
    }
}

impl From<&Chat> for Sender {
    fn from(chat: &Chat) -> Self {
        Self {
            id: chat.id,
            name: chat.title.clone(),
            username: None,
            is_bot: false,
        }
    }
}
