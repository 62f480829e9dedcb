//! Requests of the command, over HTTP.

use bytes::Bytes;
use contexture::client::{HttpTransport, Transport as _};
use http::{HeaderName, HeaderValue, Method, Request, Response};

/// A request.
#[derive(Clone, Debug)]
pub(crate) struct Sent<'a> {
    pub(crate) method: Method,
    pub(crate) url: &'a str,
    pub(crate) headers: &'a [(String, String)],
    pub(crate) body: Bytes,
}

/// Sends a request. The error is the innermost reason.
pub(crate) async fn send(
    transport: &HttpTransport,
    sent: Sent<'_>,
) -> Result<Response<Bytes>, String> {
    let mut request = Request::builder()
        .method(sent.method)
        .uri(sent.url)
        .body(sent.body.into())
        .map_err(|error| format!("`{}` is no address: {error}", sent.url))?;
    for (name, value) in sent.headers {
        let name = HeaderName::from_bytes(name.as_bytes())
            .map_err(|_| format!("`{name}` is no name of a header"))?;
        let value = HeaderValue::from_bytes(value.as_bytes())
            .map_err(|_| format!("the header `{name}` has signs that headers cannot have"))?;
        request.headers_mut().append(name, value);
    }
    let answer = transport.send(request).await;
    answer.map_err(|error| innermost(&error))
}

/// The innermost reason of an error.
pub(crate) fn innermost(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause.to_string()
}
