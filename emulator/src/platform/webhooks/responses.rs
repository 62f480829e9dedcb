//! Responses to webhook requests: those of the integration, and those of the platform.

use axum::body::{Body, Bytes};
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse as _, Response};

use crate::exchange::TRACEPARENT;
use crate::platform::answer::{Answer, CallProblem};
use crate::platform::error::PlatformError;

/// Headers that belong to a connection, and not to a response.
const OF_THE_CONNECTION: [HeaderName; 9] = [
    HeaderName::from_static("keep-alive"),
    header::CONNECTION,
    header::CONTENT_LENGTH,
    header::DATE,
    header::PROXY_AUTHENTICATE,
    header::TE,
    header::TRAILER,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
];

/// The answer of the integration as a response.
pub(super) fn response_of(answer: Answer) -> Response {
    let mut headers = answer.headers;
    for name in &OF_THE_CONNECTION {
        headers.remove(name);
    }
    headers.remove(TRACEPARENT);
    let mut response = Response::new(Body::from(answer.body));
    *response.status_mut() = answer.status;
    *response.headers_mut() = headers;
    response
}

/// The response to a request that cannot be passed on, and the error of its record.
pub(super) fn refused(error: &PlatformError) -> (Response, Option<String>) {
    let status = match error {
        PlatformError::UnknownInstance(_) | PlatformError::WrongStatus { .. } => {
            StatusCode::NOT_FOUND
        }
        PlatformError::Call(failed) => match failed.problem {
            CallProblem::Timeout { .. } => StatusCode::GATEWAY_TIMEOUT,
            _ => StatusCode::BAD_GATEWAY,
        },
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    };
    let text = error.to_string();
    (problem_response(status, &text), Some(text))
}

pub(super) fn no_state() -> Response {
    problem_response(
        StatusCode::BAD_REQUEST,
        "the query has no `state`: Botpress finds the instance by it, so it must be the webhook id",
    )
}

pub(super) fn unknown(name: &str) -> Response {
    let problem = format!(
        "nothing is at this address: webhooks are at /webhook/{{webhookId}}, and the integration is `{name}`"
    );
    problem_response(StatusCode::NOT_FOUND, &problem)
}

pub(super) fn unidentified(identifier: Option<&str>, failure: Option<&str>) -> Response {
    let problem = match (identifier, failure) {
        (Some(identifier), _) => format!("no instance has the identifier `{identifier}`"),
        (None, Some(failure)) => failure.to_owned(),
        (None, None) => "the definition found no identifier in the request".to_owned(),
    };
    problem_response(StatusCode::NOT_FOUND, &problem)
}

pub(super) fn problem_response(status: StatusCode, problem: &str) -> Response {
    let body = serde_json::json!({ "error": problem }).to_string();
    let json = [(header::CONTENT_TYPE, "application/json")];
    (status, json, Bytes::from(body)).into_response()
}
