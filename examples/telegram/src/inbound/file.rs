//! The upload of received files to Botpress.
//!
//! The URL of a file at Telegram contains the bot's token, so it must stay secret.

use contexture::client::{AccessPolicy, FileContent};
use contexture::prelude::*;

use super::content::FileKind;
use super::update::FileInfo;
use crate::telegram::Context;
use crate::telegram_api::Bot;

/// Streams a file from Telegram to Botpress and returns its URL there. `None` if the file is too large for Telegram's
/// bot API.
pub(super) async fn bring(
    ctx: &Context,
    bot: &Bot,
    kind: FileKind,
    info: &FileInfo,
) -> Result<Option<String>> {
    let file = match bot.open_file(&info.file_id).await {
        Ok(file) => file,
        Err(error) if error.is_bad_request() => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let key = key(bot, info, file.extension());
    let content_type = info
        .mime_type
        .clone()
        .or_else(|| content_type(kind, file.extension()));
    let content = match file.size() {
        Some(size) => FileContent::body(file.into_body(), size),
        None => file.into_bytes().await?.into(),
    };
    let files = ctx.client().files();
    let mut upload = files
        .upload(key, content)
        .access_policies([AccessPolicy::PublicContent])
        .public_at_once();
    if let Some(content_type) = content_type {
        upload = upload.content_type(content_type);
    }
    Ok(Some(upload.send().await?.url))
}

/// The key of a file at Botpress. It is the same if the file comes again.
fn key(bot: &Bot, info: &FileInfo, extension: Option<&str>) -> String {
    let folder = format!("telegram/{}/{}", bot.id(), info.file_unique_id);
    let name = info.file_name.clone();
    let name = name.or_else(|| extension.map(|extension| format!("file.{extension}")));
    format!("{folder}/{}", name.as_deref().unwrap_or("file"))
}

/// The media type of a file by its extension, if Telegram does not give one.
fn content_type(kind: FileKind, extension: Option<&str>) -> Option<String> {
    let extension = extension?.to_ascii_lowercase();
    let content_type = match (kind, extension.as_str()) {
        (FileKind::Image, "jpg" | "jpeg") => "image/jpeg",
        (FileKind::Image, "png") => "image/png",
        (FileKind::Image, "webp") => "image/webp",
        (FileKind::Video, "mp4") => "video/mp4",
        (FileKind::Video, "webm") => "video/webm",
        (FileKind::Audio, "oga" | "ogg") => "audio/ogg",
        (FileKind::Audio, "mp3") => "audio/mpeg",
        _ => return None,
    };
    Some(content_type.to_owned())
}
