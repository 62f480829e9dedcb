//! The log: what an integration tells its owner, and the owners of the bots that use it.
//!
//! [`Logger`] says something in the name of a call, [`LogSettings`] decides whether and in which
//! format it is written, and a [`LogSink`] takes the finished line.

mod issue;
mod line;
mod logger;
mod settings;
mod sink;

pub use issue::{Issue, IssueCategory};
pub use logger::Logger;
pub use settings::{LogFormat, LogLevel, LogSettings};
pub use sink::{LogOutput, LogSink, StandardStreams};
