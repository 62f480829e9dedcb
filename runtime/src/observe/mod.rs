//! Observability of calls: spans, metrics, and events.

#[cfg(feature = "metrics")]
pub mod metrics;
mod observer;
mod span;
#[cfg(feature = "opentelemetry")]
pub mod telemetry;
#[cfg(feature = "tracing-layer")]
mod tracing_layer;

pub(crate) use self::observer::{Observation, Observer};
#[cfg(feature = "tracing-layer")]
pub use self::tracing_layer::TracingLayer;
