//! The integration as a `tower` service: requests in, responses out, no socket.

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

#[cfg(all(feature = "server", not(target_family = "wasm")))]
use crate::Logger;
use crate::environment::variable;
use crate::{
    ApiError, Definition, Environment, MissingSecrets, Result, UnknownFields,
    after_response::take_work,
    call::{
        self, BODY_LIMIT, ConfigurationCache, Dispatch, Handlers, InstallationCache,
        ResponseFuture, ServiceState, collect_body, shapes,
    },
    definition::read_secrets,
    observe::Observer,
    payload::{InvalidSchema, Schema},
};

/// An integration as a service. It can be run by [`serve`](crate::serve), inside another `tower`
/// application, or in process with [`call_bytes`](Service::call_bytes).
///
/// Generated code creates it from the author's handlers. As a `tower` service it rejects bodies of
/// more than 10 MiB with a 413. Dropping its future cancels the handler, so a server other than
/// [`Server`](crate::Server) must spawn the future if handlers are to complete after the client has
/// disconnected. Cloning is cheap.
pub struct Service<D: Definition> {
    handlers: Arc<dyn Dispatch<D>>,
    state: Arc<ServiceState<D>>,
}

/// The reason why a service cannot answer calls.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CheckError {
    /// Secrets of the integration are not set.
    #[error(transparent)]
    Secrets(#[from] MissingSecrets),
    /// A secret that webhooks are verified with is missing or malformed.
    #[cfg(feature = "webhook-signatures")]
    #[error("cannot verify webhooks: {0}")]
    Webhook(crate::webhook::signature::SignatureError),
    /// Generated code contains an invalid schema.
    #[error(transparent)]
    Schema(#[from] InvalidSchema),
}

impl<D: Definition> Service<D> {
    /// Creates a service. The secrets and the environment are read from the process's environment
    /// variables here, once.
    #[must_use]
    pub fn new(handlers: impl Handlers<Definition = D>) -> Self {
        Self {
            handlers: Arc::new(handlers),
            state: Arc::new(ServiceState {
                secrets: read_secrets(&variable).map(Arc::new),
                environment: Environment::from_env(),
                unknown_fields: UnknownFields::default(),
                configurations: Arc::new(ConfigurationCache::new()),
                installations: Arc::new(InstallationCache::new()),
                observer: Observer::default(),
                refusals: Arc::default(),
                #[cfg(feature = "webhook-signatures")]
                webhook_checks: Vec::new(),
            }),
        }
    }

    /// Sets the secrets, in place of those from the environment variables.
    #[must_use]
    pub fn secrets(mut self, secrets: D::Secrets) -> Self {
        Arc::make_mut(&mut self.state).secrets = Ok(Arc::new(secrets));
        self
    }

    /// Sets the environment (the API and the log), in place of the process's.
    #[must_use]
    pub fn environment(mut self, environment: Environment) -> Self {
        Arc::make_mut(&mut self.state).environment = environment;
        self
    }

    /// Sets how undeclared fields of received payloads are handled in closed objects (default: drop
    /// them).
    #[must_use]
    pub fn unknown_fields(mut self, unknown_fields: UnknownFields) -> Self {
        let state = Arc::make_mut(&mut self.state);
        state.unknown_fields = unknown_fields;
        state.configurations = Arc::new(ConfigurationCache::new());
        self
    }

    /// Checks at startup that a verifier of webhooks has usable secrets: [`check`](Self::check) then
    /// fails for a secret that is missing or malformed, and not the first webhook.
    ///
    /// ```
    /// # use contexture::{Definition, Secret, Service};
    /// # use contexture::webhook::signature;
    /// # trait HasSecret { fn webhook_secret(&self) -> &Secret; }
    /// # fn example<D: Definition>(service: Service<D>) where D::Secrets: HasSecret {
    /// service.check_webhooks(|secrets| signature::svix(secrets.webhook_secret()));
    /// # }
    /// ```
    #[cfg(feature = "webhook-signatures")]
    #[must_use]
    pub fn check_webhooks(
        mut self,
        verifier: impl Fn(&D::Secrets) -> crate::webhook::signature::Verifier + Send + Sync + 'static,
    ) -> Self {
        let check = Arc::new(move |secrets: &D::Secrets| verifier(secrets).check_secrets());
        Arc::make_mut(&mut self.state).webhook_checks.push(check);
        self
    }

    /// Sets a hook that is called for each webhook request whose signature was refused, for example
    /// to raise an alert. It runs before the response is sent, so it must not block. A later hook
    /// replaces an earlier one. If it panics, the panic is logged.
    ///
    /// A request counts as refused if the last verification refused it, even if the handler then
    /// answers it, or if the handler returns a
    /// [`SignatureError`](crate::webhook::signature::SignatureError).
    ///
    /// ```
    /// # use contexture::{Definition, Service};
    /// # fn example<D: Definition>(service: Service<D>) {
    /// service.on_refused_webhook(|refused| {
    ///     eprintln!("{}: a forged {} request", refused.call.bot_id, refused.scheme);
    /// });
    /// # }
    /// ```
    #[cfg(feature = "webhook-signatures")]
    #[must_use]
    pub fn on_refused_webhook(
        mut self,
        hook: impl Fn(&crate::webhook::signature::RefusedWebhook<'_>) + Send + Sync + 'static,
    ) -> Self {
        let observer = &mut Arc::make_mut(&mut self.state).observer;
        observer.on_refused_webhook = Some(Arc::new(hook));
        self
    }

    /// Counts and times calls in these metrics.
    #[cfg(feature = "metrics")]
    #[must_use]
    pub fn metrics(mut self, metrics: crate::observe::metrics::Metrics) -> Self {
        Arc::make_mut(&mut self.state).observer.metrics = Some(metrics);
        self
    }

    /// Checks that the service can answer calls, and compiles all its schemas. A server calls this
    /// at startup.
    ///
    /// # Errors
    ///
    /// Returns an error that names all missing secrets, or an invalid schema.
    pub fn check(&self) -> Result<(), CheckError> {
        self.check_secrets()?;
        D::schemas().chain(shapes()).try_for_each(Schema::compile)?;
        Ok(())
    }

    /// Checks the secrets alone, for a process whose start has to be short.
    pub(crate) fn check_secrets(&self) -> Result<(), CheckError> {
        if let Err(missing) = &self.state.secrets {
            return Err(missing.clone().into());
        }
        #[cfg(feature = "webhook-signatures")]
        if let Ok(secrets) = &self.state.secrets {
            let mut checks = self.state.webhook_checks.iter();
            checks.try_for_each(|check| check(secrets).map_err(CheckError::Webhook))?;
        }
        Ok(())
    }

    /// Returns the environment, for the log lines of what calls the service.
    #[cfg(any(feature = "lambda", feature = "server", target_family = "wasm"))]
    pub(crate) fn environment_ref(&self) -> &Environment {
        &self.state.environment
    }

    /// Answers a request in process. Errors become error responses.
    ///
    /// The response waits for the work of [`Context::after_response`](crate::Context::after_response).
    pub async fn call_bytes(&self, request: Request<Bytes>) -> Response<Bytes> {
        let mut response = self.answer(request).await;
        if let Some(work) = take_work(&mut response) {
            work.await;
        }
        response
    }

    /// Starts answering a request. The future must be polled to completion even if the client
    /// disconnects.
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

    /// Rejects a request that does not become a call, with an error in the API's format.
    pub(crate) fn refuse(&self, error: ApiError) -> Response<Bytes> {
        call::refuse(&self.state, error)
    }

    /// Logs the number of rejections that were omitted from the log. It is called when no more can
    /// follow.
    #[cfg(all(feature = "server", not(target_family = "wasm")))]
    pub(crate) fn tell_omitted(&self) {
        let logger = Logger::for_process(self.state.environment.log_ref());
        self.state.refusals.tell_omitted(&logger);
    }
}

/// The path of the health probe, which the official server has, too.
pub(crate) const HEALTH: &str = "/health";

/// Returns the response of the health probe.
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
