//! What is seen of a call from outside: its span, and its metrics.

use std::time::Instant;

use http::StatusCode;
use tracing::{Span, field::Empty};

use crate::CallIdentity;
#[cfg(feature = "metrics")]
use crate::metrics::{Metrics, RunningMetrics};

/// The name of a call's span.
#[cfg(feature = "tracing-layer")]
pub(crate) const CALL: &str = "call";

/// The target of a call's span.
#[cfg(feature = "tracing-layer")]
pub(crate) const CALL_TARGET: &str = "contexture";

/// A call that is being observed.
pub(crate) struct Observation {
    pub(crate) span: Span,
    /// Nothing unless somebody wants to know.
    started: Option<Instant>,
    #[cfg(feature = "metrics")]
    metrics: Option<RunningMetrics>,
}

/// What observes calls, beside the subscriber of the process.
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
    pub(crate) fn begin(&self, identity: &CallIdentity) -> Observation {
        let span = call_span(identity);
        #[cfg(feature = "opentelemetry")]
        if !span.is_disabled() {
            crate::telemetry::join_trace(&span, identity);
        }
        #[cfg(feature = "metrics")]
        let metrics = self
            .metrics
            .as_ref()
            .map(|metrics| metrics.begin(&identity.operation));
        #[cfg(feature = "metrics")]
        let observed = !span.is_disabled() || metrics.is_some();
        #[cfg(not(feature = "metrics"))]
        let observed = !span.is_disabled();
        Observation {
            span,
            started: observed.then(Instant::now),
            #[cfg(feature = "metrics")]
            metrics,
        }
    }
}

impl Observation {
    pub(crate) fn end(self, status: StatusCode) {
        let Some(started) = self.started else {
            return;
        };
        let time = started.elapsed();
        self.span.record("status", status.as_u16());
        self.span.record("duration_ms", time.as_secs_f64() * 1000.0);
        #[cfg(feature = "metrics")]
        if let Some(metrics) = self.metrics {
            metrics.end(status, time);
        }
    }
}

/// Makes the span of a call. No header but these is part of it, and none of the body.
///
/// Its level is the most urgent, for it has to be there when only errors are logged: their lines name
/// the bot that the span knows.
fn call_span(identity: &CallIdentity) -> Span {
    tracing::error_span!(
        target: "contexture",
        "call",
        otel.kind = "server",
        operation = identity.operation.as_str(),
        bot_id = identity.bot_id,
        integration_id = identity.integration_id,
        integration_alias = identity.integration_alias,
        trace_id = identity.trace_id(),
        configuration_type = Empty,
        status = Empty,
        duration_ms = Empty,
    )
}
