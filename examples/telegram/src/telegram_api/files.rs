//! Files that people send to a bot.

use serde::Deserialize;
use serde_json::json;

use super::{Bot, TelegramError};

/// A file of which the first bytes may have come.
#[derive(Debug)]
pub(crate) struct OpenFile {
    extension: Option<String>,
    response: reqwest::Response,
}

/// Where Telegram has a file.
#[derive(Deserialize)]
struct FilePlace {
    #[serde(default)]
    file_path: String,
}

impl Bot {
    /// Asks for a file. Telegram refuses those that are larger than bots may read with a 400.
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
    /// What the file's name at Telegram ends with.
    pub(crate) fn extension(&self) -> Option<&str> {
        self.extension.as_deref()
    }

    /// The size in bytes, when Telegram tells it.
    pub(crate) fn size(&self) -> Option<u64> {
        self.response.content_length()
    }

    /// The content as it comes.
    pub(crate) fn into_body(self) -> reqwest::Body {
        self.response.into()
    }

    /// The content as a whole.
    pub(crate) async fn into_bytes(self) -> Result<Vec<u8>, TelegramError> {
        let bytes = self.response.bytes().await;
        Ok(bytes.map_err(TelegramError::unreachable)?.into())
    }
}
