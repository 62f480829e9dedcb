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
