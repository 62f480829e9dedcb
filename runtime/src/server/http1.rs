//! HTTP/1.1: its settings, and what its errors mean.

use hyper::server::conn::http1;
use hyper_util::rt::TokioTimer;

use super::settings::{HEADER_COUNT, Settings};

/// The minimum buffer size that hyper accepts, in bytes.
const SMALLEST_BUFFER: usize = 8192;

/// Returns the settings.
pub(super) fn builder(settings: &Settings) -> http1::Builder {
    let mut builder = http1::Builder::new();
    builder
        .timer(TokioTimer::new())
        // See `Progress::overdue`.
        .header_read_timeout(None)
        .max_buf_size(settings.max_header_bytes.max(SMALLEST_BUFFER))
        // A client may close its sending side and still wait for the response.
        .half_close(true);
    if settings.max_headers != HEADER_COUNT {
        builder.max_headers(settings.max_headers);
    }
    builder
}

/// Returns what the owner of the server should know of a connection's end. Other errors mean that the client is gone,
/// or was told what is wrong.
pub(super) fn warning(error: &hyper::Error) -> Option<&'static str> {
    error.is_parse_version_h2().then_some(
        "closed a connection that began with HTTP/2; the feature `http2` of contexture serves it",
    )
}

#[cfg(test)]
mod tests {
    use std::{convert::Infallible, io::Cursor};

    use http::Response;
    use hyper::service::service_fn;
    use hyper_util::rt::TokioIo;

    use super::*;

    async fn warning_of(sent: &'static [u8]) -> Option<&'static str> {
        let stream = tokio::io::join(Cursor::new(sent), tokio::io::sink());
        let service = service_fn(async |_| Ok::<_, Infallible>(Response::new(String::new())));
        let connection =
            builder(&Settings::default()).serve_connection(TokioIo::new(stream), service);
        warning(&connection.await.err()?)
    }

    #[tokio::test]
    async fn the_owner_learns_of_a_client_that_speaks_http_2_and_of_no_other() {
        let sent: [&[u8]; 4] = [
            b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            b"GET / HTTP/1.1\r\nhost: a\r\n\r\n",
            b"\x16\x03\x01\x02\x00",
            b"GET / HT",
        ];
        let mut told = Vec::new();
        for sent in sent {
            told.push(warning_of(sent).await.is_some());
        }
        assert_eq!(told, [true, false, false, false]);
    }
}
