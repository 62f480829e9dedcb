//! The API as routes of axum.

use axum::Router;
use axum::body::{Body, to_bytes};
use bytes::Bytes;
use contexture::{ApiError, ApiErrorKind};
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Request, Response, StatusCode};

use crate::admin::Admin;
use crate::api::Api;
use crate::host;
use crate::platform::{Integrations, Platform};

/// The largest body of a request, except for uploads.
const BODY_BYTES: usize = 10 * 1024 * 1024;

/// The largest body of the admin API: the largest code, escaped as JSON, and all other parts.
const ADMIN_BYTES: usize = 128 * 1024 * 1024;

/// The largest body of an upload: a byte more than a file can have, so that the API refuses it.
const UPLOAD_BYTES: usize = 100 * 1024 * 1024 + 1;

/// The routes of the API: all paths that no other route takes.
///
/// Requests that name another host than this machine are refused.
pub fn routes(api: Api) -> Router {
    Router::new().fallback(move |request| {
        let api = api.clone();
        answer(request, move |request| api.answer(request))
    })
}

/// The routes of a platform: its webhooks, and its API on all other paths. Both are recorded.
///
/// Requests of the API that name another host than this machine are refused.
pub fn platform_routes(platform: &Platform) -> Router {
    let api = platform.parts().api.clone();
    let integrations = Integrations::new(api, Some(platform.clone()));
    let webhooks = integrations.webhooks();
    webhooks.fallback(move |request| {
        let integrations = integrations.clone();
        answer(request, move |request| integrations.answer_api(request))
    })
}

/// The routes of an emulator to which integrations can be deployed: the admin API, the webhooks of all integrations, and their
/// API on all other paths.
///
/// Requests of the two APIs that name another host than this machine are refused.
pub fn emulator_routes(admin: &Admin) -> Router {
    let webhooks = admin.integrations().webhooks();
    let admin = admin.clone();
    webhooks.fallback(move |request: Request<Body>| async move {
        if Admin::is_for(request.uri().path()) {
            return answer_admin(&admin, request).await;
        }
        let integrations = admin.integrations().clone();
        answer(request, move |request| integrations.answer_api(request)).await
    })
}

async fn answer_admin(admin: &Admin, request: Request<Body>) -> Response<Body> {
    match read(request, ADMIN_BYTES).await {
        Ok(request) => admin.call(request).await.map(Body::from),
        Err(refusal) => refusal,
    }
}

async fn answer(
    request: Request<Body>,
    answer: impl FnOnce(&Request<Bytes>) -> Response<Bytes> + Send + 'static,
) -> Response<Body> {
    let is_upload = request.uri().path().starts_with("/uploads/");
    let limit = if is_upload { UPLOAD_BYTES } else { BODY_BYTES };
    let request = match read(request, limit).await {
        Ok(request) => request,
        Err(refusal) => return refusal,
    };
    // The storage blocks.
    let answer = tokio::task::spawn_blocking(move || answer(&request)).await;
    match answer {
        Ok(response) => response.map(Body::from),
        Err(_) => refusal(
            ApiErrorKind::Internal,
            "the request failed; see the output of the emulator",
        ),
    }
}

/// Reads a request to this machine, with its body.
async fn read(request: Request<Body>, limit: usize) -> Result<Request<Bytes>, Response<Body>> {
    if !host::is_local(request.headers()) {
        let message =
            "the emulator answers requests to this machine only, such as http://localhost";
        return Err(refusal(ApiErrorKind::Forbidden, message));
    }
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, limit).await else {
        let message = format!("the body has more than {limit} bytes, or ended early");
        return Err(refusal(ApiErrorKind::PayloadTooLarge, message));
    };
    Ok(Request::from_parts(parts, body))
}

fn refusal(kind: ApiErrorKind, message: impl Into<String>) -> Response<Body> {
    let error = ApiError::new(kind, message);
    let body = serde_json::to_vec(&error).unwrap_or_default();
    let mut response = Response::new(Body::from(Bytes::from(body)));
    *response.status_mut() =
        StatusCode::from_u16(error.code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(CONTENT_TYPE, json);
    response
}
