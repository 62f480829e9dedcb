//! HTTP/2 without TLS: which connections begin with it, and its settings.

use std::{io, time::Duration};

use hyper::server::conn::http2;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tokio::{net::TcpStream, time::timeout};

use super::{settings::Settings, shutdown::Stopping};

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

/// How an HTTP/2 connection begins: <https://www.rfc-editor.org/rfc/rfc9113#section-3.4>
const PREFACE: &[u8; 24] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// Returns whether a connection is one of HTTP/2, and the bytes that were taken from it. Returns `None` if that is not known
/// at the given time after the server has begun to stop.
pub(super) async fn begins(
    stream: &TcpStream,
    stopping: &mut Stopping,
    rest: Duration,
) -> Option<(bool, Vec<u8>)> {
    let mut first = Vec::new();
    let known = tokio::select! {
        biased;
        is_http2 = is_http2(stream, &mut first) => Some(is_http2),
        () = stopping.begun() => None,
    };
    if let Some(is_http2) = known {
        return Some((is_http2, first));
    }
    let known = timeout(rest, is_http2(stream, &mut first)).await.ok()?;
    Some((known, first))
}

/// Whether a connection is one of HTTP/2, by its first bytes. `first` gets the bytes that were taken from it; the
/// question can be continued with them.
///
/// Hardly any request of HTTP/1.1 begins like the preface, so that nothing is taken from its connection. hyper would
/// read a head in two parts otherwise, and keep a buffer of twice the size for the connection.
async fn is_http2(stream: &TcpStream, first: &mut Vec<u8>) -> bool {
    let mut next = [0; 3];
    if first.is_empty()
        && let Ok(length) = stream.peek(&mut next).await
        && !PREFACE.starts_with(&next[..length])
    {
        return false;
    }
    while first.len() < PREFACE.len() && PREFACE.starts_with(first) {
        let mut next = [0; PREFACE.len()];
        let room = PREFACE.len() - first.len();
        // The connection reports an error again.
        let Ok(()) = stream.readable().await else {
            return false;
        };
        match stream.try_read(&mut next[..room]) {
            Ok(0) => return false,
            Ok(length) => first.extend_from_slice(&next[..length]),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(_) => return false,
        }
    }
    first == PREFACE
}

/// Returns the settings.
pub(super) fn builder(settings: &Settings) -> http2::Builder<TokioExecutor> {
    let list = u32::try_from(settings.max_header_bytes).unwrap_or(u32::MAX);
    let mut builder = http2::Builder::new(TokioExecutor::new());
    builder
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
