//! The frames of the tunnel (`@bpinternal/tunnel`, `types.ts`).

use std::fmt;

use serde_json::{Map, Value, json};

/// A frame of the tunnel.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Received {
    /// Someone calls the public address.
    Request(TunnelRequest),
    /// It keeps the connection alive.
    Hello,
    /// A frame of a type that is not known here.
    Other(String),
}

/// A request to the public address.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct TunnelRequest {
    /// The id that the response repeats.
    pub(super) id: String,
    pub(super) method: String,
    /// The path behind the id of the tunnel.
    pub(super) path: String,
    pub(super) query: Option<String>,
    /// The headers; one with several values is there several times.
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Option<String>,
}

/// Leaves out the headers and the body, which may be secret.
impl fmt::Debug for TunnelRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("TunnelRequest")
            .field("id", &self.id)
            .field("method", &self.method)
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

/// A response to a request.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct TunnelResponse {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: String,
}

impl TunnelResponse {
    /// A response of this side.
    pub(super) fn text(status: u16, text: &str) -> Self {
        Self {
            status,
            headers: vec![("content-type".to_owned(), "text/plain".to_owned())],
            body: text.to_owned(),
        }
    }
}

/// Reads a frame. The error says what is wrong with it, and does not quote it.
pub(super) fn read(text: &str) -> Result<Received, String> {
    let frame: Value = serde_json::from_str(text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        format!("it is not JSON (line {line}, column {column})")
    })?;
    let Value::Object(frame) = frame else {
        return Err("it is no object".to_owned());
    };
    match frame.get("type") {
        // A request needs no type.
        None => request(&frame).map(Received::Request),
        Some(Value::String(kind)) => match kind.as_str() {
            "request" => request(&frame).map(Received::Request),
            "hello" => Ok(Received::Hello),
            other => Ok(Received::Other(other.to_owned())),
        },
        Some(_) => Err("its `type` is no string".to_owned()),
    }
}

fn request(frame: &Map<String, Value>) -> Result<TunnelRequest, String> {
    let required =
        |name: &str| optional(frame, name)?.ok_or_else(|| format!("the request has no `{name}`"));
    Ok(TunnelRequest {
        id: required("id")?,
        method: required("method")?,
        path: required("path")?,
        query: optional(frame, "query")?,
        headers: headers(frame.get("headers"))?,
        body: optional(frame, "body")?,
    })
}

fn optional(frame: &Map<String, Value>, name: &str) -> Result<Option<String>, String> {
    match frame.get(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(format!("the `{name}` of the request is no string")),
    }
}

fn headers(headers: Option<&Value>) -> Result<Vec<(String, String)>, String> {
    let wrong = || "the headers of the request are not strings by their names".to_owned();
    let headers = match headers {
        None => return Ok(Vec::new()),
        Some(headers) => headers.as_object().ok_or_else(wrong)?,
    };
    let mut read = Vec::with_capacity(headers.len());
    for (name, values) in headers {
        let values = match values {
            Value::Array(values) => values.as_slice(),
            one => std::slice::from_ref(one),
        };
        for value in values {
            let value = value.as_str().ok_or_else(wrong)?;
            read.push((name.clone(), value.to_owned()));
        }
    }
    Ok(read)
}

/// The frame that keeps the connection alive. It announces no capabilities.
pub(super) fn hello() -> String {
    json!({ "type": "hello" }).to_string()
}

/// The frame of a response. A header that is there several times has a list of values.
pub(super) fn response(request_id: &str, response: &TunnelResponse) -> String {
    let mut headers = Map::new();
    for (name, value) in &response.headers {
        match headers.get_mut(name) {
            None => {
                headers.insert(name.clone(), value.as_str().into());
            }
            Some(Value::Array(values)) => values.push(value.as_str().into()),
            Some(first) => *first = json!([first.take(), value]),
        }
    }
    json!({
        "type": "response",
        "requestId": request_id,
        "status": response.status,
        "headers": headers,
        "body": response.body,
    })
    .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_read_with_and_without_its_type() {
        let plain = json!({ "id": "1", "method": "POST", "path": "/" });
        let whole = json!({
            "type": "request", "id": "2", "method": "POST", "path": "/a", "query": "b=c",
            "headers": { "x-one": "1", "x-two": ["2", "3"] }, "body": "{}", "later": true,
        });
        let Ok(Received::Request(request)) = read(&plain.to_string()) else {
            panic!("it is a request");
        };
        assert_eq!(
            (request.query, request.headers, request.body),
            (None, Vec::new(), None)
        );
        let Ok(Received::Request(request)) = read(&whole.to_string()) else {
            panic!("it is a request");
        };
        let headers = [("x-one", "1"), ("x-two", "2"), ("x-two", "3")];
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(request.headers, headers);
        assert_eq!(request.query.as_deref(), Some("b=c"));
        assert_eq!(request.body.as_deref(), Some("{}"));
    }

    #[test]
    fn a_hello_may_have_capabilities_and_an_unknown_type_is_named() {
        let hello = json!({ "type": "hello", "capabilities": ["ws"] });
        assert_eq!(read(&hello.to_string()), Ok(Received::Hello));
        let other = json!({ "type": "ws_open", "id": "1", "path": "/" });
        assert_eq!(
            read(&other.to_string()),
            Ok(Received::Other("ws_open".to_owned()))
        );
    }

    #[test]
    fn a_frame_that_cannot_be_read_is_refused_without_being_quoted() {
        for (frame, reason) in [
            ("{\"secret\":", "it is not JSON"),
            ("[\"secret\"]", "it is no object"),
            ("{\"type\":7}", "its `type` is no string"),
            ("{}", "the request has no `id`"),
            (
                "{\"id\":\"1\",\"path\":\"/\"}",
                "the request has no `method`",
            ),
            (
                "{\"id\":1,\"secret\":1}",
                "the `id` of the request is no string",
            ),
            (
                "{\"id\":\"1\",\"method\":\"GET\",\"path\":\"/\",\"body\":{\"secret\":1}}",
                "the `body` of the request is no string",
            ),
            (
                "{\"id\":\"1\",\"method\":\"GET\",\"path\":\"/\",\"headers\":{\"a\":[1,\"secret\"]}}",
                "the headers of the request are not strings",
            ),
        ] {
            let error = read(frame).unwrap_err();
            assert!(error.starts_with(reason), "{frame}: {error}");
            assert!(!error.contains("secret"), "{error}");
        }
    }

    #[test]
    fn a_response_has_a_list_for_a_header_that_is_there_several_times() {
        let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let headers = vec![
            header("a", "1"),
            header("b", "2"),
            header("a", "3"),
            header("a", "4"),
        ];
        let sent = TunnelResponse {
            status: 201,
            headers,
            body: "é".to_owned(),
        };
        let sent: Value = serde_json::from_str(&response("r", &sent)).unwrap();
        let expected = json!({
            "type": "response", "requestId": "r", "status": 201,
            "headers": { "a": ["1", "3", "4"], "b": "2" }, "body": "é",
        });
        assert_eq!(sent, expected);
        assert_eq!(hello(), r#"{"type":"hello"}"#);
    }
}
