//! A session that the real Botpress calls, through its tunnel: `contexture dev --tunnel`.
//!
//! The emulator shows and records the calls, and answers none of the program's requests: these go to Botpress.

mod arguments;
mod dev_integration;
mod environment;
mod handler;
mod naming;
mod opening;
mod publishing;
mod report;
#[cfg(test)]
mod tests;
mod tunneling;

pub(super) use self::arguments::TunnelArguments;
pub(super) use self::dev_integration::Published;
pub(super) use self::opening::Cloud;
