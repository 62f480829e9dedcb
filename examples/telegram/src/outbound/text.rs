//! Texts.

use contexture::prelude::*;
use serde_json::json;

use super::Content;
use super::buttons::Keyboard;
use super::outbox::{Outbox, Part};
use crate::rich_text::RichText;

/// The maximum length of a text, in UTF-16 units.
const LONGEST_TEXT: usize = 4096;

/// A text in Markdown, which may need several parts.
pub(super) struct Markdown(pub(super) String);

impl Content for Markdown {
    async fn send(self, outbox: &mut Outbox<'_>) -> Result {
        send_rich(outbox, RichText::from_markdown(&self.0), Part::default()).await
    }
}

/// Sends a text in as many parts as it needs. The last part has these parameters, such as buttons.
pub(super) async fn send_rich(outbox: &mut Outbox<'_>, text: RichText, last: Part) -> Result {
    let mut parts = text.split(LONGEST_TEXT).into_iter().peekable();
    while let Some(RichText { text, entities }) = parts.next() {
        let is_last = parts.peek().is_none();
        let part = if is_last {
            last.clone()
        } else {
            Part::default()
        };
        let part = part.with("text", text).with("entities", json!(entities));
        outbox.send("sendMessage", part).await?;
    }
    Ok(())
}

/// Sends a text with buttons below its end.
pub(super) async fn send_with_buttons(
    outbox: &mut Outbox<'_>,
    text: RichText,
    keyboard: Keyboard,
) -> Result {
    let (first, more) = keyboard.into_parts();
    send_rich(outbox, text, first).await?;
    send_more_buttons(outbox, more).await
}

/// Sends the buttons that do not fit the previous message.
pub(super) async fn send_more_buttons(outbox: &mut Outbox<'_>, more: Vec<Part>) -> Result {
    for buttons in more {
        send_rich(outbox, RichText::plain("⋯"), buttons).await?;
    }
    Ok(())
}
