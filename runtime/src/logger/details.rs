//! What a line of the runtime says about its call.

use std::{fmt, time::Duration};

use crate::{Operation, value::shorten};

/// What a call is about, as far as its body has been read.
#[derive(Debug, Default)]
pub(crate) struct Item {
    pub(crate) action: Option<String>,
    pub(crate) channel: Option<String>,
    pub(crate) message_type: Option<String>,
}

/// What a line says about its call, in addition to the identifiers of its [`Subject`](super::Subject).
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Details<'a> {
    /// The id of the error in the response.
    pub(crate) error_id: Option<&'a str>,
    pub(crate) operation: Option<&'a Operation>,
    pub(crate) item: Option<&'a Item>,
    /// The HTTP status of the response.
    pub(crate) status: Option<u16>,
    pub(crate) duration: Option<Duration>,
    /// The sources of an error, the nearest first.
    pub(crate) causes: &'a [String],
}

impl Details<'_> {
    /// Returns the names of the action, the channel and the message type, shortened because a
    /// client chooses them.
    pub(super) fn names(&self) -> [Option<String>; 3] {
        let shown = |read: fn(&Item) -> &Option<String>| {
            let name = self.item.and_then(|item| read(item).as_deref());
            name.map(shorten)
        };
        [
            shown(|item| &item.action),
            shown(|item| &item.channel),
            shown(|item| &item.message_type),
        ]
    }

    /// The operation, which a client chooses, too.
    pub(super) fn operation_name(&self) -> Option<String> {
        self.operation.map(|operation| shorten(operation.as_str()))
    }
}

/// The operation and what it is about: `action_triggered createIssue`.
impl fmt::Display for Details<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.operation_name().unwrap_or_default())?;
        for name in self.names().into_iter().flatten() {
            write!(formatter, " {name}")?;
        }
        Ok(())
    }
}

/// A duration in milliseconds, for people.
pub(super) struct Milliseconds(pub(super) Duration);

impl fmt::Display for Milliseconds {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:.1} ms", self.0.as_secs_f64() * 1000.0)
    }
}

/// The number of milliseconds, exact to the microsecond.
pub(super) fn milliseconds(duration: Duration) -> f64 {
    (duration.as_secs_f64() * 1_000_000.0).round() / 1000.0
}
