//! Downloads of files.

use axum::body::Body;
use axum::extract::Path;
use axum::response::Response;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use http::{HeaderValue, StatusCode, Uri};

use super::Data;
use crate::inspector::failure::{Answer, Failure};
use crate::inspector::named::Named;
use crate::inspector::text::part;

/// Answers with the content of a file, which a browser saves and does not show.
pub(in crate::inspector) async fn download(
    Named(inspector): Named,
    Path((webhook_id, id)): Path<(String, String)>,
) -> Answer {
    let instance = inspector.platform.instance(&webhook_id)?;
    let data = Data {
        inspector: &inspector,
        instance: &instance,
    };
    let file = data.get(&format!("/v1/files/{}", part(&id)))?;
    let text = |name: &str| file["file"][name].as_str().unwrap_or_default();
    let address: Uri = text("url")
        .parse()
        .map_err(|_| Failure::not_found("content of the file", &id))?;
    let content = data.content(address.path())?;
    if content.status() != StatusCode::OK {
        return Err(Failure::not_found("content of the file", &id));
    }
    let mut response = Response::new(Body::from(content.into_body()));
    let name = text("key").rsplit('/').next().unwrap_or_default();
    let disposition = format!("attachment; filename*=UTF-8''{}", part(name));
    for (header, value) in [
        (CONTENT_DISPOSITION, disposition.as_str()),
        (CONTENT_TYPE, "application/octet-stream"),
    ] {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(header, value);
        }
    }
    Ok(response)
}
