//! Measures calls for their spans and metrics.

use std::{sync::Arc, time::Instant};

use http::{Method, StatusCode};
use tracing::Span;

#[cfg(feature = "metrics")]
use super::metrics::{Metrics, RunningMetrics};
use super::span::{beginning, call_span, record_end, record_item};
use crate::{CallIdentity, logger::Item};
#[cfg(feature = "webhook-signatures")]
use crate::{
    panics::{Panicked, catch},
    webhook::signature::RefusedWebhook,
};

/// A hook that is called for each refused webhook request.
#[cfg(feature = "webhook-signatures")]
type RefusedWebhookHook = Arc<dyn Fn(&RefusedWebhook<'_>) + Send + Sync>;

/// A call that is being observed.
pub(crate) struct Observation {
    /// Whether a subscriber reads the span's fields.
    is_read: bool,
    #[cfg(feature = "metrics")]
    metrics: Option<RunningMetrics>,
}

/// The observer of calls, in addition to the process's `tracing` subscriber.
#[derive(Clone, Default)]
pub(crate) struct Observer {
    #[cfg(feature = "metrics")]
    pub(crate) metrics: Option<Metrics>,
    #[cfg(feature = "webhook-signatures")]
    pub(crate) on_refused_webhook: Option<RefusedWebhookHook>,
}

impl Observer {
    #[cfg_attr(
        not(feature = "metrics"),
        expect(clippy::unused_self, reason = "an observer holds metrics or nothing")
    )]
    pub(crate) fn begin(
        &self,
        identity: &Arc<CallIdentity>,
        method: &Method,
    ) -> (Span, Observation) {
        let (span, is_read) = beginning::with(identity, || call_span(identity, method));
        #[cfg(all(feature = "opentelemetry", not(target_family = "wasm")))]
        if !span.is_disabled() {
            super::telemetry::join_trace(&span, identity);
        }
        #[cfg(feature = "metrics")]
        let metrics = self
            .metrics
            .as_ref()
            .map(|metrics| metrics.begin(&identity.operation));
        let observation = Observation {
            is_read,
            #[cfg(feature = "metrics")]
            metrics,
        };
        (span, observation)
    }

    /// Counts a webhook request whose signature was refused, and calls the hook.
    ///
    /// # Errors
    ///
    /// Returns an error if the hook panics.
    #[cfg(feature = "webhook-signatures")]
    pub(crate) fn refused_webhook(&self, refused: &RefusedWebhook<'_>) -> Result<(), Panicked> {
        #[cfg(feature = "metrics")]
        if let Some(metrics) = &self.metrics {
            metrics.refused_webhook(refused.scheme, refused.error.kind());
        }
        match &self.on_refused_webhook {
            Some(hook) => catch("the hook for refused webhooks", || hook(refused)),
            None => Ok(()),
        }
    }
}

impl Observation {
    pub(crate) fn is_read(&self) -> bool {
        self.is_read
    }

    /// Records what the call is about. The call's span must be the current one.
    pub(crate) fn record_item(&self, item: &Item) {
        if self.is_read {
            record_item(item);
        }
    }

    /// Ends the observation of a call that has answered, inside the call's span.
    pub(crate) fn end(self, status: StatusCode, started: Instant) {
        if self.is_read {
            record_end(Some(status), started.elapsed());
        }
        #[cfg(feature = "metrics")]
        if let Some(metrics) = self.metrics {
            metrics.end(status, started.elapsed());
        }
    }

    /// Ends the observation of a canceled call, inside the call's span. If the call ran out of
    /// time, the server answers in its place, with this status.
    pub(crate) fn cancel(self, status: Option<StatusCode>, started: Instant) {
        if self.is_read {
            record_end(status, started.elapsed());
        }
    }
}
