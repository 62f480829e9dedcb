//! The API of the emulator, request by request.

mod access;
mod analytics;
mod bench;
mod changes;
mod configuration;
mod conversations;
mod events;
mod files;
mod import;
mod incoming;
mod lists;
mod messages;
mod participants;
mod refusals;
mod server;
mod states;
mod storage;
mod users;
