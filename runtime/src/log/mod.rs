//! The log: what an integration tells its owner, and the owners of the bots that use it.
//!
//! [`Logger`] says something in the name of a call, [`LogSettings`] decides whether and in which
//! format it is written, and a [`LogSink`] takes the finished line. Events of `tracing` become such
//! lines by the `TracingLayer` (feature `tracing-layer`), and what the logger writes are events of
//! the target `contexture::log` for other layers.

mod issue;
#[cfg(feature = "tracing-layer")]
mod layer;
mod line;
mod logger;
#[cfg(feature = "server")]
mod queue;
mod settings;
mod sink;
mod throttle;

pub use issue::{Issue, IssueCategory};
#[cfg(feature = "tracing-layer")]
pub(crate) use layer::LogSubscriber;
#[cfg(feature = "tracing-layer")]
pub use layer::TracingLayer;
pub use logger::Logger;
#[cfg(feature = "server")]
pub(crate) use queue::Queued;
pub use settings::{LogFormat, LogLevel, LogSettings};
pub use sink::{LogOutput, LogSink, StandardStreams};
pub(crate) use throttle::Throttle;
