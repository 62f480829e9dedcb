//! The report of an error of the start.

use http::{Method, Request};
use lambda_http::lambda_runtime::Diagnostic;
use lambda_runtime_api_client::{BoxError, Client, body::Body};

use super::LambdaError;

/// The path of the Runtime API for errors of the start, in the version that `lambda_http` uses.
const PATH: &str = "/2018-06-01/runtime/init/error";

/// Reports an error to Lambda. If that fails, the error in the log is all that there is.
pub(super) async fn report(error: &LambdaError) {
    if let Err(failure) = send(error).await {
        tracing::error!("cannot report the error of the start to Lambda: {failure}");
    }
}

async fn send(error: &LambdaError) -> Result<(), BoxError> {
    let diagnostic = Diagnostic {
        error_type: "Runtime.InitError".to_owned(),
        error_message: error.to_string(),
    };
    let request = Request::builder()
        .method(Method::POST)
        .uri(PATH)
        .header("lambda-runtime-function-error-type", &diagnostic.error_type)
        .body(Body::from(serde_json::to_vec(&diagnostic)?))?;
    Client::builder().build()?.call(request).await?;
    Ok(())
}
