//! Files.

use serde::Deserialize;
use serde_json::Value;

use super::{null_as_empty, tolerant_tags};
use crate::TagMap;
use crate::client::FileId;

/// A file that Botpress stores for a bot.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct File {
    /// The file's id.
    pub id: FileId,
    /// The key that the integration chose for the file.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub key: String,
    /// The URL of the content.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub url: String,
    /// The size of the content in bytes; `None` before the upload.
    #[serde(default)]
    pub size: Option<u64>,
    /// The media type of the content.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub content_type: String,
    /// The tags. Tags of files are not declared in the definition.
    #[serde(default, deserialize_with = "tolerant_tags")]
    pub tags: TagMap,
    /// Custom metadata, by name.
    #[serde(default)]
    pub metadata: Value,
    /// Which others can read the content.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub access_policies: Vec<AccessPolicy>,
    /// Whether the content is indexed for search.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub index: bool,
    /// The status of the upload and the indexing.
    #[serde(default)]
    pub status: Option<FileStatus>,
    /// The reason why the upload or the indexing failed.
    #[serde(default)]
    pub failed_status_reason: Option<String>,
    /// The time when the file expires, in ISO 8601; `None` if it never expires.
    #[serde(default)]
    pub expires_at: Option<String>,
    /// The time of creation, in ISO 8601.
    #[serde(default)]
    pub created_at: Option<String>,
    /// The time of the last change, in ISO 8601.
    #[serde(default)]
    pub updated_at: Option<String>,
}

/// Which others can read the content of a file, besides the bot.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum AccessPolicy {
    /// Everyone who knows the URL.
    PublicContent,
    /// The other integrations of the bot.
    Integrations,
    /// A policy that this version does not know.
    #[serde(untagged)]
    Other(String),
}

impl AccessPolicy {
    /// Returns the wire name of the policy.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::PublicContent => "public_content",
            Self::Integrations => "integrations",
            Self::Other(policy) => policy,
        }
    }
}

/// The status of the upload and the indexing of a file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FileStatus {
    /// The content is not uploaded yet.
    UploadPending,
    /// The upload failed.
    UploadFailed,
    /// The content is uploaded.
    UploadCompleted,
    /// The content is uploaded and is being indexed.
    IndexingPending,
    /// The content is uploaded, but the indexing failed.
    IndexingFailed,
    /// The content is uploaded and indexed.
    IndexingCompleted,
    /// A status that this version does not know.
    #[serde(untagged)]
    Other(String),
}

impl From<&File> for FileId {
    fn from(file: &File) -> Self {
        file.id.clone()
    }
}

/// Returns the wire names of access policies.
pub(in crate::client) fn policies_of(
    policies: impl IntoIterator<Item = AccessPolicy>,
) -> Vec<Value> {
    let policies = policies.into_iter();
    policies
        .map(|policy| Value::from(policy.as_str()))
        .collect()
}
