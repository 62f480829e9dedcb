//! The log: lines for the owner of the integration and for the owners of the bots that use it.
//!
//! A [`Logger`] logs for one call, [`LogSettings`] sets the level and the format, and a [`LogSink`]
//! receives the formatted lines. The `TracingSubscriber` converts `tracing` events to such
//! lines. The logger also emits its lines as `tracing` events with the target `contexture::log`, for
//! other subscribers.
//!
//! A JSON line has the fields of the official SDK in its order, and then `time`, in UTC. The lines
//! about failed calls and the access log also have `errorId`, `operation`, `action`, `channel`,
//! `messageType`, `status`, `durationMs` and `causes`, as far as they are known.

mod call_logger;
mod destination;
mod details;
mod issue;
mod line;
mod output;
#[cfg(all(feature = "server", not(target_family = "wasm")))]
mod queue;
mod settings;
mod sink;
mod throttle;

pub(crate) use call_logger::EVENT_TARGET;
pub use call_logger::Logger;
pub(crate) use destination::Log;
pub(crate) use details::{Details, Item};
pub use issue::{Issue, IssueCategory};
pub(crate) use line::{Audience, Subject};
pub use output::LogOutput;
#[cfg(all(feature = "server", not(target_family = "wasm")))]
pub(crate) use queue::Queued;
pub use settings::{LogFormat, LogLevel, LogSettings};
pub use sink::{LogSink, StandardStreams};
pub(crate) use throttle::{Throttle, WHILE};
