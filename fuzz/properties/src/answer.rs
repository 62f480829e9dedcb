//! Checks that apply to every response.

use bytes::Bytes;
use http::Response;
use serde_json::Value;

/// The operations whose handlers write the response themselves.
const FREE: [&str; 1] = ["webhook_received"];

/// Checks that Botpress can read a response; returns the parts of it that do not vary.
pub(crate) fn check(operation: &str, response: &Response<Bytes>) -> (u16, Value) {
    let status = response.status();
    let value = serde_json::from_slice(response.body());
    if status.is_client_error() || status.is_server_error() {
        let mut error: Value = value.expect("an error is JSON");
        for (name, is_right) in [
            ("message", error["message"].is_string()),
            ("type", error["type"].is_string()),
            ("code", error["code"].is_u64()),
            (
                "id",
                error["id"]
                    .as_str()
                    .is_some_and(|id| id.starts_with("err_")),
            ),
        ] {
            assert!(is_right, "{name} of {error}");
        }
        // Every error has its own id.
        error["id"] = Value::Null;
        return (status.as_u16(), error);
    }
    assert!(status.is_success(), "{status}");
    if !FREE.contains(&operation) {
        let value: Value = value.expect("a response is JSON");
        assert!(value.is_object(), "{value}");
        return (status.as_u16(), value);
    }
    let text = String::from_utf8_lossy(response.body()).into_owned();
    (status.as_u16(), text.into())
}
