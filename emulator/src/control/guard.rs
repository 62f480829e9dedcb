//! Requests that are refused: those of pages, and those that name another host.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::HeaderMap;
use http::header::ORIGIN;

use super::body::Refusal;
use crate::host;

/// Refuses requests of browsers, which say where they come from, and requests that name another host.
pub(super) async fn guard(request: Request, next: Next) -> Result<Response, Refusal> {
    check(request.headers())?;
    Ok(next.run(request).await)
}

fn check(headers: &HeaderMap) -> Result<(), Refusal> {
    if !host::is_local(headers) {
        return Err(Refusal::forbidden(
            "requests have to name this machine, such as http://127.0.0.1",
        ));
    }
    // A browser sends one of them with each request that a page of another site can cause.
    let of_page = [ORIGIN.as_str(), "sec-fetch-site"];
    match of_page.iter().find(|name| headers.contains_key(**name)) {
        Some(name) => Err(Refusal::forbidden(format!(
            "requests of web pages are refused; this one has the header `{name}`"
        ))),
        None => Ok(()),
    }
}
