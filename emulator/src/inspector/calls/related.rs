//! What belongs to an exchange.

use crate::exchange::{Exchange, ExchangeFilter, ExchangeKind};
use crate::inspector::failure::Failure;
use crate::inspector::state::Inspector;
use crate::platform::Instance;
use crate::program::LogLine;

/// The most parts that are shown.
const PARTS: u32 = 200;

/// What belongs to an exchange.
pub(super) struct Related {
    pub(super) kind: ExchangeKind,
    pub(super) instance: Option<Instance>,
    pub(super) parent: Option<Exchange>,
    /// The exchanges that belong to it, the oldest first.
    pub(super) parts: Vec<Exchange>,
    /// The lines of its trace.
    pub(super) lines: Vec<LogLine>,
}

impl Related {
    pub(super) fn of(inspector: &Inspector, exchange: &Exchange) -> Result<Self, Failure> {
        let recorder = inspector.platform.recorder();
        let filter = ExchangeFilter {
            parent: Some(exchange.id.clone()),
            limit: PARTS,
            ..ExchangeFilter::default()
        };
        let mut parts = recorder.list(&filter)?;
        parts.reverse();
        let parent = match &exchange.parent {
            Some(parent) => recorder.find(parent)?,
            None => None,
        };
        // An instance can have been removed.
        let instance = exchange.instance.as_deref();
        let instance = instance.and_then(|id| inspector.platform.instance(id).ok());
        let lines = match (&exchange.trace, exchange.kind) {
            (Some(trace), ExchangeKind::Call | ExchangeKind::Webhook) => {
                inspector.program.lines(Some(trace))
            }
            _ => Vec::new(),
        };
        Ok(Self {
            kind: exchange.kind,
            instance,
            parent,
            parts,
            lines,
        })
    }
}
