//! Measures calls for their spans and metrics.

use std::{sync::Arc, time::Instant};

use http::StatusCode;
use tracing::Span;

#[cfg(feature = "metrics")]
use super::metrics::{Metrics, RunningMetrics};
use super::span::{beginning, call_span};
use crate::CallIdentity;

/// Returns whether a subscriber reads the fields of a call's span. The log subscriber alone does
/// not.
fn is_read(span: &Span) -> bool {
    #[cfg(feature = "tracing-layer")]
    let is_read =
        |dispatch: &tracing::Dispatch| !dispatch.is::<super::tracing_layer::LogSubscriber>();
    #[cfg(not(feature = "tracing-layer"))]
    let is_read = |_: &tracing::Dispatch| true;
    span.with_subscriber(|(_, dispatch)| is_read(dispatch))
        .unwrap_or(false)
}

/// A call that is being observed.
pub(crate) struct Observation {
    /// Whether a subscriber reads the span's fields.
    pub(crate) is_read: bool,
    /// The start time; `None` if neither the span nor the metrics need it.
    started: Option<Instant>,
    #[cfg(feature = "metrics")]
    metrics: Option<RunningMetrics>,
}

/// The observer of calls, in addition to the process's `tracing` subscriber.
#[derive(Clone, Default)]
pub(crate) struct Observer {
    #[cfg(feature = "metrics")]
    pub(crate) metrics: Option<Metrics>,
}

impl Observer {
    #[cfg_attr(
        not(feature = "metrics"),
        expect(clippy::unused_self, reason = "an observer holds metrics or nothing")
    )]
    pub(crate) fn begin(&self, identity: &Arc<CallIdentity>) -> (Span, Observation) {
        let span = beginning::with(identity, || call_span(identity));
        let is_read = is_read(&span);
        #[cfg(feature = "opentelemetry")]
        if !span.is_disabled() {
            super::telemetry::join_trace(&span, identity);
        }
        #[cfg(feature = "metrics")]
        let metrics = self
            .metrics
            .as_ref()
            .map(|metrics| metrics.begin(&identity.operation));
        #[cfg(feature = "metrics")]
        let observed = is_read || metrics.is_some();
        #[cfg(not(feature = "metrics"))]
        let observed = is_read;
        let observation = Observation {
            is_read,
            started: observed.then(Instant::now),
            #[cfg(feature = "metrics")]
            metrics,
        };
        (span, observation)
    }
}

impl Observation {
    pub(crate) fn end(self, span: &Span, status: StatusCode) {
        let Some(started) = self.started else {
            return;
        };
        let time = started.elapsed();
        if self.is_read {
            span.record("status", status.as_u16());
            span.record("duration_ms", time.as_secs_f64() * 1000.0);
        }
        #[cfg(feature = "metrics")]
        if let Some(metrics) = self.metrics {
            metrics.end(status, time);
        }
    }
}
