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

/// How long the collector may take to answer. OpenTelemetry leaves that to the client.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Sends the span of each call, and what handlers trace in it, to an OpenTelemetry collector: by OTLP
/// over HTTP, in batches.
///
/// The variables that OpenTelemetry specifies say where to (`OTEL_EXPORTER_OTLP_ENDPOINT`, else
/// `http://localhost:4318`) and what goes with it. A call whose request has a `traceparent` belongs to
/// that trace.
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
    /// Starts to export, in the name of a service, with the environment's transport. It is called
    /// inside a tokio runtime.
    ///
    /// # Errors
    ///
    /// The environment has no transport, there is no runtime, or a variable of OpenTelemetry cannot be
    /// read.
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

    /// Makes a layer for the subscriber of the process.
    #[must_use]
    pub fn layer<S>(&self) -> impl Layer<S> + Send + Sync + use<S>
    where
        S: Subscriber + for<'span> LookupSpan<'span> + Send + Sync,
    {
        tracing_opentelemetry::layer().with_tracer(self.provider.tracer("contexture"))
    }

    /// Sends what has not been sent yet, and ends.
    ///
    /// # Errors
    ///
    /// The collector could not be reached.
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

/// Carries what is exported over the environment's transport. The exporter has a thread of its own,
/// and the transport needs the runtime.
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
            Ok(answer.ok_or("the collector did not answer in time")??)
        })
    }
}

/// Makes a span part of the trace that its call came with. What cannot be read starts a new one.
pub(crate) fn join_trace(span: &Span, identity: &CallIdentity) {
    let context = TraceContextPropagator::new().extract(&TraceHeaders(identity));
    if context.span().span_context().is_valid() {
        // It fails where no layer exports the span, and there is nothing to join then.
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

#[cfg(all(test, feature = "http-client"))]
mod tests {
    use super::*;
    use crate::testing::RecordingTransport;
    use crate::transport::TokioClock;

    #[tokio::test(start_paused = true)]
    async fn a_collector_that_hangs_is_given_up() {
        let transport = RecordingTransport::new();
        transport.hang();
        let client = TransportClient {
            transport: Arc::new(transport),
            clock: Some(Arc::new(TokioClock::new())),
            runtime: Handle::current(),
        };
        let request = Request::post("http://localhost:4318/v1/traces");
        let sent = client.send_bytes(request.body(Bytes::new()).unwrap());
        // The clock is paused, so that no time passes.
        let sent = tokio::time::timeout(Duration::from_hours(24), sent).await;
        let problem = sent.expect("the exporter waits for ever").unwrap_err();
        assert_eq!(problem.to_string(), "the collector did not answer in time");
    }
}
