//! An integration as a service: a request in, a response out, no socket.

use std::{
    convert::Infallible,
    fmt,
    future::ready,
    pin::Pin,
    sync::Arc,
    task::{self, Poll},
};

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::Full;

#[cfg(feature = "server")]
use crate::Logger;
use crate::environment::variable;
use crate::{
    ApiError, Definition, Environment, MissingSecrets, Result, UnknownFields,
    call::{
        self, BODY_LIMIT, ConfigurationCache, Dispatch, Handlers, ResponseFuture, ServiceState,
        collect_body, shapes,
    },
    definition::read_secrets,
    observe::Observer,
    payload::{InvalidSchema, Schema},
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
    state: Arc<ServiceState<D>>,
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

impl<D: Definition> Service<D> {
    /// Makes a service; its secrets and its environment are read from the process, once, here.
    #[must_use]
    pub fn new(handlers: impl Handlers<Definition = D>) -> Self {
        Self {
            handlers: Arc::new(handlers),
            state: Arc::new(ServiceState {
                secrets: read_secrets(&variable).map(Arc::new),
                environment: Environment::from_env(),
                unknown_fields: UnknownFields::default(),
                configurations: Arc::new(ConfigurationCache::new()),
                observer: Observer::default(),
                refusals: Arc::default(),
            }),
        }
    }

    /// Sets the secrets, in place of those of the process.
    #[must_use]
    pub fn secrets(mut self, secrets: D::Secrets) -> Self {
        Arc::make_mut(&mut self.state).secrets = Ok(Arc::new(secrets));
        self
    }

    /// Sets where the API is and where the log goes, in place of what the process says.
    #[must_use]
    pub fn environment(mut self, environment: Environment) -> Self {
        Arc::make_mut(&mut self.state).environment = environment;
        self
    }

    /// Sets what happens to fields of incoming payloads that a closed object does not declare.
    #[must_use]
    pub fn unknown_fields(mut self, unknown_fields: UnknownFields) -> Self {
        let state = Arc::make_mut(&mut self.state);
        state.unknown_fields = unknown_fields;
        state.configurations = Arc::new(ConfigurationCache::new());
        self
    }

    /// Counts and times calls.
    #[cfg(feature = "metrics")]
    #[must_use]
    pub fn metrics(mut self, metrics: crate::observe::metrics::Metrics) -> Self {
        Arc::make_mut(&mut self.state).observer.metrics = Some(metrics);
        self
    }

    /// Tells whether the service can answer, and compiles all of its schemas: a server asks before it
    /// starts.
    ///
    /// # Errors
    ///
    /// Names every secret that is missing, or the schema that is none.
    pub fn check(&self) -> Result<(), CheckError> {
        if let Err(missing) = &self.state.secrets {
            return Err(missing.clone().into());
        }
        D::schemas().chain(shapes()).try_for_each(Schema::compile)?;
        Ok(())
    }

    /// The environment, for the server's own log lines.
    #[cfg(feature = "server")]
    pub(crate) fn environment_ref(&self) -> &Environment {
        &self.state.environment
    }

    /// Answers a request in process. Whatever happens, there is a response.
    pub async fn call_bytes(&self, request: Request<Bytes>) -> Response<Bytes> {
        self.answer(request).await
    }

    /// Starts to answer a request. A caller that may go away has to keep the future running.
    pub(crate) fn answer(&self, request: Request<Bytes>) -> ResponseFuture {
        if request.uri().path() == HEALTH {
            return Box::pin(ready(health()));
        }
        call::answer(&self.handlers, &self.state, request)
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
        call::refuse(&self.state, error)
    }

    /// Says how many refusals the log has not told yet, when no more are to come.
    #[cfg(feature = "server")]
    pub(crate) fn tell_omitted(&self) {
        let logger = Logger::for_process(self.state.environment.log_ref());
        self.state.refusals.tell_omitted(&logger);
    }
}

/// The path that says that the process is there, as that of the official server does.
pub(crate) const HEALTH: &str = "/health";

/// The answer on that path.
pub(crate) fn health() -> Response<Bytes> {
    Response::new(Bytes::from_static(b"ok"))
}

impl<D: Definition> Clone for Service<D> {
    fn clone(&self) -> Self {
        Self {
            handlers: Arc::clone(&self.handlers),
            state: Arc::clone(&self.state),
        }
    }
}

impl<D: Definition> fmt::Debug for Service<D> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Service")
            .field("definition", &D::DOCUMENT.name)
            .field("unknown_fields", &self.state.unknown_fields)
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
