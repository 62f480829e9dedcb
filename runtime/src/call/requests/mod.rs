//! Calls, as their handlers take them.

mod action;
mod message;
mod raw;
mod unreadable;

pub(super) use self::message::unknown_channel;
pub use self::{
    action::{ActionAnswer, ActionCall, ActionRequest},
    message::{ConversationUpdate, MessageCall, MessageRequest, MessageUpdate},
    raw::RawRequest,
    unreadable::UnreadableConfiguration,
};
