//! The settings of HTTP/1.1.

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
