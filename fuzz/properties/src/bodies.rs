//! Any body, for any operation and as any payload.

use bytes::Bytes;
use contexture_compare::json::parse;
use contexture_exact::json::is_equal_as_float;
use http::{Method, Uri};

use crate::payloads::PAYLOADS;
use crate::service::{Ask, TestApp};
use crate::{Use, answer, named};

/// Sends a body. The input is a line with the name of an operation or the path of a payload's type, then the body.
///
/// # Panics
///
/// Panics if the response does not have the form of the API, or if an accepted payload does not come back unchanged.
#[must_use]
pub fn bodies(text: &[u8]) -> Use {
    let Some((name, body)) = named(text) else {
        return Use::Rejected;
    };
    if let Some(kind) = PAYLOADS.iter().find(|kind| kind.path == name) {
        (kind.round_trip)(body);
        return Use::Kept;
    }
    let Some(ask) = ask(name, body) else {
        return Use::Rejected;
    };
    let response = TestApp::new().ask(ask);
    let (status, _) = answer::check(name, &response);
    if name == "action_triggered" && status == 200 {
        check_echo(body, response.body());
    }
    Use::Kept
}

/// A valid request with this body, which may be invalid.
pub(crate) fn ask(operation: &str, body: &[u8]) -> Option<Ask> {
    let headers = contexture_cost::headers(operation, r#"{"apiKey":"key","region":"eu"}"#)?;
    Some(Ask {
        method: Method::POST,
        uri: Uri::from_static("/"),
        headers,
        body: Bytes::copy_from_slice(body),
    })
}

/// Checks that the action `echo` returns its input.
fn check_echo(body: &[u8], response: &[u8]) {
    let read = |text: &[u8]| parse(str::from_utf8(text).ok()?).ok();
    let call = read(body).expect("an accepted body is JSON");
    let answer = read(response).expect("a response is JSON");
    if call.get("type").and_then(|name| name.as_str()) != Some("echo") {
        return;
    }
    let (input, output) = (call.get("input"), answer.get("output"));
    assert!(
        input
            .zip(output)
            .is_some_and(|(input, output)| is_equal_as_float(input, output)),
        "sent {input:?}, and received {output:?}"
    );
}
