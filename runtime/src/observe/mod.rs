//! What is seen of a call from outside: its span, its metrics, and the events inside it.

#[cfg(feature = "metrics")]
pub mod metrics;
mod observer;
mod span;
#[cfg(feature = "opentelemetry")]
pub mod telemetry;
#[cfg(feature = "tracing-layer")]
mod tracing_layer;

pub(crate) use self::observer::Observer;
#[cfg(feature = "tracing-layer")]
pub use self::tracing_layer::TracingLayer;
