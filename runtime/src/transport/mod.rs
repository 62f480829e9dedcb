//! HTTP transport, request bodies, timeouts and retries.

mod clock;
#[cfg(feature = "http-client")]
mod http;
mod plain_http;
mod request_body;
mod retry;
mod send;

#[cfg(feature = "http-client")]
pub(crate) use self::clock::TokioClock;
#[cfg(feature = "http-client")]
pub use self::http::HttpTransport;
pub(crate) use self::plain_http::{PLAIN_HTTP_VARIABLE, PlainHttp, check as check_plain_http};
pub use self::{
    clock::{Clock, SleepFuture},
    request_body::RequestBody,
    retry::RetryPolicy,
    send::{SendFuture, Transport, TransportError},
};
