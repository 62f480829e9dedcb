//! A running function with its Runtime API.

use std::path::Path;
use std::time::Duration;

use contexture_lambda::{Answer, Event, FunctionProcess, Outcome, RuntimeApi};
use serde_json::{Value, json};

/// Longer than any call of a test.
pub(crate) const LONG: Duration = Duration::from_mins(10);

/// A function that has been started.
pub(crate) struct Lambda {
    pub(crate) api: RuntimeApi,
    pub(crate) process: FunctionProcess,
}

impl Lambda {
    /// Starts the function with the variables that it needs.
    pub(crate) async fn start(variables: &[(&str, &str)]) -> Self {
        let token = ("SECRET_SERVICE_TOKEN", "token-1");
        Self::start_with(&[&[token], variables].concat()).await
    }

    /// Starts the function with these variables alone.
    pub(crate) async fn start_with(variables: &[(&str, &str)]) -> Self {
        let api = RuntimeApi::start().await.unwrap();
        let program = Path::new(env!("CARGO_BIN_EXE_lambda-function"));
        let process = FunctionProcess::start(program, &api, variables).unwrap();
        Self { api, process }
    }

    /// Sends an event; gives the response.
    pub(crate) async fn send(&self, event: &Event) -> Answer {
        answered(self.api.invoke(event, LONG).await)
    }

    /// Calls an action with an input.
    pub(crate) async fn act(&self, action: &str, input: &Value) -> Answer {
        self.send(&acting(action, input)).await
    }
}

pub(crate) fn answered(outcome: Outcome) -> Answer {
    match outcome {
        Outcome::Answered(answer) => answer,
        other => panic!("no response: {other:?}"),
    }
}

/// The event of a call with a valid configuration.
pub(crate) fn call(operation: &str, body: &Value) -> Event {
    Event::call(operation, &json!({ "key": "key-1" }), body)
}

/// The event of an action.
pub(crate) fn acting(action: &str, input: &Value) -> Event {
    call(
        "action_triggered",
        &json!({ "type": action, "input": input }),
    )
}
