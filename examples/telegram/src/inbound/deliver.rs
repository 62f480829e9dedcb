//! The delivery of messages to Botpress.

use contexture::ChannelMessage;
use contexture::prelude::*;

use super::content::{Content, FileKind, Named};
use super::file;
use super::sender::Sender;
use super::update::Chat;
use crate::telegram::channels::{
    ChannelAudioMessage, ChannelChannel, ChannelConversationTags, ChannelFileMessage,
    ChannelImageMessage, ChannelLocationMessage, ChannelMessageTags, ChannelTextMessage,
    ChannelVideoMessage,
};
use crate::telegram::{Context, UserTags};
use crate::telegram_api::Bot;

/// The maximum length of a text in the channel.
const LONGEST_TEXT: usize = 4096;

/// A received message.
pub(super) struct Incoming<'a> {
    pub(super) ctx: &'a Context,
    pub(super) chat: &'a Chat,
    pub(super) sender: &'a Sender,
    /// Its identifier, unique within its chat.
    pub(super) id: String,
}

impl Incoming<'_> {
    /// Delivers the content of a message. Uploads a file first.
    pub(super) async fn deliver_content(&self, bot: &Bot, content: Content) -> Result {
        let (kind, info, words) = match content {
            Content::Text(text) => return self.deliver_text(text).await,
            Content::Location(place, named) => {
                let mut payload = ChannelLocationMessage::new(place.latitude, place.longitude);
                if let Some(Named { title, address }) = named {
                    payload.title = Some(title);
                    payload.address = Some(address);
                }
                return self.deliver(&payload).await;
            }
            Content::File(kind, info, words) => (kind, info, words),
        };
        let Some(url) = file::bring(self.ctx, bot, kind, &info).await? else {
            let logger = self.ctx.logger().for_bot();
            logger.warn("a file is too large for bots, and is missing from a message");
            return match words.caption.or(words.title) {
                Some(words) => self.deliver_text(words).await,
                None => Ok(()),
            };
        };
        let given = |text: Option<String>| text.filter(|text| !text.is_empty());
        let (title, caption) = (given(words.title), given(words.caption));
        match kind {
            FileKind::Image => {
                let mut payload = ChannelImageMessage::new(url);
                (payload.title, payload.caption) = (title, caption);
                self.deliver(&payload).await
            }
            FileKind::Audio => {
                let mut payload = ChannelAudioMessage::new(url);
                (payload.title, payload.caption) = (title, caption);
                self.deliver(&payload).await
            }
            // These have a title only, and the caption is more useful than the name of the file.
            FileKind::Video => {
                let mut payload = ChannelVideoMessage::new(url);
                payload.title = caption.or(title);
                self.deliver(&payload).await
            }
            FileKind::File => {
                let mut payload = ChannelFileMessage::new(url);
                payload.title = caption.or(title);
                self.deliver(&payload).await
            }
        }
    }

    /// Delivers a text. Cuts the value of a button if it is too long.
    pub(super) async fn deliver_text(&self, mut text: String) -> Result {
        if let Some((end, _)) = text.char_indices().nth(LONGEST_TEXT) {
            text.truncate(end);
        }
        self.deliver(&ChannelTextMessage::new(text)).await
    }

    /// Delivers a message once.
    async fn deliver<M>(&self, payload: &M) -> Result
    where
        M: ChannelMessage<ChannelChannel>,
    {
        let chat_id = self.chat.id.to_string();
        let conversation = ChannelConversationTags::default().with_id(chat_id.clone());
        let mut details = ChannelConversationTags::default()
            .with_chat_id(chat_id.clone())
            .with_from_user_id(self.sender.id.to_string());
        details.from_user_username.clone_from(&self.sender.username);
        details.from_user_name.clone_from(&self.sender.name);
        let user = UserTags::default().with_id(self.sender.id.to_string());
        let message = ChannelMessageTags::default()
            .with_id(self.id.clone())
            .with_chat_id(chat_id);
        let client = self.ctx.client();
        let mut incoming = client
            .incoming::<ChannelChannel>(&conversation, &user)
            .conversation_tags(&details)
            .message(payload, &message);
        if let Some(name) = &self.sender.name {
            incoming = incoming.user_name(name);
        }
        let delivered = incoming.send().await?;
        let logger = self.ctx.logger().for_bot();
        let logger = logger.with_conversation(delivered.conversation.id);
        logger.debug(format_args!("{} from user {}", M::TYPE, self.sender.id));
        Ok(())
    }
}
