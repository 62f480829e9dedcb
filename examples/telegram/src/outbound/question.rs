//! Questions with options, one button for each.

use contexture::prelude::*;

use super::Content;
use super::buttons::{Button, Keyboard};
use super::outbox::Outbox;
use super::text;
use crate::rich_text::RichText;
use crate::telegram::ChatQuestionOptionsItem;

pub(super) struct Question {
    pub(super) text: String,
    pub(super) options: Vec<ChatQuestionOptionsItem>,
}

impl Content for Question {
    async fn send(self, outbox: &mut Outbox<'_>) -> Result {
        let mut keyboard = Keyboard::default();
        for option in self.options {
            let data = outbox.button_data(&option.value);
            keyboard.add(Button::new(&option.label, &data));
        }
        let text = RichText::from_markdown(&self.text);
        text::send_with_buttons(outbox, text, keyboard).await
    }
}
