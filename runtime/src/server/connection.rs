//! One connection, from accept to close.

use std::{
    convert::Infallible,
    future::ready,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use http::{HeaderValue, Request, Response, Version, header::CONNECTION};
use hyper::service::service_fn;
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::conn::auto,
};
use tokio::{
    net::TcpStream,
    time::{Instant, sleep_until},
};

use super::{
    connections::ConnectionSlot,
    response_body::{PendingResponses, ResponseBody},
    settings::{HEADER_COUNT, Settings},
    shutdown::Stopping,
    state::{Received, ServerState},
    write_timeout::{Backlog, WriteTimeout},
};
use crate::Definition;

/// The interval of HTTP/2 keep-alive pings.
const PING_INTERVAL: Duration = Duration::from_secs(30);

/// The maximum number of concurrent HTTP/2 streams: the minimum that the standard recommends.
const STREAMS: u32 = 100;

/// The HTTP/2 flow-control windows: the bytes that a client may send before the server reads them,
/// per stream and per connection.
const STREAM_WINDOW: u32 = 128 * 1024;
const CONNECTION_WINDOW: u32 = 256 * 1024;

/// The maximum number of response bytes that HTTP/2 buffers per stream, outside of the body.
const SEND_BUFFER: usize = 64 * 1024;

/// The maximum number of streams that a client may reset, or that fail through its protocol errors,
/// before the connection is closed.
const RESETS: usize = 20;

/// How long an idle connection stays open after shutdown begins, for a request that is already on
/// its way.
const LAST_REQUESTS: Duration = Duration::from_millis(500);

/// The shared state and the protocol settings of all connections.
pub(super) struct Endpoint<D: Definition> {
    pub(super) state: Arc<ServerState<D>>,
    settings: Settings,
    /// HTTP/1.1 and HTTP/2.
    any: auto::Builder<TokioExecutor>,
    http1: auto::Builder<TokioExecutor>,
}

impl<D: Definition> Endpoint<D> {
    pub(super) fn new(state: ServerState<D>, settings: Settings) -> Self {
        Self {
            state: Arc::new(state),
            settings,
            any: protocol(settings),
            http1: protocol(settings).http1_only(),
        }
    }

    /// Serves the requests of a connection. Returns when the connection ends, when the client takes too long, or when the
    /// slot is needed for another connection.
    pub(super) async fn serve(&self, stream: TcpStream, stopping: Stopping, slot: ConnectionSlot) {
        let progress = Arc::new(Progress::new(slot));
        tokio::select! {
            biased;
            () = self.answer_all(stream, &progress, stopping) => {}
            () = progress.overdue(&self.settings) => {}
            () = progress.slot.wanted() => {}
        }
    }

    async fn answer_all(
        &self,
        stream: TcpStream,
        progress: &Arc<Progress>,
        mut stopping: Stopping,
    ) {
        // Responses are small and complete, so Nagle's algorithm would only delay them.
        let _ = stream.set_nodelay(true);
        let protocol = tokio::select! {
            biased;
            may_be = may_be_http2(&stream) => if may_be { &self.any } else { &self.http1 },
            () = stopping.begun() => &self.any,
        };
        let limit = self.settings.write_timeout;
        let stream = WriteTimeout::new(stream, limit, Arc::clone(&progress.backlog));
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
        let connection = protocol.serve_connection(TokioIo::new(stream), service);
        let mut connection = pin!(connection);
        // A connection error needs no handling: the client is gone, and its calls have completed or
        // go on.
        tokio::select! {
            biased;
            _ = connection.as_mut() => return,
            () = stopping.begun() => {}
        }
        // A request in flight must not meet a closed connection. A request that arrives now gets
        // `connection: close` with its response, and an idle connection stays open for a short
        // time.
        progress.ending.store(true, Ordering::Relaxed);
        tokio::select! {
            biased;
            _ = connection.as_mut() => return,
            () = tokio::time::sleep(LAST_REQUESTS) => {}
        }
        // Read the data that the operating system has already received.
        tokio::task::yield_now().await;
        tokio::select! {
            biased;
            _ = connection.as_mut() => return,
            () = ready(()) => {}
        }
        connection.as_mut().graceful_shutdown();
        // The same holds for its error.
        let _ = connection.await;
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

/// Whether a connection may be one of HTTP/2, by its first bytes, which are not taken from it.
///
/// The builder for both protocols takes them. hyper then reads the first head in two parts, and keeps a buffer of twice
/// the size for the connection.
async fn may_be_http2(stream: &TcpStream) -> bool {
    /// How an HTTP/2 connection begins. No method of HTTP/1.1 begins with it.
    /// <https://www.rfc-editor.org/rfc/rfc9113#section-3.4>
    const BEGINNING: &[u8; 3] = b"PRI";

    let mut first = [0; BEGINNING.len()];
    match stream.peek(&mut first).await {
        Ok(length) => BEGINNING.starts_with(&first[..length]),
        // The connection reports it.
        Err(_) => true,
    }
}

fn protocol(settings: Settings) -> auto::Builder<TokioExecutor> {
    let mut builder = auto::Builder::new(TokioExecutor::new());
    let mut http1 = builder.http1();
    http1
        .timer(TokioTimer::new())
        // See `Progress::overdue`.
        .header_read_timeout(None)
        .max_buf_size(settings.max_header_bytes.max(SMALLEST_BUFFER))
        // A client may close its sending side and still wait for the response.
        .half_close(true);
    if settings.max_headers != HEADER_COUNT {
        http1.max_headers(settings.max_headers);
    }
    let list = u32::try_from(settings.max_header_bytes).unwrap_or(u32::MAX);
    builder
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(PING_INTERVAL)
        .max_header_list_size(list)
        .max_concurrent_streams(STREAMS)
        .initial_stream_window_size(STREAM_WINDOW)
        .initial_connection_window_size(CONNECTION_WINDOW)
        .max_send_buf_size(SEND_BUFFER)
        .max_pending_accept_reset_streams(RESETS)
        .max_local_error_reset_streams(RESETS);
    builder
}

/// The minimum buffer size that hyper accepts, in bytes.
const SMALLEST_BUFFER: usize = 8192;
