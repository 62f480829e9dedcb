//! The platform, with integrations that are served in this process.

mod bench;
mod calls;
mod lifecycle;
mod links;
mod messages;
mod outcomes;
mod recorded;
mod replays;
mod scripted;
mod signing;
mod webhooks;
