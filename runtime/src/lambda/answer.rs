//! Requests and responses in the types of `lambda_http`.

use std::future::ready;
use std::pin::Pin;

use bytes::Bytes;
use http::{Request, Response, header::CONTENT_ENCODING};
use lambda_http::{Body, IntoResponse};

/// Reads a request. A body in base64 has been decoded.
pub(super) fn request_of(request: lambda_http::Request) -> Request<Bytes> {
    request.map(|body| match body {
        Body::Text(text) => Bytes::from(text),
        Body::Binary(bytes) => Bytes::from(bytes),
        // `Body` may get more forms.
        _ => Bytes::new(),
    })
}

/// A response of the function.
///
/// `lambda_http` would choose by the media type what it sends as text, and would replace what is not UTF-8 in it. Here
/// text is what is UTF-8, and all else is sent in base64.
pub(super) struct Answer(pub(super) Response<Bytes>);

impl IntoResponse for Answer {
    fn into_response(self) -> Pin<Box<dyn Future<Output = Response<Body>> + Send>> {
        let (parts, bytes) = self.0.into_parts();
        let is_encoded = parts.headers.contains_key(CONTENT_ENCODING);
        let body = match String::from_utf8(bytes.into()) {
            Ok(text) if text.is_empty() => Body::Empty,
            Ok(text) if !is_encoded => Body::Text(text),
            Ok(text) => Body::Binary(text.into_bytes()),
            Err(error) => Body::Binary(error.into_bytes()),
        };
        Box::pin(ready(Response::from_parts(parts, body)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn body_of(bytes: &'static [u8], encoding: Option<&str>) -> Body {
        let mut response = Response::builder();
        if let Some(encoding) = encoding {
            response = response.header(CONTENT_ENCODING, encoding);
        }
        let response = response.body(Bytes::from_static(bytes)).unwrap();
        Answer(response).into_response().await.into_body()
    }

    #[tokio::test]
    async fn a_body_is_text_if_it_is_utf_8_and_not_encoded() {
        assert_eq!(body_of(b"", None).await, Body::Empty);
        let text = "grüße".as_bytes();
        assert_eq!(body_of(text, None).await, Body::Text("grüße".into()));
        assert_eq!(
            body_of(b"\xff\0", None).await,
            Body::Binary(b"\xff\0".into())
        );
        let encoded = body_of(text, Some("identity")).await;
        assert_eq!(encoded, Body::Binary(text.into()));
    }
}
