//! Channels and their message types, as types.

use crate::{Definition, Payload, Tags};

/// A channel of a definition. Generated code declares a marker type for each channel.
pub trait Channel: Send + Sync + 'static {
    /// The definition that declares the channel.
    type Definition: Definition;
    /// The tags of the channel's conversations.
    type ConversationTags: Tags;
    /// The tags of the channel's messages.
    type MessageTags: Tags;

    /// The channel's wire name.
    const NAME: &'static str;
}

/// A message type of the channel `K`. Several channels can share one type.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a message of the channel `{K}`",
    label = "another channel declares it, or none"
)]
pub trait ChannelMessage<K: Channel>: Payload {
    /// The message type's wire name.
    const TYPE: &'static str;
}
