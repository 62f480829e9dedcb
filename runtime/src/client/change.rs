//! Partial updates: fields that are not set stay unchanged.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::api::ApiClient;
use super::api_request::ApiRequest;
use super::json_body::{EncodedTags, JsonBody, clear_tags, set_tags};
use crate::ClientError;
use crate::{Tag, Tags};

/// A partial update of an object with an id.
#[derive(Debug)]
pub(super) struct Change {
    api: ApiClient,
    collection: &'static str,
    id: String,
    tags: EncodedTags,
    fields: JsonBody,
    attributes: Map<String, Value>,
    properties: Map<String, Value>,
}

impl Change {
    pub(super) fn new(api: &ApiClient, collection: &'static str, id: impl Into<String>) -> Self {
        Self {
            api: api.clone(),
            collection,
            id: id.into(),
            tags: Ok(Map::new()),
            fields: JsonBody::default(),
            attributes: Map::new(),
            properties: Map::new(),
        }
    }

    pub(super) fn tags(mut self, tags: &impl Tags) -> Self {
        set_tags(&mut self.tags, tags);
        self
    }

    pub(super) fn clear_tags<T>(mut self, tags: impl IntoIterator<Item = Tag<T>>) -> Self {
        clear_tags(&mut self.tags, tags);
        self
    }

    /// Sets a field; null clears it.
    pub(super) fn field(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.fields = self.fields.with(name, value);
        self
    }

    /// Sets an attribute; null clears it.
    pub(super) fn attribute(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.attributes.insert(name.into(), value.into());
        self
    }

    /// Sets a property; null clears it.
    pub(super) fn property(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.properties.insert(name.into(), value.into());
        self
    }

    /// Sends the update and deserializes the given field of the response.
    pub(super) async fn send<T: DeserializeOwned>(self, field: &str) -> Result<T, ClientError> {
        let body = JsonBody::default()
            .with_map("tags", self.tags?)
            .and(self.fields)
            .with_map("attributes", self.attributes)
            .with_map("properties", self.properties);
        let path = ["v1", "chat", self.collection, &self.id];
        self.api
            .send(ApiRequest::put(path).body(body))
            .await?
            .field(field)
    }
}
