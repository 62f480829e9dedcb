//! The log: what an integration tells its owner, and the owners of the bots that use it.
//!
//! [`Logger`] says something in the name of a call, [`LogSettings`] decides whether and in which
//! format it is written, and a [`LogSink`] takes the finished line. Events of `tracing` become such
//! lines by the `TracingLayer` (feature `tracing-layer`), and what the logger writes are events of
//! the target `contexture::log` for other layers.

mod call_logger;
mod destination;
mod issue;
mod line;
mod output;
#[cfg(feature = "server")]
mod queue;
mod settings;
mod sink;
mod throttle;

#[cfg(feature = "tracing-layer")]
pub(crate) use call_logger::EVENT_TARGET;
pub use call_logger::Logger;
pub(crate) use destination::Log;
pub use issue::{Issue, IssueCategory};
#[cfg(feature = "tracing-layer")]
pub(crate) use line::{Audience, Subject};
pub use output::LogOutput;
#[cfg(feature = "server")]
pub(crate) use queue::Queued;
pub use settings::{LogFormat, LogLevel, LogSettings};
pub use sink::{LogSink, StandardStreams};
pub(crate) use throttle::Throttle;
