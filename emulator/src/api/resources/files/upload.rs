//! The contents of files: uploaded and downloaded by address, without a token.

use bytes::Bytes;
use contexture::ApiErrorKind;
use http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use http::{HeaderMap, HeaderValue, Method, Request, Response};
use rusqlite::{Connection, OptionalExtension};

use super::passages;
use super::record::{COLUMNS, File};
use super::upsert::random_text;
use crate::storage::{Contents, Storage};
use crate::wire::failure::{Failure, Result};
use crate::wire::limits::FILE_BYTES;

/// Whether the path is the address of an upload or a download.
pub(in crate::api) fn is_content(path: &str) -> bool {
    path.starts_with("/uploads/") || path.starts_with("/contents/")
}

/// Stores an uploaded content. Returns the id of the file.
pub(in crate::api) fn answer_upload(
    storage: &Storage,
    request: &Request<Bytes>,
    now: u64,
) -> Result<()> {
    if request.method() != Method::PUT {
        return Err(wrong_method("PUT"));
    }
    let secret = request.uri().path().trim_start_matches("/uploads/");
    let contents = storage.contents();
    let previous = storage.write(|database| {
        let file = find(database, "upload_secret", secret)?;
        let mut file = file.ok_or_else(|| Failure::not_found("upload", "with this address"))?;
        check(&file, request)?;
        store(database, contents, &mut file, request.body(), now)
    })?;
    match previous {
        Some(previous) => Ok(contents.remove(&previous)?),
        None => Ok(()),
    }
}

fn check(file: &File, request: &Request<Bytes>) -> Result<()> {
    if request.body().len() as u64 > FILE_BYTES {
        let message = format!("a file can have at most {FILE_BYTES} bytes");
        return Err(Failure::limit(message));
    }
    if file.needs_tagging && !has_public_tag(request.headers()) {
        let message = "the upload of this file needs the header x-amz-tagging: public=true";
        return Err(Failure::forbidden(message));
    }
    Ok(())
}

fn has_public_tag(headers: &HeaderMap) -> bool {
    headers
        .get("x-amz-tagging")
        .is_some_and(|value| value == "public=true")
}

/// Stores the content and the new status. Returns the name of the previous content.
fn store(
    database: &Connection,
    contents: &Contents,
    file: &mut File,
    content: &Bytes,
    now: u64,
) -> Result<Option<String>> {
    let name = format!("{}-{}", file.id, random_text()?);
    contents.write(&name, content.clone())?;
    let previous = file.content.replace(name);
    file.size = Some(content.len() as u64);
    file.updated_at = now;
    file.failed_reason = None;
    let status = if file.is_indexed {
        index(database, file, content)?
    } else {
        "upload_completed"
    };
    status.clone_into(&mut file.status);
    file.write(database)?;
    Ok(previous)
}

/// Takes the paragraphs of a text as passages. Returns the status of the file.
fn index(database: &Connection, file: &mut File, content: &[u8]) -> Result<&'static str> {
    let is_text = file.content_type.starts_with("text/") || file.content_type == "application/json";
    let text = std::str::from_utf8(content).ok().filter(|_| is_text);
    let Some(text) = text else {
        file.failed_reason = Some("the emulator indexes texts only".to_owned());
        return Ok("indexing_failed");
    };
    let paragraphs = text.split("\n\n").map(str::trim);
    let paragraphs = paragraphs.filter(|text| !text.is_empty());
    let paragraphs: Vec<_> = paragraphs.map(passages::Passage::paragraph).collect();
    passages::replace(database, &file.id, &paragraphs)?;
    Ok("indexing_completed")
}

/// Answers with the content of a file.
pub(in crate::api) fn answer_content(
    storage: &Storage,
    request: &Request<Bytes>,
    now: u64,
) -> Result<Response<Bytes>> {
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return Err(wrong_method("GET"));
    }
    let path = request.uri().path().trim_start_matches("/contents/");
    let (id, secret) = path
        .split_once('/')
        .map_or((path, None), |(id, secret)| (id, Some(secret)));
    let file = storage.read(|database| find(database, "id", id))?;
    let file = file.filter(|file| file.expires_at.is_none_or(|expires_at| expires_at > now));
    let file = file.filter(|file| file.is_public || secret == Some(file.read_secret.as_str()));
    let content = file.as_ref().and_then(|file| file.content.as_ref());
    let (Some(file), Some(content)) = (&file, content) else {
        return Err(Failure::not_found("the content of file", id));
    };
    let content = storage.contents().read(content)?;
    let mut response = Response::new(content);
    if let Ok(content_type) = file.content_type.parse() {
        response.headers_mut().insert(CONTENT_TYPE, content_type);
    }
    // A page among the contents must not act as one of the emulator.
    for (name, value) in [
        (CONTENT_SECURITY_POLICY, "sandbox"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ] {
        let value = HeaderValue::from_static(value);
        response.headers_mut().insert(name, value);
    }
    Ok(response)
}

fn find(database: &Connection, column: &str, value: &str) -> Result<Option<File>> {
    let sql = format!("SELECT {COLUMNS} FROM files WHERE {column} = ?1");
    let found = database
        .prepare_cached(&sql)?
        .query_row([value], File::read);
    Ok(found.optional()?)
}

fn wrong_method(allowed: &str) -> Failure {
    let message = format!("this address takes the method {allowed} only");
    Failure::new(ApiErrorKind::MethodNotFound, message)
}
