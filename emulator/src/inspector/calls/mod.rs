//! Exchanges: the list, each of them, and replays.

mod edit;
mod exchange;
mod list;
mod name;
mod raw;
mod related;
mod status;

pub(super) use self::edit::{replay, replay_edited, show as edit};
pub(super) use self::exchange::show as exchange;
pub(super) use self::list::{clear, show as list};
pub(super) use self::name::{Name, short_id};
pub(super) use self::raw::{request as raw_request, response as raw_response};
pub(super) use self::status::status;
