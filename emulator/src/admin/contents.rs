//! Icons and readmes, which everyone can read at their addresses.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Response};
use rusqlite::Connection;

use super::integrations;
use crate::storage::Contents;
use crate::wire::failure::{Failure, Result};

/// Where icons and readmes begin.
pub(super) const FOLDER: &str = "/hub-contents/";

/// The path of a content. A new content has a new path, so that browsers show the new one.
pub(super) fn path(integration_id: &str, content: &str) -> String {
    format!("{FOLDER}{integration_id}/{content}")
}

/// Answers with a content. Only an icon or a readme of an integration is one, and never its code.
pub(super) fn answer(
    database: &Connection,
    contents: &Contents,
    path: &str,
) -> Result<Response<Bytes>> {
    let not_found = || Failure::not_found("content", path);
    let named = path
        .strip_prefix(FOLDER)
        .and_then(|rest| rest.split_once('/'));
    let (id, name) = named.ok_or_else(not_found)?;
    let record = integrations::find(database, id)?.ok_or_else(not_found)?;
    let media_type = match name {
        name if record.icon.as_deref() == Some(name) => "image/svg+xml",
        name if record.readme.as_deref() == Some(name) => "text/markdown; charset=utf-8",
        _ => return Err(not_found()),
    };
    let mut response = Response::new(contents.read(name)?);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    // A picture of a deployed integration must not run scripts on this machine.
    let policy = HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; sandbox");
    headers.insert("content-security-policy", policy);
    Ok(response)
}
