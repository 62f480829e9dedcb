//! Prometheus metrics (feature `metrics`).

use std::{fmt, sync::Arc, time::Duration};

use http::StatusCode;
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::{Registry, Unit},
};

use crate::Operation;

/// The media type of [`Metrics::encode`].
#[cfg(all(feature = "server", not(target_family = "wasm")))]
pub(crate) const MEDIA_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Prometheus metrics of calls.
///
/// | metric | labels | |
/// |---|---|---|
/// | `contexture_calls_total` | `operation`, `status` | answered calls |
/// | `contexture_call_duration_seconds` | `operation` | duration of calls |
/// | `contexture_calls_in_flight` | | running calls |
/// | `contexture_calls_canceled_total` | `operation` | calls that timed out or whose client disconnected |
/// | `contexture_refused_total` | `status` | requests that the server rejected before they became calls |
/// | `contexture_webhooks_refused_total` | `scheme`, `kind` | webhook requests whose signature was refused |
///
/// Unknown operations are counted as `other`, and no label contains a bot's id, so clients cannot
/// increase the number of time series. Cloning is cheap, and clones share their counters.
///
/// [`Server::metrics`](crate::Server::metrics) serves the metrics. In another server, pass them to
/// [`Service::metrics`](crate::Service::metrics) and respond with [`encode`](Self::encode).
#[derive(Clone)]
pub struct Metrics(Arc<Families>);

struct Families {
    registry: Registry,
    calls: Family<CallLabels, Counter>,
    durations: Family<OperationLabel, Histogram, fn() -> Histogram>,
    in_flight: Gauge,
    canceled: Family<OperationLabel, Counter>,
    #[cfg_attr(
        not(all(feature = "server", not(target_family = "wasm"))),
        expect(dead_code, reason = "only the server refuses requests")
    )]
    refused: Family<StatusLabel, Counter>,
    #[cfg(feature = "webhook-signatures")]
    refused_webhooks: Family<RefusedWebhookLabels, Counter>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct CallLabels {
    operation: &'static str,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OperationLabel {
    operation: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct StatusLabel {
    status: u16,
}

#[cfg(feature = "webhook-signatures")]
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RefusedWebhookLabels {
    scheme: String,
    kind: &'static str,
}

/// The upper bounds of the histogram's buckets, in seconds.
const BUCKETS: [f64; 10] = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0, 60.0];

impl Metrics {
    /// Creates metrics that start at zero.
    #[must_use]
    pub fn new() -> Self {
        let mut registry = Registry::with_prefix("contexture");
        let durations: fn() -> Histogram = || Histogram::new(BUCKETS);
        let calls = Family::<CallLabels, Counter>::default();
        let durations = Family::new_with_constructor(durations);
        let in_flight: Gauge = Gauge::default();
        let canceled = Family::<OperationLabel, Counter>::default();
        let refused = Family::<StatusLabel, Counter>::default();
        registry.register("calls", "Answered calls", calls.clone());
        registry.register_with_unit(
            "call_duration",
            "Duration of calls",
            Unit::Seconds,
            durations.clone(),
        );
        registry.register("calls_in_flight", "Running calls", in_flight.clone());
        registry.register(
            "calls_canceled",
            "Calls that ended without a response",
            canceled.clone(),
        );
        registry.register(
            "refused",
            "Requests that the server rejected",
            refused.clone(),
        );
        #[cfg(feature = "webhook-signatures")]
        let refused_webhooks = Family::<RefusedWebhookLabels, Counter>::default();
        #[cfg(feature = "webhook-signatures")]
        registry.register(
            "webhooks_refused",
            "Webhook requests whose signature was refused",
            refused_webhooks.clone(),
        );
        Self(Arc::new(Families {
            registry,
            calls,
            durations,
            in_flight,
            canceled,
            refused,
            #[cfg(feature = "webhook-signatures")]
            refused_webhooks,
        }))
    }

    /// Encodes all metrics in the `OpenMetrics` text format, which Prometheus reads.
    #[must_use]
    pub fn encode(&self) -> String {
        let mut text = String::new();
        // Writing to a `String` cannot fail.
        let _ = encode(&mut text, &self.0.registry);
        text
    }

    pub(crate) fn begin(&self, operation: &Operation) -> RunningMetrics {
        self.0.in_flight.inc();
        RunningMetrics {
            metrics: self.clone(),
            operation: operation.known_name().unwrap_or("other"),
            answered: false,
        }
    }

    #[cfg(all(feature = "server", not(target_family = "wasm")))]
    pub(crate) fn refused(&self, status: StatusCode) {
        let status = status.as_u16();
        self.0.refused.get_or_create(&StatusLabel { status }).inc();
    }
}

#[cfg(feature = "webhook-signatures")]
impl Metrics {
    /// Counts a refused webhook request. The author's code chooses the scheme, no client does.
    pub(crate) fn refused_webhook(&self, scheme: &str, kind: &'static str) {
        let labels = RefusedWebhookLabels {
            scheme: scheme.to_owned(),
            kind,
        };
        self.0.refused_webhooks.get_or_create(&labels).inc();
    }
}

impl Default for Metrics {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Metrics {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Metrics").finish_non_exhaustive()
    }
}

/// A running call. Dropping it ends the call, with or without a response.
pub(crate) struct RunningMetrics {
    metrics: Metrics,
    operation: &'static str,
    answered: bool,
}

impl RunningMetrics {
    pub(crate) fn end(mut self, status: StatusCode, time: Duration) {
        self.answered = true;
        let (families, operation) = (&self.metrics.0, self.operation);
        let labels = CallLabels {
            operation,
            status: status.as_u16(),
        };
        families.calls.get_or_create(&labels).inc();
        let duration = families
            .durations
            .get_or_create(&OperationLabel { operation });
        duration.observe(time.as_secs_f64());
    }
}

impl Drop for RunningMetrics {
    fn drop(&mut self) {
        let families = &self.metrics.0;
        families.in_flight.dec();
        if !self.answered {
            let operation = self.operation;
            let label = OperationLabel { operation };
            families.canceled.get_or_create(&label).inc();
        }
    }
}
