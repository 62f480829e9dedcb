//! Errors of requests to other services.

use http::StatusCode;

use crate::ClientError;

/// An error of a request to another service. It shows the host, but no other part of the URL, no
/// header and no body, because they may contain secrets.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum HttpError {
    /// The URL is malformed, or a header has an invalid name or value.
    #[error("invalid request: {problem}")]
    Request {
        /// The problem.
        problem: String,
    },
    /// The request was not sent, or there was no response in time.
    #[error("no response from {host}: {source}")]
    Send {
        /// The host.
        host: String,
        /// The cause.
        source: Box<ClientError>,
    },
    /// The response is larger than the limit.
    #[error("the response of {host} is larger than {limit} bytes")]
    TooLarge {
        /// The host.
        host: String,
        /// The limit in bytes.
        limit: usize,
    },
    /// The status is not a success.
    #[error("{host} responded with {status}")]
    Status {
        /// The host.
        host: String,
        /// The status.
        status: StatusCode,
    },
    /// The body is not JSON, or does not have the expected form.
    #[error("the response of {host} is not readable: {problem}")]
    Body {
        /// The host.
        host: String,
        /// The place in the JSON, without its value.
        problem: String,
    },
}
