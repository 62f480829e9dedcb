//! Export of spans to OpenTelemetry (feature `opentelemetry`).

use std::{fmt, pin::Pin, sync::Arc, time::Duration};

use bytes::Bytes;
use http::{Request, Response};
use opentelemetry::{
    propagation::{Extractor, TextMapPropagator as _},
    trace::{TraceContextExt as _, TracerProvider as _},
};
use opentelemetry_http::{HttpClient, HttpError};
use opentelemetry_otlp::{SpanExporter, WithHttpConfig as _};
use opentelemetry_sdk::{Resource, propagation::TraceContextPropagator, trace::SdkTracerProvider};
use tokio::runtime::Handle;
use tracing::{Span, Subscriber};
use tracing_opentelemetry::OpenTelemetrySpanExt as _;
use tracing_subscriber::{Layer, registry::LookupSpan};

use crate::client::within;
use crate::transport::{Clock, Transport};
use crate::{CallIdentity, Environment, Result};

/// The timeout for a response of the collector. OpenTelemetry leaves timeouts to the client.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Exports the spans of calls and of handlers to an OpenTelemetry collector, in batches, as OTLP
/// over HTTP.
///
/// The exporter is configured by the environment variables of OpenTelemetry. The endpoint is
/// `OTEL_EXPORTER_OTLP_ENDPOINT`, by default `http://localhost:4318`. A call whose request has a
/// `traceparent` header joins that trace.
///
/// ```no_run
/// # use contexture::{Environment, Result};
/// use contexture::{log::TracingLayer, telemetry::Telemetry};
/// use tracing_subscriber::{Registry, layer::SubscriberExt as _, util::SubscriberInitExt as _};
///
/// # async fn example() -> Result {
/// let environment = Environment::from_env();
/// let telemetry = Telemetry::new(&environment, "github")?;
/// Registry::default()
///     .with(TracingLayer::new(&environment))
///     .with(telemetry.layer())
///     .try_init()?;
/// // … and when the server stops:
/// telemetry.shutdown().await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Telemetry {
    provider: SdkTracerProvider,
}

impl Telemetry {
    /// Creates an exporter that uses the environment's transport. It must be called inside a tokio
    /// runtime.
    ///
    /// # Errors
    ///
    /// Returns an error if the environment has no transport, if there is no tokio runtime, or if an
    /// OpenTelemetry variable is invalid.
    pub fn new(environment: &Environment, service_name: &str) -> Result<Self> {
        let transport = environment.transport_ref();
        let transport = transport.ok_or("the environment has no transport")?;
        let client = TransportClient {
            transport: Arc::clone(transport),
            clock: environment.clock_ref().cloned(),
            runtime: Handle::try_current()?,
        };
        let exporter = SpanExporter::builder()
            .with_http()
            .with_http_client(client)
            .build()?;
        let resource = Resource::builder().with_service_name(service_name.to_owned());
        let provider = SdkTracerProvider::builder()
            .with_batch_exporter(exporter)
            .with_resource(resource.build())
            .build();
        Ok(Self { provider })
    }

    /// Creates a layer for the process's subscriber.
    #[must_use]
    pub fn layer<S>(&self) -> impl Layer<S> + Send + Sync + use<S>
    where
        S: Subscriber + for<'span> LookupSpan<'span> + Send + Sync,
    {
        tracing_opentelemetry::layer().with_tracer(self.provider.tracer("contexture"))
    }

    /// Exports the remaining spans and shuts the exporter down.
    ///
    /// # Errors
    ///
    /// Returns an error if the collector cannot be reached.
    pub async fn shutdown(self) -> Result {
        tokio::task::spawn_blocking(move || self.provider.shutdown()).await??;
        Ok(())
    }
}

impl fmt::Debug for Telemetry {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Telemetry").finish_non_exhaustive()
    }
}

/// An HTTP client over the environment's transport. The exporter runs on its own thread, and the
/// transport needs the tokio runtime.
#[derive(Debug)]
struct TransportClient {
    transport: Arc<dyn Transport>,
    clock: Option<Arc<dyn Clock>>,
    runtime: Handle,
}

impl HttpClient for TransportClient {
    fn send_bytes<'this, 'future>(
        &'this self,
        request: Request<Bytes>,
    ) -> Pin<Box<dyn Future<Output = Result<Response<Bytes>, HttpError>> + Send + 'future>>
    where
        'this: 'future,
        Self: 'future,
    {
        let answer = self.transport.send(request.map(Into::into));
        let clock = self.clock.clone();
        let sent = self.runtime.spawn(async move {
            match clock {
                Some(clock) => within(clock.as_ref(), TIMEOUT, answer).await,
                None => Some(answer.await),
            }
        });
        Box::pin(async move {
            let answer = sent.await?;
            Ok(answer.ok_or("the collector did not respond in time")??)
        })
    }
}

/// Adds a span to the trace of its call's headers. If they are missing or invalid, the span starts
/// a new trace.
pub(crate) fn join_trace(span: &Span, identity: &CallIdentity) {
    let context = TraceContextPropagator::new().extract(&TraceHeaders(identity));
    if context.span().span_context().is_valid() {
        // This fails if no layer exports the span; then there is no trace to join.
        let _ = span.set_parent(context);
    }
}

struct TraceHeaders<'a>(&'a CallIdentity);

impl Extractor for TraceHeaders<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        match key {
            "traceparent" => self.0.traceparent.as_deref(),
            "tracestate" => self.0.tracestate.as_deref(),
            _ => None,
        }
    }

    fn keys(&self) -> Vec<&str> {
        vec!["traceparent", "tracestate"]
    }
}

#[cfg(test)]
#[cfg(all(feature = "http-client", not(target_family = "wasm")))]
mod tests {
    use super::*;
    use crate::testing::RecordingTransport;
    use crate::transport::TokioClock;

    #[tokio::test(start_paused = true)]
    async fn the_request_to_a_collector_that_hangs_times_out() {
        let transport = RecordingTransport::new();
        transport.hang();
        let client = TransportClient {
            transport: Arc::new(transport),
            clock: Some(Arc::new(TokioClock::new())),
            runtime: Handle::current(),
        };
        let request = Request::post("http://localhost:4318/v1/traces");
        let sent = client.send_bytes(request.body(Bytes::new()).unwrap());
        // The clock is paused, so no real time passes.
        let sent = tokio::time::timeout(Duration::from_hours(24), sent).await;
        let problem = sent.expect("the exporter waits forever").unwrap_err();
        assert_eq!(problem.to_string(), "the collector did not respond in time");
    }
}
