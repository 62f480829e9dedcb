//! The files of a bot.

use std::time::SystemTime;

use serde_json::{Map, Value};

use super::api::ApiClient;
use super::api_request::ApiRequest;
use super::entity::{AccessPolicy, File, policies_of};
use super::id::FileId;
use super::json_body::{JsonBody, iso_8601};
use super::list::{List, OfFiles};
use super::upload::{FileContent, FileSettings, Upload, Upsert};
use crate::ClientError;

/// The files that Botpress stores for a bot.
#[derive(Clone, Debug)]
pub struct Files {
    api: ApiClient,
}

impl Files {
    pub(super) fn new(api: ApiClient) -> Self {
        Self { api }
    }

    /// Returns a builder that uploads a file with its content. An existing file with this key is
    /// replaced.
    pub fn upload(&self, key: impl Into<String>, content: impl Into<FileContent>) -> Upload {
        Upload::new(self.api.clone(), FileSettings::new(key), content.into())
    }

    /// Returns a builder that registers a file of `size` bytes without uploading its content. The
    /// response has the upload URL. The content of an existing file with this key is removed.
    pub fn upsert(&self, key: impl Into<String>, size: u64) -> Upsert {
        Upsert::new(self.api.clone(), FileSettings::new(key), size)
    }

    /// Reads the metadata of a file. Returns `None` if it does not exist.
    ///
    /// # Errors
    ///
    /// Returns a [`ClientError`] if the request fails.
    pub async fn get(&self, id: impl Into<FileId>) -> Result<Option<File>, ClientError> {
        let id = id.into();
        let call = ApiRequest::get(["v1", "files", id.as_str()]);
        self.api.get_optional(call, "file").await
    }

    /// Returns a list of files.
    pub fn list(&self) -> List<File, OfFiles> {
        List::new(&self.api, &["v1", "files"], "files")
    }

    /// Returns a builder that updates the metadata of a file.
    pub fn update(&self, id: impl Into<FileId>) -> UpdateFile {
        UpdateFile {
            api: self.api.clone(),
            id: id.into(),
            tags: Map::new(),
            body: JsonBody::default(),
        }
    }

    /// Deletes a file.
    ///
    /// # Errors
    ///
    /// Returns a [`ClientError`] if the request fails.
    pub async fn delete(&self, id: impl Into<FileId>) -> Result<(), ClientError> {
        let id = id.into();
        self.api
            .execute(ApiRequest::delete(["v1", "files", id.as_str()]))
            .await
    }
}

/// A builder that updates the metadata of a file. Fields that are not set stay unchanged.
#[derive(Clone, Debug)]
#[must_use = "the request is sent only when `send` is called"]
pub struct UpdateFile {
    api: ApiClient,
    id: FileId,
    tags: Map<String, Value>,
    body: JsonBody,
}

impl UpdateFile {
    /// Sets custom metadata. Entries with the value null are cleared.
    pub fn metadata(mut self, metadata: Map<String, Value>) -> Self {
        self.body = self.body.with("metadata", metadata);
        self
    }

    /// Sets a tag.
    pub fn tag(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.tags.insert(name.into(), value.into().into());
        self
    }

    /// Clears a tag.
    pub fn clear_tag(mut self, name: impl Into<String>) -> Self {
        self.tags.insert(name.into(), Value::Null);
        self
    }

    /// Sets which others can read the content.
    pub fn access_policies(mut self, policies: impl IntoIterator<Item = AccessPolicy>) -> Self {
        self.body = self.body.with("accessPolicies", policies_of(policies));
        self
    }

    /// Sets when the file expires.
    pub fn expires_at(mut self, time: SystemTime) -> Self {
        self.body = self.body.with("expiresAt", iso_8601(time));
        self
    }

    /// Removes the expiry: the file is stored until it is deleted.
    pub fn clear_expiry(mut self) -> Self {
        self.body = self.body.with("expiresAt", Value::Null);
        self
    }

    /// Updates the metadata.
    ///
    /// # Errors
    ///
    /// Returns a [`ClientError`] if the request fails.
    pub async fn send(self) -> Result<File, ClientError> {
        let body = self.body.with_map("tags", self.tags);
        let call = ApiRequest::put(["v1", "files", self.id.as_str()]).body(body);
        self.api.send(call).await?.field("file")
    }
}
