//! The example on the stand-in of AWS Lambda.

use std::path::Path;
use std::time::Duration;

use contexture_lambda::{Event, FunctionProcess, Outcome, RuntimeApi};
use serde_json::json;

#[tokio::test]
async fn the_function_answers_an_action() {
    let api = RuntimeApi::start().await.unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_lambda"));
    let _function = FunctionProcess::start(program, &api, &[]).unwrap();
    let configuration = json!({ "apiKey": "key-1", "region": "eu" });
    let input = json!({ "to": "ada", "text": "hello" });
    let body = json!({ "type": "sendMessage", "input": input });
    let event = Event::call("action_triggered", &configuration, &body);
    let outcome = api.invoke(&event, Duration::from_mins(1)).await;
    let Outcome::Answered(answer) = outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!(answer.json()["output"], json!({ "messageId": "eu-1" }));
}
