//! HTTP transport, request bodies, timeouts and retries.

mod clock;
#[cfg(target_family = "wasm")]
mod host;
#[cfg(all(feature = "http-client", not(target_family = "wasm")))]
mod http;
mod plain_http;
mod request_body;
mod retry;
mod send;

#[cfg(all(feature = "http-client", not(target_family = "wasm")))]
pub(crate) use self::clock::TokioClock;
#[cfg(target_family = "wasm")]
pub(crate) use self::host::{HostClock, HostTransport};
#[cfg(all(feature = "http-client", not(target_family = "wasm")))]
pub use self::http::HttpTransport;
pub(crate) use self::plain_http::{PLAIN_HTTP_VARIABLE, PlainHttp, check as check_plain_http};
pub use self::{
    clock::{Clock, SleepFuture},
    request_body::RequestBody,
    retry::RetryPolicy,
    send::{SendFuture, Transport, TransportError},
};
