//! Files that a bot received.

use serde::Deserialize;
use serde_json::json;

use super::{Bot, TelegramError};

/// A file during its download.
#[derive(Debug)]
pub(crate) struct OpenFile {
    extension: Option<String>,
    response: reqwest::Response,
}

/// The location of a file at Telegram.
#[derive(Deserialize)]
struct FilePlace {
    #[serde(default)]
    file_path: String,
}

impl Bot {
    /// Requests a file. Telegram responds with 400 if the file is too large for bots.
    pub(crate) async fn open_file(&self, file_id: &str) -> Result<OpenFile, TelegramError> {
        let place: FilePlace = self.call("getFile", &json!({ "file_id": file_id })).await?;
        let (api, token) = self.api();
        let response = api.file(token, &place.file_path).await?;
        let name = place.file_path.rsplit('/').next().unwrap_or_default();
        let extension = name
            .rsplit_once('.')
            .map(|(_, extension)| extension.to_owned());
        Ok(OpenFile {
            extension,
            response,
        })
    }
}

impl OpenFile {
    /// The extension of the file at Telegram.
    pub(crate) fn extension(&self) -> Option<&str> {
        self.extension.as_deref()
    }

    /// The size in bytes, if Telegram reports it.
    pub(crate) fn size(&self) -> Option<u64> {
        self.response.content_length()
    }

    /// The content as a stream.
    pub(crate) fn into_body(self) -> reqwest::Body {
        self.response.into()
    }

    /// The content as a whole.
    pub(crate) async fn into_bytes(self) -> Result<Vec<u8>, TelegramError> {
        let bytes = self.response.bytes().await;
        Ok(bytes.map_err(TelegramError::unreachable)?.into())
    }
}
