//! Secrets in what is sent and answered, by the schemas of the definition.

use serde_json::Value;

use super::Platform;
use crate::definition::Definition;
use crate::exchange::Secrets;

/// Where the states of the API are.
const STATES: &str = "/v1/chat/states/";

/// Where the events of the API are.
const EVENTS: &str = "/v1/chat/events";

/// The operation that calls an action.
const ACTION: &str = "action_triggered";

impl Platform {
    /// The secrets in the body of an API request, or in that of its response.
    pub(super) fn api_secrets(&self, path: &str, body: &[u8]) -> Secrets {
        let definition = self.definition();
        if let Some(state) = path.strip_prefix(STATES) {
            return state_secrets(&definition, state, &json(body));
        }
        if path.starts_with(EVENTS) {
            return event_secrets(&definition, &json(body));
        }
        Secrets::new()
    }

    /// The secrets in the body of a call.
    pub(super) fn call_secrets(&self, operation: &str, body: &[u8]) -> Secrets {
        if operation != ACTION {
            return Secrets::new();
        }
        let (definition, body) = (self.definition(), json(body));
        let name = body["type"].as_str().unwrap_or_default();
        match definition.action(name) {
            Some(action) => {
                Secrets::of_payload(&format!("input of {name}"), action.input, &body["input"])
            }
            None => Secrets::new(),
        }
    }

    /// The secrets in the answer to a call. `subject` is the name of the action.
    pub(super) fn answer_secrets(
        &self,
        operation: &str,
        subject: Option<&str>,
        answer: &[u8],
    ) -> Secrets {
        let definition = self.definition();
        let name = subject.filter(|_| operation == ACTION);
        match name.and_then(|name| Some((name, definition.action(name)?))) {
            Some((name, action)) => {
                let output = &json(answer)["output"];
                Secrets::of_payload(&format!("output of {name}"), action.output, output)
            }
            None => Secrets::new(),
        }
    }
}

/// `state` is the path behind the address of states: `{type}/{id}/{name}`.
fn state_secrets(definition: &Definition, state: &str, body: &Value) -> Secrets {
    let name = state.split('/').nth(2).unwrap_or_default();
    let Some(state) = definition.state(name) else {
        return Secrets::new();
    };
    let payload = match body.get("state") {
        Some(state) => &state["payload"],
        None => &body["payload"],
    };
    Secrets::of_payload(&format!("state {name}"), state.schema, payload)
}

fn event_secrets(definition: &Definition, body: &Value) -> Secrets {
    let listed = body["events"].as_array().into_iter().flatten();
    let events = listed.chain([body, &body["event"]]);
    events.fold(Secrets::new(), |secrets, event| {
        let name = event["type"].as_str().unwrap_or_default();
        match definition.event(name) {
            Some(schema) => {
                let payload_of = format!("event {name}");
                secrets.and(Secrets::of_payload(&payload_of, schema, &event["payload"]))
            }
            None => secrets,
        }
    })
}

fn json(body: &[u8]) -> Value {
    serde_json::from_slice(body).unwrap_or_default()
}
