//! The operations of the API, a file for each resource.

mod actions;
mod analytics;
mod bodies;
mod configuration;
mod conversations;
mod events;
mod files;
mod import;
mod incoming;
mod messages;
mod participants;
mod refused;
mod schedule;
mod states;
mod users;

pub use self::configuration::Configuration;
pub(super) use self::configuration::{configuration_of, set_identifier};
pub(super) use self::events::send_due as send_due_events;
pub(super) use self::files::{answer_content, answer_upload, is_content};
pub(super) use self::messages::send_due as send_due_messages;
pub(super) use self::schedule::is_something_due;
pub(super) use self::states::all as all_states;
pub(super) use self::users::ensure_bot_user;
use super::call::Operation;

/// The operations of all resources.
pub(super) fn operations() -> impl Iterator<Item = &'static Operation> {
    let resources = [
        actions::OPERATIONS,
        analytics::OPERATIONS,
        configuration::OPERATIONS,
        conversations::OPERATIONS,
        events::OPERATIONS,
        import::OPERATIONS,
        incoming::OPERATIONS,
        messages::OPERATIONS,
        participants::OPERATIONS,
        refused::OPERATIONS,
        states::OPERATIONS,
        users::OPERATIONS,
    ];
    resources.into_iter().flatten().chain(files::operations())
}
