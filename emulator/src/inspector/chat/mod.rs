//! Conversations with the integration: what the bot sends, and what users send.

mod composer;
mod conversation;
mod deliveries;
mod list;
mod message;
mod new;
mod payload;
mod samples;
mod send;
mod user;

pub(super) use self::conversation::show;
pub(super) use self::list::show as list;
pub(super) use self::new::create;
pub(super) use self::send::send;
