//! Cards: a title, an optional image, and buttons.

use contexture::prelude::*;

use super::Content;
use super::buttons::{Button, Keyboard};
use super::media::Media;
use super::outbox::Outbox;
use super::text;
use crate::rich_text::RichText;
use crate::telegram::channels::ChannelCardMessage;
use crate::telegram::{ChatCard, ChatCardActionsItem, ChatCardActionsItemAction as ActionKind};

pub(super) struct Card {
    title: String,
    subtitle: Option<String>,
    image_url: Option<String>,
    actions: Vec<ChatCardActionsItem>,
}

impl From<ChannelCardMessage> for Card {
    fn from(card: ChannelCardMessage) -> Self {
        Self {
            title: card.title,
            subtitle: card.subtitle,
            image_url: card.image_url,
            actions: card.actions,
        }
    }
}

impl From<ChatCard> for Card {
    fn from(card: ChatCard) -> Self {
        Self {
            title: card.title,
            subtitle: card.subtitle,
            image_url: card.image_url,
            actions: card.actions,
        }
    }
}

impl Content for Card {
    async fn send(self, outbox: &mut Outbox<'_>) -> Result {
        let mut keyboard = Keyboard::default();
        for action in self.actions {
            // Every action has an index among the buttons, which identifies it later.
            let data = outbox.button_data(&action.value);
            keyboard.add(match action.action {
                ActionKind::Url => Button::link(&action.label, &action.value),
                ActionKind::Postback | ActionKind::Say => Button::new(&action.label, &data),
            });
        }
        let Some(url) = self.image_url else {
            let subtitle = self.subtitle.map(|text| RichText::from_markdown(&text));
            let lines = [RichText::bold(self.title)].into_iter().chain(subtitle);
            return text::send_with_buttons(outbox, RichText::lines(lines), keyboard).await;
        };
        let (first, more) = keyboard.into_parts();
        let image = Media::image(url, Some(self.title), self.subtitle);
        image.send_with(outbox, first).await?;
        text::send_more_buttons(outbox, more).await
    }
}
