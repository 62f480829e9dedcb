//! An integration as a service: a request in, a response out, no socket.

use std::{
    convert::Infallible,
    fmt,
    future::ready,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::{Pin, pin},
    sync::Arc,
    task::{self, Poll},
};

use bytes::Bytes;
use http::{Method, Request, Response};
use http_body_util::Full;
use tracing::{Instrument as _, Span};

use crate::environment::variable;
use crate::{
    ApiError, Context, Definition, Environment, Error, Logger, MissingSecrets, Operation,
    RawRequest, Result, UnknownFields,
    dispatch::{
        Call, Dispatch, Handlers, dispatch_call, empty_response, shapes, unregister_unreadable,
    },
    error::{ErrorAnswer, answer_error},
    observe::Observer,
    payload::{InvalidSchema, Schema},
    request::{
        BODY_LIMIT, CallHeaders, ConfigurationCache, collect_body, read_configuration, read_headers,
    },
    secrets::read_secrets,
};

/// An integration, ready to be called: by [`serve`](crate::serve), inside any other `tower`
/// application, or in process with [`call_bytes`](Service::call_bytes).
///
/// Generated code makes it from an author's handlers. As a `tower` service it refuses bodies of more
/// than 10 MiB, and its future may be dropped with the client that asked: a server that is not
/// [`Server`](crate::Server) has to spawn it when handlers are to end what they began. Cloning is
/// cheap.
pub struct Service<D: Definition> {
    handlers: Arc<dyn Dispatch<D>>,
    surroundings: Arc<Surroundings<D>>,
}

/// Why a service cannot answer.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CheckError {
    /// The integration needs secrets that are not set.
    #[error(transparent)]
    Secrets(#[from] MissingSecrets),
    /// Generated code holds a schema that is none.
    #[error(transparent)]
    Schema(#[from] InvalidSchema),
}

/// What the calls of a service share, its handlers apart.
pub(crate) struct Surroundings<D: Definition> {
    secrets: Result<Arc<D::Secrets>, MissingSecrets>,
    environment: Environment,
    unknown_fields: UnknownFields,
    configurations: Arc<ConfigurationCache<D::Configuration>>,
    observer: Observer,
}

/// A call on its way to its answer.
pub(crate) type Answering = Pin<Box<dyn Future<Output = Response<Bytes>> + Send>>;

impl<D: Definition> Service<D> {
    /// Makes a service; its secrets and its environment are read from the process, once, here.
    #[must_use]
    pub fn new(handlers: impl Handlers<Definition = D>) -> Self {
        Self {
            handlers: Arc::new(handlers),
            surroundings: Arc::new(Surroundings {
                secrets: read_secrets(&variable).map(Arc::new),
                environment: Environment::from_env(),
                unknown_fields: UnknownFields::default(),
                configurations: Arc::new(ConfigurationCache::new()),
                observer: Observer::default(),
            }),
        }
    }

    /// Sets the secrets, in place of those of the process.
    #[must_use]
    pub fn secrets(mut self, secrets: D::Secrets) -> Self {
        Arc::make_mut(&mut self.surroundings).secrets = Ok(Arc::new(secrets));
        self
    }

    /// Sets where the API is and where the log goes, in place of what the process says.
    #[must_use]
    pub fn environment(mut self, environment: Environment) -> Self {
        Arc::make_mut(&mut self.surroundings).environment = environment;
        self
    }

    /// Sets what happens to fields of incoming payloads that a closed object does not declare.
    #[must_use]
    pub fn unknown_fields(mut self, unknown_fields: UnknownFields) -> Self {
        let surroundings = Arc::make_mut(&mut self.surroundings);
        surroundings.unknown_fields = unknown_fields;
        surroundings.configurations = Arc::new(ConfigurationCache::new());
        self
    }

    /// Counts and times calls.
    #[cfg(feature = "metrics")]
    #[must_use]
    pub fn metrics(mut self, metrics: crate::metrics::Metrics) -> Self {
        Arc::make_mut(&mut self.surroundings).observer.metrics = Some(metrics);
        self
    }

    /// Tells whether the service can answer, and compiles all of its schemas: a server asks before it
    /// starts.
    ///
    /// # Errors
    ///
    /// Names every secret that is missing, or the schema that is none.
    pub fn check(&self) -> Result<(), CheckError> {
        if let Err(missing) = &self.surroundings.secrets {
            return Err(missing.clone().into());
        }
        D::schemas().chain(shapes()).try_for_each(Schema::compile)?;
        Ok(())
    }

    /// The environment, for the server's own log lines.
    #[cfg(feature = "server")]
    pub(crate) fn environment_ref(&self) -> &Environment {
        &self.surroundings.environment
    }

    /// Answers a request in process. Whatever happens, there is a response.
    pub async fn call_bytes(&self, request: Request<Bytes>) -> Response<Bytes> {
        self.answer(request).await
    }

    /// Starts to answer a request, for whoever has to keep what goes on.
    pub(crate) fn answer(&self, request: Request<Bytes>) -> Answering {
        if request.uri().path() == HEALTH {
            return answered(health());
        }
        let headers = match read_headers(request.headers()) {
            Ok(headers) => headers,
            Err(error) => {
                let logger = Logger::for_process(&self.surroundings.environment);
                return answered(answer(&error, &logger));
            }
        };
        let (handlers, surroundings) = (Arc::clone(&self.handlers), &self.surroundings);
        handlers.answer(Arc::clone(surroundings), headers, raw_request(request))
    }

    async fn call_http<B>(&self, request: Request<B>) -> Response<Full<Bytes>>
    where
        B: http_body::Body,
        B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        let (parts, body) = request.into_parts();
        let response = match collect_body(body, BODY_LIMIT, |_| true).await {
            Ok(body) => self.call_bytes(Request::from_parts(parts, body)).await,
            Err(error) => self.refuse(error),
        };
        response.map(Full::new)
    }

    /// Answers what does not become a call, in the API's shape.
    pub(crate) fn refuse(&self, error: ApiError) -> Response<Bytes> {
        let logger = Logger::for_process(&self.surroundings.environment);
        send(ErrorAnswer::of(error), &logger)
    }
}

/// An answer that nobody has to wait for.
fn answered(response: Response<Bytes>) -> Answering {
    Box::pin(ready(response))
}

/// The path that says that the process is there, as that of the official server does.
pub(crate) const HEALTH: &str = "/health";

/// The answer on that path.
pub(crate) fn health() -> Response<Bytes> {
    Response::new(Bytes::from_static(b"ok"))
}

/// Answers a call whose headers are read. Whatever its handler does, there is a response.
pub(crate) async fn answer_call<H: Handlers>(
    handlers: Arc<H>,
    surroundings: Arc<Surroundings<H::Definition>>,
    headers: CallHeaders,
    request: RawRequest,
) -> Response<Bytes> {
    let (span, observation) = surroundings.observer.begin(&headers.identity);
    let is_read = observation.is_read;
    // What waits for a call is large: it is made where it stays, and not moved from one future into
    // the next.
    let call = async {
        // The logger copies what its lines name, and most calls log nothing.
        let identity = Arc::clone(&headers.identity);
        let call = run_call(handlers.as_ref(), &surroundings, headers, request, is_read);
        let call = pin!(call);
        match catch_panic(call).await {
            Ok(response) => response,
            Err(error) => answer(&error, &Logger::new(&surroundings.environment, &identity)),
        }
    };
    let mut call = pin!(call.instrument(span));
    let response = call.as_mut().await;
    observation.end(call.span(), response.status());
    response
}

async fn run_call<H: Handlers>(
    handlers: &H,
    surroundings: &Surroundings<H::Definition>,
    headers: CallHeaders,
    request: RawRequest,
    span_is_read: bool,
) -> Result<Response<Bytes>> {
    if headers.identity.operation == Operation::Ping {
        return Ok(empty_response());
    }
    let secrets = surroundings.secrets.clone()?;
    let configuration = read_configuration::<H::Definition>(
        &headers.configuration,
        surroundings.unknown_fields,
        &surroundings.configurations,
    );
    let configuration = match configuration {
        Ok(configuration) => configuration,
        Err(error) if headers.identity.operation == Operation::Unregister => {
            let environment = &surroundings.environment;
            return unregister_unreadable(handlers, &headers, &request.body, &error, environment)
                .await;
        }
        Err(error) => return Err(error),
    };
    if span_is_read {
        note_configuration_type::<H::Definition>(&configuration);
    }
    let environment = surroundings.environment.clone();
    let ctx = Context::new(headers.identity, configuration, Some(secrets), environment);
    if let Some(response) = handlers.unknown_operation(&ctx, &request).await? {
        return response.into_http();
    }
    let call = Call {
        ctx,
        body: request.body,
        unknown_fields: surroundings.unknown_fields,
    };
    dispatch_call(handlers, call).await
}

fn note_configuration_type<D: Definition>(configuration: &D::Configuration) {
    let name = D::wire_name(D::configuration_type(configuration));
    Span::current().record("configuration_type", name.unwrap_or("primary"));
}

/// Takes a request as authors see it. The official server does not read the body of any other
/// method.
fn raw_request(request: Request<Bytes>) -> RawRequest {
    let (head, body) = request.into_parts();
    let has_body = matches!(head.method, Method::POST | Method::PUT | Method::PATCH);
    RawRequest {
        method: head.method,
        uri: head.uri,
        headers: head.headers,
        body: if has_body { body } else { Bytes::new() },
    }
}

/// Logs an error as the official SDK does, and answers it.
fn answer(error: &Error, logger: &Logger) -> Response<Bytes> {
    let answer = answer_error(error);
    if answer.status.is_server_error() || error.has_source() {
        logger.error(error);
    }
    send(answer, logger)
}

fn send(answer: ErrorAnswer, logger: &Logger) -> Response<Bytes> {
    logger.for_bot().error(&answer.error.message);
    answer.into_response()
}

/// A panic in a handler, which fails its own call and nothing more.
#[derive(Debug, thiserror::Error)]
#[error("a handler panicked: {0}")]
struct Panicked(String);

async fn catch_panic<T>(mut future: Pin<&mut impl Future<Output = Result<T>>>) -> Result<T> {
    let poll = |context: &mut task::Context<'_>| {
        // The future is never polled again after a panic, so no broken state is seen.
        let polled = catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context)));
        polled.unwrap_or_else(|panic| {
            let text = panic.downcast_ref::<&str>().map(ToString::to_string);
            let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
            let text = text.unwrap_or_else(|| "without a message".to_owned());
            Poll::Ready(Err(Panicked(text).into()))
        })
    };
    std::future::poll_fn(poll).await
}

impl<D: Definition> Clone for Service<D> {
    fn clone(&self) -> Self {
        Self {
            handlers: Arc::clone(&self.handlers),
            surroundings: Arc::clone(&self.surroundings),
        }
    }
}

impl<D: Definition> Clone for Surroundings<D> {
    fn clone(&self) -> Self {
        Self {
            secrets: self.secrets.clone(),
            environment: self.environment.clone(),
            unknown_fields: self.unknown_fields,
            configurations: Arc::clone(&self.configurations),
            observer: self.observer.clone(),
        }
    }
}

impl<D: Definition> fmt::Debug for Service<D> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Service")
            .field("definition", &D::DOCUMENT.name)
            .field("unknown_fields", &self.surroundings.unknown_fields)
            .finish_non_exhaustive()
    }
}

impl<D, B> tower_service::Service<Request<B>> for Service<D>
where
    D: Definition,
    B: http_body::Body + Send + 'static,
    B::Data: Send,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    type Response = Response<Full<Bytes>>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut task::Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let service = self.clone();
        Box::pin(async move { Ok(service.call_http(request).await) })
    }
}
