//! Calls, as their handlers take them.

mod action;
mod created;
mod incoming;
mod message;
mod raw;
mod unreadable;

pub use self::{
    action::{ActionAnswer, ActionCall, ActionRequest},
    created::{CreatedConversation, CreatedUser},
    message::{ConversationUpdate, MessageCall, MessageRequest, MessageUpdate},
    raw::RawRequest,
    unreadable::UnreadableConfiguration,
};
pub(super) use self::{incoming::Incoming, message::unknown_channel};
