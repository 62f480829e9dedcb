//! The platform, with integrations that are served in this process.

mod bench;
mod calls;
#[path = "../../../tests/parity/it/cases.rs"]
mod cases;
mod connects;
mod control;
mod lifecycle;
mod links;
mod messages;
mod outcomes;
mod parity;
mod passed;
mod recorded;
mod replays;
#[path = "../../../tests/parity/it/requests.rs"]
mod requests;
mod scripted;
mod signing;
mod webhooks;
mod wizard;
