//! The state that all connections share: admits, runs and rejects calls.

use std::{
    mem,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use bytes::Bytes;
use http::{HeaderMap, Request, Response, Version};
use hyper::body::Incoming;

use super::{
    charged_bytes::held,
    connections::ConnectionSlot,
    head::{HeadSize, too_large},
    limits::{Limits, Permit},
    refusals::{come_again, late_body},
    running_call::RunningCall,
    settings::Settings,
    timeout::Timeout,
};
use crate::{
    ApiError, Definition, Logger, RequireHeaderLayer, Service, VerifyCallsLayer,
    call::{BUSY, OPERATION, busy, collect_body},
    error::ErrorResponse,
    logger::Throttle,
    service::{HEALTH, health},
    signed_calls::{CallVerifier, unauthorized},
};

/// The path of the readiness probe.
const READY: &str = "/ready";

/// The longest HTTP/1.1 response that is not counted, in bytes. A connection has one such response at a time, so
/// unread ones take no more than the connection's own buffers.
const UNCOUNTED: usize = 8 * 1024;

/// The path of the metrics endpoint and its metrics.
#[cfg(feature = "metrics")]
pub(super) struct MetricsEndpoint {
    pub(super) path: String,
    pub(super) metrics: crate::observe::metrics::Metrics,
}

/// The state that all connections share.
pub(super) struct ServerState<D: Definition> {
    service: Service<D>,
    settings: Settings,
    required: Option<RequireHeaderLayer>,
    verifier: CallVerifier,
    #[cfg(feature = "metrics")]
    metrics: Option<MetricsEndpoint>,
    limits: Arc<Limits>,
    ready: AtomicBool,
    no_permit: Throttle,
    no_memory: Throttle,
    unserved: Throttle,
}

/// The outcome of reading a request head.
pub(super) enum Received {
    Answered(Response<Bytes>),
    Call(Call),
}

/// A call whose body is not read yet. The futures that answer it borrow it: each would have room of its own for it.
pub(super) struct Call {
    /// It is taken when the call runs, as is the permit.
    request: Option<Request<Incoming>>,
    /// The permit for the bytes that are read.
    permit: Option<Permit>,
}

impl<D: Definition> ServerState<D> {
    pub(super) fn new(
        service: Service<D>,
        settings: Settings,
        required: Option<RequireHeaderLayer>,
        verify: Option<VerifyCallsLayer>,
        #[cfg(feature = "metrics")] metrics: Option<MetricsEndpoint>,
    ) -> Self {
        Self {
            #[cfg(feature = "metrics")]
            metrics,
            service,
            settings,
            required,
            verifier: CallVerifier::new(verify),
            limits: Arc::new(Limits::new(settings)),
            ready: AtomicBool::new(true),
            no_permit: Throttle::new(1),
            no_memory: Throttle::new(1),
            unserved: Throttle::new(1),
        }
    }

    /// Makes the readiness probe fail from now on.
    pub(super) fn refuse_readiness(&self) {
        self.ready.store(false, Ordering::Relaxed);
    }

    /// Returns the number of running calls.
    pub(super) fn running(&self) -> usize {
        self.limits.running()
    }

    /// Waits until no call runs.
    pub(super) async fn finished(&self) {
        self.limits.unused().await;
    }

    /// Checks a request head. This is synchronous.
    pub(super) fn receive(&self, request: Request<Incoming>, slot: &ConnectionSlot) -> Received {
        match self.admit(&request, slot) {
            Ok(permit) => Received::Call(Call {
                request: Some(request),
                permit: Some(permit),
            }),
            Err(answer) => Received::Answered(*answer),
        }
    }

    /// Returns the permit of a call, or the response to a request that does not become one.
    fn admit(
        &self,
        request: &Request<Incoming>,
        slot: &ConnectionSlot,
    ) -> Result<Permit, Box<Response<Bytes>>> {
        let refuse = |error| Err(Box::new(self.refuse(error)));
        let size = HeadSize::of(request);
        if size.exceeds(&self.settings) {
            return refuse(too_large());
        }
        if let Some(answer) = self.probe(request) {
            return Err(Box::new(answer));
        }
        if let Some(required) = &self.required
            && !required.allows(request.headers())
        {
            return refuse(required.refusal());
        }
        #[cfg(feature = "metrics")]
        if let Some(answer) = self.read_metrics(request) {
            return Err(Box::new(answer));
        }
        let mut permit = Permit::of(&self.limits, slot.holder());
        if !self.take_bytes(&mut permit, size.cost(), slot) {
            return refuse(busy());
        }
        Ok(permit)
    }

    /// Answers a request. If the future is dropped with its connection, the call continues.
    pub(super) async fn answer(
        &self,
        received: &mut Received,
        slot: &ConnectionSlot,
    ) -> Response<Bytes> {
        match received {
            Received::Answered(answer) => {
                let permit = Permit::of(&self.limits, slot.holder());
                mem::take(answer).map(|bytes| held(bytes, permit))
            }
            Received::Call(call) => {
                let answered = self.run(call, slot).await;
                answered.unwrap_or_else(|error| self.refuse(error))
            }
        }
    }

    fn refuse(&self, error: ApiError) -> Response<Bytes> {
        let response = if error.code == BUSY.as_u16() {
            come_again(error)
        } else {
            self.service.refuse(error)
        };
        self.counted(response)
    }

    /// Counts a refusal and returns it.
    #[cfg_attr(
        not(feature = "metrics"),
        expect(clippy::unused_self, reason = "only the metrics count refusals")
    )]
    fn counted(&self, response: Response<Bytes>) -> Response<Bytes> {
        #[cfg(feature = "metrics")]
        if let Some(endpoint) = &self.metrics {
            endpoint.metrics.refused(response.status());
        }
        response
    }

    /// Answers health and readiness probes, regardless of load. A call on the path of the readiness
    /// probe is handled as a call: calls are recognized by their headers.
    fn probe(&self, request: &Request<Incoming>) -> Option<Response<Bytes>> {
        match request.uri().path() {
            HEALTH => Some(health()),
            READY if !is_call(request.headers()) => Some(self.readiness()),
            _ => None,
        }
    }

    fn readiness(&self) -> Response<Bytes> {
        if self.ready.load(Ordering::Relaxed) {
            return Response::new(Bytes::from_static(b"ready"));
        }
        let mut response = Response::new(Bytes::from_static(b"stopping"));
        *response.status_mut() = BUSY;
        response
    }

    async fn run(
        &self,
        call: &mut Call,
        slot: &ConnectionSlot,
    ) -> Result<Response<Bytes>, ApiError> {
        let body = self.collect(call, slot).await?;
        // In a block of its own, so that the future has no room for the request.
        let (running, verdict, least) = {
            let request = call.request.take().ok_or_else(busy)?.map(|_| body);
            // Over HTTP/1.1 a connection has one response at a time, and a short one is not worth counting.
            let least = match request.version() {
                Version::HTTP_2 => 0,
                _ => UNCOUNTED,
            };
            let Ok(verdict) = self.verifier.verify(&request, || self.logger()) else {
                return Ok(self.counted(unauthorized()));
            };
            let permit = self.take_call(&mut call.permit).ok_or_else(busy)?;
            let answer = self.service.answer(request);
            (
                RunningCall::new(answer, self.settings.request_timeout, permit),
                verdict,
                least,
            )
        };
        let _working = slot.work();
        let response = match running.await {
            Ok(response) => response,
            // The call has logged the error.
            Err(error) => return Ok(self.counted(ErrorResponse::of(error).into_response())),
        };
        if let Some(verdict) = verdict {
            verdict.end(response.status());
        }
        if response.body().len() <= least {
            return Ok(response);
        }
        let permit = Permit::of(&self.limits, slot.holder());
        Ok(response.map(|bytes| held(bytes, permit)))
    }

    async fn collect(&self, call: &mut Call, slot: &ConnectionSlot) -> Result<Bytes, ApiError> {
        let Call { request, permit } = call;
        let body = request.as_mut().map(Request::body_mut);
        let body = body.ok_or_else(busy)?;
        let take = |bytes| {
            let permit = permit.as_mut();
            permit.is_some_and(|permit| self.take_bytes(permit, bytes, slot))
        };
        let body = pin!(collect_body(body, self.settings.body_limit, take));
        let body = Timeout::new(body, self.settings.body_read_timeout).await;
        body.map_err(|_| late_body())?
    }

    /// Answers a request for the metrics. The caller has already passed the check of the required
    /// header, because metrics reveal how much an integration is used.
    #[cfg(feature = "metrics")]
    fn read_metrics(&self, request: &Request<Incoming>) -> Option<Response<Bytes>> {
        let endpoint = self.metrics.as_ref()?;
        if request.uri().path() != endpoint.path || is_call(request.headers()) {
            return None;
        }
        let mut response = Response::new(endpoint.metrics.encode().into());
        let media_type = http::HeaderValue::from_static(crate::observe::metrics::MEDIA_TYPE);
        let headers = response.headers_mut();
        headers.insert(http::header::CONTENT_TYPE, media_type);
        Some(response)
    }

    /// Takes a permit for a running call. Returns `false` if there is none.
    fn take_call(&self, permit: &mut Option<Permit>) -> Option<Permit> {
        let taken = permit.take_if(Permit::take_call);
        if taken.is_none() {
            let limit = self.limits.max_concurrent_calls();
            let message = format_args!("concurrency limit ({limit}) reached; rejecting new calls");
            self.warn_once_in_a_while(&self.no_permit, message);
        }
        taken
    }

    /// Reserves buffer space for a head or a part of a body. Returns `false` if the limit is
    /// reached, and then closes the connection of a client that holds buffered bytes and keeps the
    /// server waiting.
    fn take_bytes(&self, permit: &mut Permit, bytes: usize, slot: &ConnectionSlot) -> bool {
        let taken = permit.take_bytes(bytes);
        if !taken {
            slot.free_memory();
            let budget = self.settings.max_buffered_bytes;
            self.warn_once_in_a_while(
                &self.no_memory,
                format_args!(
                    "buffer limit ({budget} bytes) almost reached; rejecting requests that need more"
                ),
            );
        }
        taken
    }

    /// Logs why a connection was closed.
    pub(super) fn warn_of_connection(&self, warning: &str) {
        self.warn_once_in_a_while(&self.unserved, format_args!("{warning}"));
    }

    fn warn_once_in_a_while(&self, throttle: &Throttle, message: std::fmt::Arguments<'_>) {
        if throttle.admit().is_some() {
            self.logger().warn(message);
        }
    }

    fn logger(&self) -> Logger {
        Logger::for_process(self.service.environment_ref().log_ref())
    }

    /// Logs how many refusals were omitted. It is called when no more calls can arrive.
    pub(super) fn tell_omitted(&self) {
        self.service.tell_omitted();
    }
}

fn is_call(headers: &HeaderMap) -> bool {
    headers.contains_key(&OPERATION)
}
