//! The start of a function, and its errors.

use contexture_lambda::Outcome;
use serde_json::Value;
use tokio::process::Command;

use crate::support::Lambda;

/// Starts a function that cannot start; gives what it reports to Lambda.
async fn report(variables: &[(&str, &str)]) -> Value {
    let mut lambda = Lambda::start_with(variables).await;
    let reported = match lambda.api.outcome().await {
        Outcome::NotStarted(reported) => reported,
        other => panic!("not an error of the start: {other:?}"),
    };
    let message = reported["errorMessage"].as_str().unwrap();
    lambda.process.error_line(message).await.unwrap();
    assert!(!lambda.process.ended().await.unwrap().success());
    reported
}

#[tokio::test]
async fn a_missing_secret_is_reported_to_lambda_and_logged() {
    let reported = report(&[]).await;
    assert_eq!(
        reported["errorMessage"],
        "missing secrets: set SECRET_SERVICE_TOKEN"
    );
    assert_eq!(reported["errorType"], "Runtime.InitError");
}

#[tokio::test]
async fn an_invalid_signing_secret_is_reported_and_not_shown() {
    let variables = [
        ("SECRET_SERVICE_TOKEN", "token-1"),
        ("BP_SIGNING_SECRET", "hunter 2"),
    ];
    let reported = report(&variables).await;
    let expected = "BP_SIGNING_SECRET: signing secret 1 is not base64url text";
    assert_eq!(reported["errorMessage"], expected);
}

#[tokio::test]
async fn a_function_without_the_other_variables_of_lambda_says_that_this_is_not_lambda() {
    let program = env!("CARGO_BIN_EXE_lambda-function");
    let output = Command::new(program)
        .env_clear()
        .env("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:9")
        .output()
        .await
        .unwrap();
    assert!(!output.status.success());
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(
        text.contains("this is not AWS Lambda: AWS_LAMBDA_FUNCTION_NAME, "),
        "{text}"
    );
}
