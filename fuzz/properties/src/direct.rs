//! Texts that are read directly, and the same texts read through a JSON value.

use serde_json::Value;

use crate::bodies::ask;
use crate::payloads::PAYLOADS;
use crate::service::TestApp;
use crate::{Use, answer, named};

/// The operations whose bodies are read directly.
pub(crate) const OPERATIONS: [&str; 2] = ["action_triggered", "message_created"];

/// Reads a text in both ways. The input is a line with the name of an operation or the path of a payload's type, then the
/// text.
///
/// # Panics
///
/// Panics if acceptance, the violations, the value, or the text that is written differ.
#[must_use]
pub fn direct(text: &[u8]) -> Use {
    let Some((name, body)) = named(text) else {
        return Use::Rejected;
    };
    if let Some(kind) = PAYLOADS.iter().find(|kind| kind.path == name) {
        (kind.both_ways)(body);
        return Use::Kept;
    }
    if !OPERATIONS.contains(&name) {
        return Use::Rejected;
    }
    if serde_json::from_slice::<Value>(body).is_err() {
        return refused(name, body);
    }
    let Some(detour) = detour(body) else {
        return Use::Rejected;
    };
    let (Some(ask), Some(other)) = (ask(name, body), ask(name, &detour)) else {
        return Use::Rejected;
    };
    let answers = [ask, other].map(|ask| answer::check(name, &TestApp::new().ask(ask)));
    assert_eq!(answers[0], answers[1], "directly, and through a value");
    Use::Kept
}

/// Checks that a text that is not JSON is refused.
fn refused(name: &str, body: &[u8]) -> Use {
    let Some(ask) = ask(name, body) else {
        return Use::Rejected;
    };
    let (status, _) = answer::check(name, &TestApp::new().ask(ask));
    assert_eq!(status, 400, "a text that is not JSON was accepted");
    Use::Kept
}

/// Returns the same body with a member twice, which is never read directly. The last one counts.
fn detour(body: &[u8]) -> Option<Vec<u8>> {
    let Value::Object(members) = serde_json::from_slice(body).ok()? else {
        return None;
    };
    members.get("type")?;
    let start = body.iter().position(|byte| *byte == b'{')? + 1;
    Some([&body[..start], br#""type":0,"#, &body[start..]].concat())
}
