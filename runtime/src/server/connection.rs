//! One connection, from accept to close.

use std::{
    convert::Infallible,
    future::ready,
    pin::{Pin, pin},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use http::{HeaderValue, Request, Response, Version, header::CONNECTION};
use hyper::{server::conn, service::service_fn};
#[cfg(feature = "http2")]
use hyper_util::rt::TokioExecutor;
use hyper_util::rt::TokioIo;
use tokio::{
    net::TcpStream,
    task::yield_now,
    time::{Instant, sleep, sleep_until},
};

#[cfg(feature = "http2")]
use super::http2;
use super::{
    connections::ConnectionSlot,
    http1,
    rarely::{Rarely, unless},
    response_body::{PendingResponses, ResponseBody},
    settings::Settings,
    shutdown::Stopping,
    state::{Received, ServerState},
    write_timeout::{Backlog, WriteTimeout},
};
use crate::Definition;

/// How long an idle connection stays open after shutdown begins, for a request that is already on
/// its way.
const LAST_REQUESTS: Duration = Duration::from_millis(500);

/// The shared state and the protocol settings of all connections.
pub(super) struct Endpoint<D: Definition> {
    pub(super) state: Arc<ServerState<D>>,
    settings: Settings,
    http1: conn::http1::Builder,
    #[cfg(feature = "http2")]
    http2: conn::http2::Builder<TokioExecutor>,
}

impl<D: Definition> Endpoint<D> {
    pub(super) fn new(state: ServerState<D>, settings: Settings) -> Self {
        Self {
            state: Arc::new(state),
            settings,
            http1: http1::builder(&settings),
            #[cfg(feature = "http2")]
            http2: http2::builder(&settings),
        }
    }

    /// Serves the requests of a connection. Returns when the connection ends, when the client takes too long, or when the
    /// slot is needed for another connection.
    pub(super) async fn serve(&self, stream: TcpStream, stopping: Stopping, slot: ConnectionSlot) {
        let progress = Arc::new(Progress::new(slot));
        let ended = Rarely::new(async {
            tokio::select! {
                () = progress.overdue(&self.settings) => {}
                () = progress.slot.wanted() => {}
            }
        });
        unless(ended, pin!(self.answer_all(stream, &progress, stopping))).await;
    }

    async fn answer_all(
        &self,
        stream: TcpStream,
        progress: &Arc<Progress>,
        #[cfg_attr(
            not(feature = "http2"),
            expect(unused_mut, reason = "only the first bytes are awaited beside it")
        )]
        mut stopping: Stopping,
    ) {
        // Responses are small and complete, so Nagle's algorithm would only delay them.
        let _ = stream.set_nodelay(true);
        #[cfg(feature = "http2")]
        let Some((is_http2, first)) = http2::begins(&stream, &mut stopping, LAST_REQUESTS).await
        else {
            return;
        };
        #[cfg(not(feature = "http2"))]
        let first = Vec::new();
        let limit = self.settings.write_timeout;
        let stream = WriteTimeout::new(stream, first, limit, Arc::clone(&progress.backlog));
        let stream = TokioIo::new(stream);
        let service = {
            let (state, progress) = (Arc::clone(&self.state), Arc::clone(progress));
            service_fn(move |request| {
                progress.awaits_head.store(false, Ordering::Relaxed);
                let version = Request::version(&request);
                // This runs here and not in the future, because HTTP/2 polls the future later: a
                // rejected head is dropped before the next one is read.
                let mut received = state.receive(request, &progress.slot);
                let (state, progress) = (Arc::clone(&state), Arc::clone(&progress));
                // The block uses in place what it captures. A function would copy its arguments.
                async move {
                    Ok::<_, Infallible>(answer(&state, &progress, version, &mut received).await)
                }
            })
        };
        #[cfg(feature = "http2")]
        if is_http2 {
            // In a future of its own, so that connections over HTTP/1.1 have no room for it.
            Box::pin(async {
                let connection = pin!(self.http2.serve_connection(stream, service));
                // The client is gone, and its calls have completed or go on.
                let _ = progress
                    .end_with(
                        connection,
                        conn::http2::Connection::graceful_shutdown,
                        stopping,
                    )
                    .await;
            })
            .await;
            return;
        }
        let connection = pin!(self.http1.serve_connection(stream, service));
        let ended = progress
            .end_with(
                connection,
                conn::http1::Connection::graceful_shutdown,
                stopping,
            )
            .await;
        if let Some(warning) = ended.err().as_ref().and_then(http1::warning) {
            self.state.warn_of_connection(warning);
        }
    }
}

/// The state of a connection.
struct Progress {
    slot: ConnectionSlot,
    /// Whether the head of a request comes next. Over HTTP/2, only before the first request.
    awaits_head: AtomicBool,
    /// Whether the next response is the last one.
    ending: AtomicBool,
    /// The HTTP/2 responses that are being written.
    pending: Arc<PendingResponses>,
    backlog: Arc<Backlog>,
}

impl Progress {
    fn new(slot: ConnectionSlot) -> Self {
        Self {
            slot,
            awaits_head: AtomicBool::new(true),
            ending: AtomicBool::new(false),
            pending: Arc::default(),
            backlog: Arc::default(),
        }
    }

    /// Completes when the connection ends, by itself or because the server stops.
    async fn end_with<C: Future>(
        &self,
        mut connection: Pin<&mut C>,
        shut_down: fn(Pin<&mut C>),
        mut stopping: Stopping,
    ) -> C::Output {
        let stopping = Rarely::new(stopping.begun());
        if let Some(ended) = unless(stopping, connection.as_mut()).await {
            return ended;
        }
        // A request in flight must not meet a closed connection. A request that arrives now gets
        // `connection: close` with its response, and an idle connection stays open for a short
        // time.
        self.ending.store(true, Ordering::Relaxed);
        tokio::select! {
            biased;
            ended = connection.as_mut() => return ended,
            () = sleep(LAST_REQUESTS) => {}
        }
        // Read the data that the operating system has already received.
        yield_now().await;
        tokio::select! {
            biased;
            ended = connection.as_mut() => return ended,
            () = ready(()) => {}
        }
        shut_down(connection.as_mut());
        connection.await
    }

    /// Completes when a head has been awaited for too long, since the connection began or since the last response was
    /// written, or when a response over HTTP/2 has been pending for too long.
    ///
    /// hyper has a limit for heads, too, but allocates and registers a timer for each request. This is one timer, which is
    /// set again only when it elapses.
    async fn overdue(&self, settings: &Settings) {
        let limit = settings.header_read_timeout.max(MOMENT);
        let mut head_due = Instant::now() + limit;
        loop {
            // A response that begins later is due later.
            let begun = self.pending.first().unwrap_or_else(Instant::now);
            sleep_until(head_due.min(begun + settings.write_timeout)).await;
            let now = Instant::now();
            let first = self.pending.first();
            if first.is_some_and(|begun| begun + settings.write_timeout <= now) {
                return;
            }
            if head_due <= now {
                let is_silent = self.awaits_head.load(Ordering::Relaxed) && !self.backlog.lasted();
                let from = if is_silent {
                    self.slot.waits_from()
                } else {
                    now
                };
                head_due = from + limit;
                if head_due <= now {
                    return;
                }
            }
        }
    }
}

/// The precision of the time since which a connection waits.
const MOMENT: Duration = Duration::from_millis(1);

async fn answer<D: Definition>(
    state: &ServerState<D>,
    progress: &Progress,
    version: Version,
    received: &mut Received,
) -> Response<ResponseBody> {
    let mut response = state.answer(received, &progress.slot).await;
    progress.slot.answered();
    if version == Version::HTTP_2 {
        // HTTP/2 has keep-alive pings instead.
        let pending = Arc::clone(&progress.pending);
        return response.map(|bytes| ResponseBody::of_stream(bytes, pending));
    }
    progress.awaits_head.store(true, Ordering::Relaxed);
    // HTTP/2 announces shutdown with a GOAWAY frame instead.
    if progress.ending.load(Ordering::Relaxed) {
        let close = HeaderValue::from_static("close");
        response.headers_mut().insert(CONNECTION, close);
    }
    response.map(ResponseBody::whole)
}
