//! The record of exchanges: calls of the integration, webhook requests, and API requests of the integration.
//!
//! A [`Recorder`] stores them without their secrets ([`Secrets`]). An API request belongs to the call with the same
//! trace.

mod body;
mod limits;
mod message;
mod notice;
mod record;
mod recorder;
mod redact;
mod running;
mod store;
#[cfg(test)]
mod tests;
mod trace;

pub use self::body::RecordedBody;
pub use self::limits::{ExchangeFilter, RecordLimits};
pub use self::message::{NewExchange, SentBody, SentRequest, SentResponse, header_texts};
pub use self::notice::ExchangeNotice;
pub use self::record::{Exchange, ExchangeKind, RecordedRequest, RecordedResponse};
pub use self::recorder::Recorder;
pub(crate) use self::redact::REDACTED;
pub use self::redact::Secrets;
pub use self::running::RunningExchange;
pub(crate) use self::store::list as list_in;
pub use self::trace::{TRACEPARENT, new_traceparent, trace_id};
