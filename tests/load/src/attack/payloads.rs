//! Calls with bodies that are invalid or slow to validate.

use std::time::Duration;

use contexture_load::Connection;
use serde_json::{Value, json};

use super::{TIMEOUT, Target};
use crate::call::Call;

/// The depth of a tree: each level doubles the work of a validator that tries every alternative.
const DEPTH: usize = 16;

/// Short bodies of a union that contains itself twice, with a leaf that fits no alternative.
pub(super) fn trees(target: Target<'_>) {
    let leaf = json!("no number");
    let root = (0..DEPTH).fold(leaf, |next, _| json!({ "next": next }));
    call(target, &[Call::message("tree", &json!({ "root": root }))]);
}

/// Strings that match a pattern up to their last character, in very many ways.
pub(super) fn patterns(target: Target<'_>) {
    let slug = "a".repeat(40) + "!";
    let payload = json!({ "root": 1, "slug": slug });
    call(target, &[Call::message("tree", &payload)]);
}

/// Webhooks without a signature, with a query of very many fields, and with a malformed query; bodies that are JSON
/// but not a valid payload.
pub(super) fn webhooks(target: Target<'_>) {
    let many = "a=1&".repeat(20_000);
    let calls = [
        Call::webhook("/", "", "forged"),
        Call::webhook("/query", &many, ""),
        Call::webhook("/query", "%ff=%&&&a=b=c", ""),
        Call::message("form", &Value::Null),
    ];
    call(target, &calls);
}

/// Makes one call after the other, and ignores the responses.
fn call(target: Target<'_>, calls: &[Call]) {
    let requests: Vec<_> = calls.iter().map(Call::to_http).collect();
    let mut requests = requests.iter().cycle();
    let mut connection = None;
    target.repeat(Duration::from_millis(50), || {
        let open = match connection.take() {
            Some(open) => Ok(open),
            None => Connection::open_for(target.address, TIMEOUT),
        };
        let (Ok(mut open), Some(request)) = (open, requests.next()) else {
            return;
        };
        if open.send(request).is_ok() && open.receive().is_ok_and(|answer| !answer.closes()) {
            connection = Some(open);
        }
    });
}
