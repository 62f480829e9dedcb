//! Three channels with the same messages: each message has one handler.
//!
//! `cargo run -p rooms` serves it on 127.0.0.1:8072.

contexture::include_definition!("rooms");

#[cfg(test)]
mod tests;

use std::sync::atomic::{AtomicU64, Ordering};

use contexture::prelude::*;
use rooms::channels::{
    self, DirectMessageTags, ImageMessage, RoomMessageTags, SharedCall, TextMessage,
    ThreadMessageTags,
};
use rooms::{Level, Notice};

/// The handlers.
#[derive(Default)]
struct Rooms {
    /// How many messages were sent, since the chat does not exist.
    sent: AtomicU64,
}

impl rooms::Integration for Rooms {}

impl channels::SharedMessage<TextMessage> for Rooms {
    async fn send(&self, call: SharedCall<'_>, payload: TextMessage) -> Result<()> {
        self.deliver(call, &payload.text).await
    }
}

impl channels::SharedMessage<ImageMessage> for Rooms {
    async fn send(&self, call: SharedCall<'_>, payload: ImageMessage) -> Result<()> {
        self.deliver(call, &payload.image_url).await
    }
}

impl channels::SharedMessage<Notice> for Rooms {
    async fn send(&self, call: SharedCall<'_>, payload: Notice) -> Result<()> {
        let line = match payload.level {
            Level::Info => payload.text,
            Level::Warning => format!("Attention: {}", payload.text),
        };
        self.deliver(call, &line).await
    }
}

impl Rooms {
    /// Delivers a line, and tells Botpress the identifier that the chat gave to the message.
    async fn deliver(&self, call: SharedCall<'_>, line: &str) -> Result<()> {
        let address = address(&call).explain("The conversation has no tags of the chat")?;
        let logger = call.ctx().logger().for_bot();
        logger.info(format_args!("{address}: {line}"));
        let id = Some(self.sent.fetch_add(1, Ordering::Relaxed).to_string());
        match call {
            SharedCall::Direct(call) => drop(call.ack(&DirectMessageTags { id }).await?),
            SharedCall::Room(call) => drop(call.ack(&RoomMessageTags { id }).await?),
            SharedCall::Thread(call) => drop(call.ack(&ThreadMessageTags { id }).await?),
        }
        Ok(())
    }
}

/// Where the chat shows a message. A fourth channel does not compile until it has an address.
fn address(call: &SharedCall<'_>) -> Option<String> {
    match call {
        SharedCall::Direct(call) => Some(format!("@{}", call.conversation.tags.user_id.as_ref()?)),
        SharedCall::Room(call) => Some(format!("#{}", call.conversation.tags.room_id.as_ref()?)),
        SharedCall::Thread(call) => {
            let tags = &call.conversation.tags;
            let (room, message) = (tags.room_id.as_ref()?, tags.message_id.as_ref()?);
            Some(format!("#{room}/{message}"))
        }
    }
}

fn main() -> Result {
    contexture::run(rooms::service(Rooms::default()))
}
