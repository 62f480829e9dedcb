//! Requests and responses between the frames of the tunnel and HTTP.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, Uri};

use super::frame::{TunnelRequest, TunnelResponse};

/// Headers that belong to one connection (RFC 9110, section 7.6.1), and those that follow from the body and the address.
const OF_THE_CONNECTION: [&str; 11] = [
    "connection",
    "content-length",
    "expect",
    "host",
    "keep-alive",
    "proxy-authenticate",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// A body that was compressed would not be text.
const ENCODING: &str = "accept-encoding";

/// Makes an HTTP request. The error says what is wrong with it.
pub(super) fn request(request: TunnelRequest) -> Result<Request<Bytes>, String> {
    let TunnelRequest {
        method,
        path,
        query,
        headers,
        body,
        ..
    } = request;
    let method = Method::from_bytes(method.as_bytes())
        .map_err(|_| format!("`{method}` is no method of HTTP"))?;
    let slash = if path.starts_with('/') { "" } else { "/" };
    let query = query.filter(|query| !query.is_empty());
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    let uri: Uri = format!("{slash}{path}{query}")
        .parse()
        .map_err(|_| "its path and query cannot be those of a URL".to_owned())?;
    let mut sent = Request::new(Bytes::from(body.unwrap_or_default()));
    *sent.method_mut() = method;
    *sent.uri_mut() = uri;
    for (name, value) in headers {
        let name = HeaderName::from_bytes(name.as_bytes())
            .map_err(|_| format!("`{name}` is no name of a header"))?;
        let value = HeaderValue::from_bytes(value.as_bytes())
            .map_err(|_| format!("the header `{name}` has signs that headers cannot have"))?;
        if !OF_THE_CONNECTION.contains(&name.as_str()) && name != ENCODING {
            sent.headers_mut().append(name, value);
        }
    }
    Ok(sent)
}

/// Makes the response for the tunnel, whose bodies are strings.
pub(super) fn response(response: Response<Bytes>) -> Result<TunnelResponse, String> {
    let (head, body) = response.into_parts();
    let body = String::from_utf8(body.into()).map_err(|error| {
        let size = error.as_bytes().len();
        format!(
            "the answer is not text but {size} bytes of {}, and the tunnel carries text only; encode it, for example as \
             Base64",
            content_type(&head.headers)
        )
    })?;
    let kept = head
        .headers
        .iter()
        .filter(|(name, _)| !OF_THE_CONNECTION.contains(&name.as_str()));
    let headers = kept.map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        (name.to_string(), value)
    });
    Ok(TunnelResponse {
        status: head.status.as_u16(),
        headers: headers.collect(),
        body,
    })
}

fn content_type(headers: &HeaderMap) -> &str {
    let named = headers.get(http::header::CONTENT_TYPE);
    let named = named.and_then(|named| named.to_str().ok());
    named.unwrap_or("an unknown type")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(
        path: &str,
        query: Option<&str>,
        headers: &[(&str, &str)],
    ) -> Result<Request<Bytes>, String> {
        let headers = headers.iter();
        let headers = headers.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        request(TunnelRequest {
            id: "1".to_owned(),
            method: "POST".to_owned(),
            path: path.to_owned(),
            query: query.map(str::to_owned),
            headers: headers.collect(),
            body: Some("é".to_owned()),
        })
    }

    #[test]
    fn a_request_keeps_its_path_its_query_its_body_and_the_headers_of_its_sender() {
        let headers = [
            ("X-BP-Operation", "ping"),
            ("Host", "tunnel"),
            ("content-length", "99"),
            ("accept-encoding", "gzip"),
            ("cookie", "a"),
            ("cookie", "b"),
        ];
        let request = sent("/a/b", Some("c=d"), &headers).unwrap();
        assert_eq!(request.uri(), "/a/b?c=d");
        assert_eq!(request.body().as_ref(), "é".as_bytes());
        let kept: Vec<_> = request
            .headers()
            .iter()
            .map(|(name, value)| (name.as_str(), value.to_str().unwrap()))
            .collect();
        assert_eq!(
            kept,
            [("x-bp-operation", "ping"), ("cookie", "a"), ("cookie", "b")]
        );
        assert_eq!(sent("", None, &[]).unwrap().uri(), "/");
        assert_eq!(sent("a", Some(""), &[]).unwrap().uri(), "/a");
    }

    #[test]
    fn a_request_that_http_does_not_have_is_refused() {
        assert!(
            sent("/a b", None, &[])
                .unwrap_err()
                .contains("path and query")
        );
        assert!(
            sent("/", None, &[("a b", "c")])
                .unwrap_err()
                .contains("`a b`")
        );
        let error = sent("/", None, &[("a", "secret\n")]).unwrap_err();
        assert!(!error.contains("secret"), "{error}");
    }

    #[test]
    fn an_answer_that_is_not_text_is_refused_with_its_type_and_size() {
        let image = Response::builder()
            .header("content-type", "image/png")
            .body(Bytes::from_static(b"\x89PNG"));
        let error = response(image.unwrap()).err().unwrap();
        assert!(
            error.starts_with("the answer is not text but 4 bytes of image/png"),
            "{error}"
        );
    }

    #[test]
    fn an_answer_keeps_its_headers_without_those_of_the_connection() {
        let answer = Response::builder()
            .status(201)
            .header("set-cookie", "a")
            .header("set-cookie", "b")
            .header("content-length", "2")
            .header("connection", "close")
            .body(Bytes::from_static(b"{}"));
        let answer = response(answer.unwrap()).unwrap();
        let header = |value: &str| ("set-cookie".to_owned(), value.to_owned());
        assert_eq!(answer.headers, [header("a"), header("b")]);
        assert_eq!((answer.status, answer.body.as_str()), (201, "{}"));
    }
}
