//! What is seen of a call from outside: its span, and its metrics.

#[cfg(feature = "metrics")]
pub mod metrics;
#[cfg(feature = "opentelemetry")]
pub mod telemetry;

use std::{sync::Arc, time::Instant};

use http::StatusCode;
use tracing::{Span, field::Empty};

#[cfg(feature = "metrics")]
use self::metrics::{Metrics, RunningMetrics};
use crate::CallIdentity;

/// The name of a call's span.
#[cfg(feature = "tracing-layer")]
pub(crate) const CALL: &str = "call";

/// The target of a call's span.
#[cfg(feature = "tracing-layer")]
pub(crate) const CALL_TARGET: &str = "contexture";

/// The call whose span is just being made, for the layer that keeps it with the span: reading it out of
/// the span's fields would be a copy of each.
pub(crate) mod beginning {
    use std::{cell::RefCell, sync::Arc};

    use crate::CallIdentity;

    thread_local! {
        static CALL: RefCell<Option<Arc<CallIdentity>>> = const { RefCell::new(None) };
    }

    pub(super) fn with<T>(identity: &Arc<CallIdentity>, span: impl FnOnce() -> T) -> T {
        CALL.set(Some(Arc::clone(identity)));
        let made = span();
        CALL.set(None);
        made
    }

    #[cfg(feature = "tracing-layer")]
    pub(crate) fn read() -> Option<Arc<CallIdentity>> {
        CALL.with_borrow(Option::clone)
    }
}

/// Whether somebody reads the fields of a call's span: the log, alone, does not.
fn is_read(span: &Span) -> bool {
    #[cfg(feature = "tracing-layer")]
    let is_read = |dispatch: &tracing::Dispatch| !dispatch.is::<crate::log::LogSubscriber>();
    #[cfg(not(feature = "tracing-layer"))]
    let is_read = |_: &tracing::Dispatch| true;
    span.with_subscriber(|(_, dispatch)| is_read(dispatch))
        .unwrap_or(false)
}

/// A call that is being observed.
pub(crate) struct Observation {
    /// Whether the span's fields are to be told.
    pub(crate) is_read: bool,
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
    pub(crate) fn begin(&self, identity: &Arc<CallIdentity>) -> (Span, Observation) {
        let span = beginning::with(identity, || call_span(identity));
        let is_read = is_read(&span);
        #[cfg(feature = "opentelemetry")]
        if !span.is_disabled() {
            telemetry::join_trace(&span, identity);
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
