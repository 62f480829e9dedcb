//! Two invalid requests.

use contexture::{Operation, Result};
use serde_json::json;

use super::payloads;
use super::setting;
use super::step::{Expected, Step};
use crate::github::ConfigurationType;

/// The requests. Neither reaches a handler.
pub(super) fn all() -> Result<[Step; 2]> {
    let configuration = setting::configuration(ConfigurationType::PersonalAccessToken);
    let configuration = setting::encode(&configuration)?;
    let mut wrong_input = payloads::create_issue();
    wrong_input["input"]["title"] = json!(42);
    wrong_input["input"]["labels"] = json!("bug");
    Ok([
        Step {
            operation: Operation::ActionTriggered,
            title: "the configuration's type, deployKey, is not declared",
            configuration_type: "deployKey",
            configuration: configuration.clone(),
            body: payloads::create_issue(),
            shown: None,
            expected: Expected::refusal(&["`deployKey`", "`oauth`", "`personalAccessToken`"]),
        },
        Step {
            operation: Operation::ActionTriggered,
            title: "a valid personal access token, and an input with two invalid fields",
            configuration_type: "personalAccessToken",
            configuration,
            body: wrong_input,
            shown: None,
            expected: Expected::refusal(&["createIssue", "/title", "/labels"]),
        },
    ])
}
