//! Compares responses with the expected ones.

use serde_json::Value;

use super::journal::{Call, Entry};
use super::stage::Outcome;
use super::step::{Expected, ExpectedAnswer, ExpectedCall};

/// Lists all differences from the expected response.
pub(super) fn check(expected: &Expected, outcome: &Outcome) -> Vec<String> {
    let mut problems = Vec::new();
    if outcome.status != expected.status {
        problems.push(format!("expected the status {}", expected.status));
    }
    problems.extend(check_answer(&expected.answer, &outcome.answer));
    let calls: Vec<_> = outcome.entries.iter().filter_map(call).collect();
    for (index, expected) in expected.calls.iter().enumerate() {
        problems.extend(check_call(expected, calls.get(index).copied()));
    }
    for call in calls.iter().skip(expected.calls.len()) {
        problems.push(format!("did not expect {}", describe(call)));
    }
    problems
}

fn call(entry: &Entry) -> Option<&Call> {
    match entry {
        Entry::Call(call) => Some(call),
        Entry::Log(_) => None,
    }
}

fn check_answer(expected: &ExpectedAnswer, answer: &Value) -> Vec<String> {
    match expected {
        ExpectedAnswer::Json(expected) if answer == expected => Vec::new(),
        ExpectedAnswer::Json(expected) => vec![format!("expected the response {expected}")],
        ExpectedAnswer::Text(expected) if answer == expected => Vec::new(),
        ExpectedAnswer::Text(expected) => vec![format!("expected the response {expected}")],
        ExpectedAnswer::Refusal(mentions) => check_refusal(mentions, answer),
    }
}

fn check_refusal(mentions: &[&str], answer: &Value) -> Vec<String> {
    let mut problems = Vec::new();
    if answer["type"] != "InvalidPayload" {
        problems.push("expected an error of the type InvalidPayload".to_owned());
    }
    let message = answer["message"].as_str().unwrap_or_default();
    let missing = mentions
        .iter()
        .filter(|mention| !message.contains(**mention));
    problems.extend(missing.map(|mention| format!("expected the message to name {mention}")));
    problems
}

fn check_call(expected: &ExpectedCall, call: Option<&Call>) -> Vec<String> {
    let Some(call) = call else {
        return vec![format!("expected {}", expected.request)];
    };
    let mut problems = Vec::new();
    if describe(call) != expected.request {
        problems.push(format!(
            "expected {} in place of {}",
            expected.request,
            describe(call)
        ));
    }
    if !covers(&call.body, &expected.body) {
        problems.push(format!(
            "expected {} in {}",
            expected.body, expected.request
        ));
    }
    let is_as_found = if expected.is_found {
        (200..300).contains(&call.status)
    } else {
        call.status == 404
    };
    if !is_as_found {
        let what = if expected.is_found {
            "succeed"
        } else {
            "find nothing"
        };
        problems.push(format!("expected {} to {what}", expected.request));
    }
    problems
}

fn describe(call: &Call) -> String {
    format!("{} {} ({})", call.method, call.path, call.scheme)
}

/// Whether a value contains the expected one. Its objects may have more properties.
fn covers(value: &Value, expected: &Value) -> bool {
    match (value, expected) {
        (Value::Object(value), Value::Object(expected)) => expected
            .iter()
            .all(|(name, expected)| value.get(name).is_some_and(|value| covers(value, expected))),
        _ => value == expected,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn outcome(status: u16, answer: Value) -> Outcome {
        Outcome {
            status,
            answer,
            location: None,
            cookie: String::new(),
            entries: Vec::new(),
        }
    }

    #[test]
    fn differences_are_named() {
        let expected = Expected::json(json!({})).asking_botpress("POST", "events", json!({}));
        let problems = check(&expected, &outcome(500, json!({})));
        assert_eq!(
            problems,
            [
                "expected the status 200",
                "expected POST /v1/chat/events (Bearer)"
            ]
        );
    }

    #[test]
    fn a_refusal_has_to_name_the_place() {
        let expected = Expected::refusal(&["/title", "/labels"]);
        let answer = json!({ "type": "InvalidPayload", "message": "at /title: must be a string" });
        let problems = check(&expected, &outcome(400, answer));
        assert_eq!(problems, ["expected the message to name /labels"]);
    }

    #[test]
    fn an_object_may_hold_more_than_expected() {
        let value = json!({ "a": { "b": 1, "c": 2 }, "d": 3 });
        assert!(covers(&value, &json!({ "a": { "b": 1 } })));
        assert!(!covers(&value, &json!({ "a": { "b": 2 } })));
        assert!(!covers(&value, &json!({ "e": null })));
    }
}
