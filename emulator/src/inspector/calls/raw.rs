//! Recorded bodies as they are.

use axum::extract::Path;
use axum::response::{IntoResponse as _, Response};
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};

use crate::exchange::{Exchange, RecordedBody};
use crate::inspector::failure::{Answer, Failure};
use crate::inspector::named::Named;
use crate::inspector::state::Inspector;

pub(in crate::inspector) async fn request(
    Named(inspector): Named,
    Path(id): Path<String>,
) -> Answer {
    Ok(raw(&find(&inspector, &id)?.request.body, &id))
}

pub(in crate::inspector) async fn response(
    Named(inspector): Named,
    Path(id): Path<String>,
) -> Answer {
    let response = find(&inspector, &id)?.response;
    let response = response.ok_or_else(|| Failure::not_found("answer of the exchange", &id))?;
    Ok(raw(&response.body, &id))
}

fn find(inspector: &Inspector, id: &str) -> Result<Exchange, Failure> {
    let found = inspector.platform.recorder().find(id)?;
    found.ok_or_else(|| Failure::not_found("exchange", id))
}

/// A browser shows texts and downloads the rest. It takes neither for a page.
fn raw(body: &RecordedBody, id: &str) -> Response {
    let bytes = body.bytes().to_vec();
    if body.text().is_some() {
        return ([(CONTENT_TYPE, "text/plain; charset=utf-8")], bytes).into_response();
    }
    let headers = [
        (CONTENT_TYPE, "application/octet-stream".to_owned()),
        (
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"{id}.bin\""),
        ),
    ];
    (headers, bytes).into_response()
}
