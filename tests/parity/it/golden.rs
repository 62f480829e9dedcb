//! The recorded responses of the official SDK.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use bytes::Bytes;
use http::Response;
use serde_json::Value;

/// The placeholder for the id of an error, which is random.
pub(crate) const ERROR_ID: &str = "err_ID";

/// The headers that a server adds to every response.
pub(crate) const OF_THE_SERVER: [&str; 5] = [
    "connection",
    "content-length",
    "date",
    "keep-alive",
    "transfer-encoding",
];

/// The response to one request.
pub(crate) struct Record {
    pub(crate) name: String,
    pub(crate) differs: Option<String>,
    pub(crate) answer: Answer,
}

/// A response, without the headers that a server adds to every response.
#[derive(Debug, PartialEq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: BTreeMap<String, String>,
    /// The JSON, or the text as a JSON string.
    pub(crate) body: Value,
}

/// Reads the records; returns `None` if no folder is set.
pub(crate) fn read_records() -> Option<Vec<Record>> {
    let folder = PathBuf::from(std::env::var_os("CONTEXTURE_ORACLE")?);
    let path = folder.join("golden/http.jsonl");
    let text = fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("cannot read {}: {error}", path.display()));
    Some(text.lines().map(read_record).collect())
}

fn read_record(line: &str) -> Record {
    let record: Value = serde_json::from_str(line).unwrap();
    let answer = &record["answer"];
    let headers = answer["headers"].as_object().unwrap();
    Record {
        name: record["name"].as_str().unwrap().to_owned(),
        differs: record["differs"].as_str().map(str::to_owned),
        answer: Answer {
            status: answer["status"].as_u64().unwrap().try_into().unwrap(),
            headers: headers
                .iter()
                .map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned()))
                .collect(),
            body: read_body(answer["body"].as_str().unwrap()),
        },
    }
}

impl Answer {
    pub(crate) fn of(response: &Response<Bytes>) -> Self {
        let headers = response.headers().iter();
        Self {
            status: response.status().as_u16(),
            headers: headers
                .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
                .filter(|(name, _)| !OF_THE_SERVER.contains(&name.as_str()))
                .collect(),
            body: read_body(str::from_utf8(response.body()).unwrap()),
        }
    }
}

/// Reads a body, and replaces the id of an error by the placeholder.
pub(crate) fn read_body(text: &str) -> Value {
    let mut body = serde_json::from_str(text).unwrap_or_else(|_| Value::from(text));
    if let Some(id) = body.get_mut("id").filter(|id| is_error_id(id)) {
        *id = Value::from(ERROR_ID);
    }
    body
}

fn is_error_id(id: &Value) -> bool {
    let parts = id
        .as_str()
        .and_then(|id| id.strip_prefix("err_")?.split_once('x'));
    parts.is_some_and(|(time, random)| {
        time.len() == 14
            && time.bytes().all(|byte| byte.is_ascii_digit())
            && random.len() == 8
            && random
                .bytes()
                .all(|byte| matches!(byte, b'0'..=b'9' | b'A'..=b'F'))
    })
}
