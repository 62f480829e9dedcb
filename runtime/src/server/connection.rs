//! One connection, from its first byte to its end.

use std::{
    convert::Infallible,
    future::{pending, ready},
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
use tokio::net::TcpStream;

use super::{
    connections::ConnectionSlot,
    response_body::{PendingResponses, ResponseBody},
    settings::{HEADER_COUNT, Settings},
    shutdown::Stopping,
    state::{Received, ServerState},
    write_timeout::WriteTimeout,
};
use crate::Definition;

/// How often the other side of an HTTP/2 connection has to show that it is there.
const PING_INTERVAL: Duration = Duration::from_secs(30);

/// How many requests an HTTP/2 connection may make at once: as many as the standard asks for at least.
const STREAMS: u32 = 100;

/// How many bytes a client may send before they are read, for one request and for all of its connection.
const STREAM_WINDOW: u32 = 128 * 1024;
const CONNECTION_WINDOW: u32 = 256 * 1024;

/// How many bytes of an answer may wait for their client outside of its body.
const SEND_BUFFER: usize = 64 * 1024;

/// How many requests a client may take back, or have failed by mistakes of its own, before the connection is
/// closed.
const RESETS: usize = 20;

/// How long a connection that is idle stays open when the server stops, for a request that its client is
/// just sending.
const LAST_REQUESTS: Duration = Duration::from_millis(500);

/// What connections are made of.
pub(super) struct Endpoint<D: Definition> {
    pub(super) calls: Arc<ServerState<D>>,
    settings: Settings,
    protocol: auto::Builder<TokioExecutor>,
}

impl<D: Definition> Endpoint<D> {
    pub(super) fn new(calls: ServerState<D>, settings: Settings) -> Self {
        Self {
            calls: Arc::new(calls),
            settings,
            protocol: protocol(settings),
        }
    }

    /// PendingResponses what comes over a connection, and ends with it, when its client takes no answers, or when
    /// its place is wanted.
    pub(super) async fn serve(&self, stream: TcpStream, stopping: Stopping, place: ConnectionSlot) {
        let progress = Arc::new(Progress::new(place));
        tokio::select! {
            biased;
            () = self.answer_all(stream, &progress, stopping) => {}
            () = progress.answers.late(self.settings.write_timeout) => {}
            () = progress.place.wanted() => {}
        }
    }

    async fn answer_all(
        &self,
        stream: TcpStream,
        progress: &Arc<Progress>,
        mut stopping: Stopping,
    ) {
        // PendingResponses are small and whole: waiting to send more together only delays them.
        let _ = stream.set_nodelay(true);
        let stream = WriteTimeout::new(stream, self.settings.write_timeout);
        let service = {
            let (calls, progress) = (Arc::clone(&self.calls), Arc::clone(progress));
            service_fn(move |request| {
                progress.asked.store(true, Ordering::Relaxed);
                let version = Request::version(&request);
                // Here and not in the future, which HTTP/2 runs later: a head that is refused is gone before the
                // next one is read.
                let received = calls.receive(request, &progress.place);
                answer(Arc::clone(&calls), Arc::clone(&progress), version, received)
            })
        };
        let connection = self
            .protocol
            .serve_connection(TokioIo::new(stream), service);
        let mut connection = pin!(connection);
        // A connection that breaks concerns the other side; the calls on it were answered or not.
        tokio::select! {
            biased;
            _ = connection.as_mut() => return,
            () = silence(progress, self.settings.header_read_timeout) => return,
            () = stopping.begun() => {}
        }
        // A request that is on its way is not to be met by a connection that closes: whoever asks now
        // is told with the answer, and who is silent is left some time to ask.
        progress.ending.store(true, Ordering::Relaxed);
        tokio::select! {
            biased;
            _ = connection.as_mut() => return,
            () = tokio::time::sleep(LAST_REQUESTS) => {}
        }
        // What the system has received by then is read first.
        tokio::task::yield_now().await;
        tokio::select! {
            biased;
            _ = connection.as_mut() => return,
            () = ready(()) => {}
        }
        connection.as_mut().graceful_shutdown();
        let _ = connection.await;
    }
}

/// What has become of a connection.
struct Progress {
    place: ConnectionSlot,
    /// Whether there was a request.
    asked: AtomicBool,
    /// Whether the next answer is the last.
    ending: AtomicBool,
    /// What is being answered over HTTP/2.
    answers: Arc<PendingResponses>,
}

impl Progress {
    fn new(place: ConnectionSlot) -> Self {
        Self {
            place,
            asked: AtomicBool::new(false),
            ending: AtomicBool::new(false),
            answers: Arc::default(),
        }
    }
}

async fn answer<D: Definition>(
    calls: Arc<ServerState<D>>,
    progress: Arc<Progress>,
    version: Version,
    received: Received,
) -> Result<Response<ResponseBody>, Infallible> {
    let mut response = calls.answer(received, &progress.place).await;
    progress.place.answered();
    if version == Version::HTTP_2 {
        let answers = Arc::clone(&progress.answers);
        return Ok(response.map(|bytes| ResponseBody::of_stream(bytes, answers)));
    }
    // HTTP/2 has a message of its own for this.
    if progress.ending.load(Ordering::Relaxed) {
        let close = HeaderValue::from_static("close");
        response.headers_mut().insert(CONNECTION, close);
    }
    Ok(response.map(ResponseBody::whole))
}

/// Ends when nothing was asked for so long since the connection began: until the protocol is known,
/// nobody else looks at the time.
async fn silence(progress: &Progress, time: Duration) {
    tokio::time::sleep(time).await;
    if progress.asked.load(Ordering::Relaxed) {
        pending::<()>().await;
    }
}

fn protocol(settings: Settings) -> auto::Builder<TokioExecutor> {
    let mut builder = auto::Builder::new(TokioExecutor::new());
    let mut http1 = builder.http1();
    http1
        .timer(TokioTimer::new())
        .header_read_timeout(settings.header_read_timeout)
        .max_buf_size(settings.max_header_bytes.max(SMALLEST_BUFFER))
        // The other side may say that it has asked for all it wants, and wait for the answer.
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

/// What hyper needs at least to read a request.
const SMALLEST_BUFFER: usize = 8192;
