//! Observability of calls: spans, metrics, and events.

mod event_log;
#[cfg(feature = "metrics")]
pub mod metrics;
mod observer;
mod span;
#[cfg(all(feature = "opentelemetry", not(target_family = "wasm")))]
pub mod telemetry;
#[cfg(feature = "tracing-layer")]
mod tracing_layer;
mod tracing_subscriber;

pub(crate) use self::observer::{Observation, Observer};
#[cfg(feature = "tracing-layer")]
pub use self::tracing_layer::TracingLayer;
pub use self::tracing_subscriber::TracingSubscriber;
#[cfg(any(feature = "server", target_family = "wasm"))]
use crate::Environment;

/// Installs a `tracing` subscriber that writes events to the log, unless the process already has a
/// subscriber.
#[cfg(any(feature = "server", target_family = "wasm"))]
pub(crate) fn log_events(environment: &Environment) {
    if !tracing::dispatcher::has_been_set() {
        let subscriber = TracingSubscriber::new(environment);
        // If another thread has installed one in the meantime, that one stays.
        let _ = tracing::subscriber::set_global_default(subscriber);
    }
}
