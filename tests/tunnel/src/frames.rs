//! The frames of the protocol (`@bpinternal/tunnel`, `types.ts`).

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

/// A request to the public address.
#[derive(Clone, Debug, Default)]
pub struct Call {
    /// The method.
    pub method: String,
    /// The path behind the id.
    pub path: String,
    /// The query, without its question mark.
    pub query: Option<String>,
    /// The headers.
    pub headers: BTreeMap<String, String>,
    /// The body.
    pub body: String,
}

impl Call {
    /// A call of an operation, as Botpress makes it.
    #[must_use]
    pub fn operation(operation: &str, body: &Value) -> Self {
        Self {
            method: "POST".to_owned(),
            path: "/".to_owned(),
            headers: BTreeMap::from([("x-bp-operation".to_owned(), operation.to_owned())]),
            body: body.to_string(),
            ..Self::default()
        }
    }

    pub(crate) fn frame(&self, id: &str) -> Value {
        let mut frame = json!({
            "type": "request", "id": id, "method": self.method, "path": self.path,
            "headers": self.headers, "body": self.body,
        });
        if let Some(query) = &self.query {
            frame["query"] = query.as_str().into();
        }
        frame
    }
}

/// The answer of a tail.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// The headers, with all their values.
    pub headers: BTreeMap<String, Vec<String>>,
    /// The body.
    pub body: String,
}

/// A frame of a tail.
pub(crate) enum FromTail {
    Hello { capabilities: Vec<String> },
    Response { request_id: String, reply: Reply },
}

/// Reads a frame of a tail, as strictly as the schemas of the protocol. Members that they do not have are ignored there,
/// and refused here.
pub(crate) fn read(text: &str) -> Option<FromTail> {
    let frame: Value = serde_json::from_str(text).ok()?;
    let frame = frame.as_object()?;
    match frame.get("type").map(Value::as_str) {
        Some(Some("hello")) => hello(frame),
        None | Some(Some("response")) => response(frame),
        Some(_) => None,
    }
}

fn hello(frame: &Map<String, Value>) -> Option<FromTail> {
    has_only(frame, &["type", "capabilities"])?;
    let capabilities = match frame.get("capabilities") {
        None => Vec::new(),
        Some(names) => texts(names.as_array()?)?,
    };
    Some(FromTail::Hello { capabilities })
}

fn response(frame: &Map<String, Value>) -> Option<FromTail> {
    has_only(frame, &["type", "requestId", "status", "headers", "body"])?;
    let mut headers = BTreeMap::new();
    for (name, values) in frame
        .get("headers")
        .map_or(Some(&Map::new()), Value::as_object)?
    {
        let values = match values {
            Value::Array(values) => texts(values)?,
            one => vec![one.as_str()?.to_owned()],
        };
        headers.insert(name.clone(), values);
    }
    Some(FromTail::Response {
        request_id: frame.get("requestId")?.as_str()?.to_owned(),
        reply: Reply {
            status: u16::try_from(frame.get("status")?.as_u64()?).ok()?,
            headers,
            body: match frame.get("body") {
                None => String::new(),
                Some(body) => body.as_str()?.to_owned(),
            },
        },
    })
}

fn has_only(frame: &Map<String, Value>, names: &[&str]) -> Option<()> {
    let is_known = |name: &String| names.contains(&name.as_str());
    frame.keys().all(is_known).then_some(())
}

fn texts(values: &[Value]) -> Option<Vec<String>> {
    let texts = values.iter().map(|value| value.as_str().map(str::to_owned));
    texts.collect()
}
