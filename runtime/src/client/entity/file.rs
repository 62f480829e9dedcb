//! Files.

use serde::Deserialize;
use serde_json::Value;

use super::{null_as_empty, tolerant_tags};
use crate::TagMap;
use crate::client::FileId;

/// A file that Botpress keeps for a bot.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct File {
    /// The file's id.
    pub id: FileId,
    /// The name by which the integration knows the file.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub key: String,
    /// The address that the content is read from.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub url: String,
    /// The size of the content in bytes; none before it is uploaded.
    #[serde(default)]
    pub size: Option<u64>,
    /// The media type of the content.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub content_type: String,
    /// The tags, which no definition declares.
    #[serde(default, deserialize_with = "tolerant_tags")]
    pub tags: TagMap,
    /// What else is stored of the file, by name.
    #[serde(default)]
    pub metadata: Value,
    /// Who may read the content.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub access_policies: Vec<AccessPolicy>,
    /// Whether the content is indexed, to be searched.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub index: bool,
    /// How far the upload and the indexing are.
    #[serde(default)]
    pub status: Option<FileStatus>,
    /// Why the upload or the indexing failed.
    #[serde(default)]
    pub failed_status_reason: Option<String>,
    /// When the file is removed, as ISO 8601; never when there is none.
    #[serde(default)]
    pub expires_at: Option<String>,
    /// When the file was created, as ISO 8601.
    #[serde(default)]
    pub created_at: Option<String>,
    /// When the file was last changed, as ISO 8601.
    #[serde(default)]
    pub updated_at: Option<String>,
}

/// Who may read the content of a file, beside the bot.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum AccessPolicy {
    /// Everybody who knows the address.
    PublicContent,
    /// The other integrations of the bot.
    Integrations,
    /// What this version does not know.
    #[serde(untagged)]
    Other(String),
}

impl AccessPolicy {
    /// Gives the policy as it is on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::PublicContent => "public_content",
            Self::Integrations => "integrations",
            Self::Other(policy) => policy,
        }
    }
}

/// How far the upload and the indexing of a file are.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FileStatus {
    /// The content has not come yet.
    UploadPending,
    /// The content did not come.
    UploadFailed,
    /// The content is there.
    UploadCompleted,
    /// The content is there, and being indexed.
    IndexingPending,
    /// The content is there, and could not be indexed.
    IndexingFailed,
    /// The content is there, and can be searched.
    IndexingCompleted,
    /// What this version does not know.
    #[serde(untagged)]
    Other(String),
}

impl From<&File> for FileId {
    fn from(file: &File) -> Self {
        file.id.clone()
    }
}
