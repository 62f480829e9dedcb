//! Channels and the messages that belong to them, as types.

use crate::{Definition, Payload, Tags};

/// A channel of a definition: a marker type that generated code declares.
pub trait Channel: Send + Sync + 'static {
    /// The definition that declares the channel.
    type Definition: Definition;
    /// The tags of the channel's conversations.
    type ConversationTags: Tags;
    /// The tags of the channel's messages.
    type MessageTags: Tags;

    /// The channel's name on the wire.
    const NAME: &'static str;
}

/// A message type of a channel.
pub trait ChannelMessage: Payload {
    /// The channel that declares the message type.
    type Channel: Channel;

    /// The message type's name on the wire.
    const TYPE: &'static str;
}
