//! Calls, as their handlers take them.

mod action;
mod created;
mod message;
mod raw;
mod unreadable;

pub(super) use self::message::unknown_channel;
pub use self::{
    action::{ActionAnswer, ActionCall, ActionRequest},
    created::{CreatedConversation, CreatedUser},
    message::{ConversationUpdate, MessageCall, MessageRequest, MessageUpdate},
    raw::RawRequest,
    unreadable::UnreadableConfiguration,
};
