//! Creation of objects, with or without a lookup by tags.

use serde_json::Value;

use super::api::{Answer, ApiClient};
use super::api_request::ApiRequest;
use super::json_body::{EncodedTags, JsonBody, encode_tags};
use crate::ClientError;
use crate::Tags;

/// The tags of an object that is created unconditionally, or only if no object has them.
#[derive(Debug)]
pub(super) struct Creation {
    tags: EncodedTags,
    /// The names of the tags for the lookup; `None` if the object is created unconditionally.
    by: Option<Vec<String>>,
}

impl Creation {
    /// Creates the object unconditionally.
    pub(super) fn always(tags: &impl Tags) -> Self {
        Self {
            tags: encode_tags(tags),
            by: None,
        }
    }

    /// Creates the object unless one with all of these tags exists.
    pub(super) fn unless_found(by: &impl Tags) -> Self {
        let tags = encode_tags(by);
        let names = tags.iter().flat_map(serde_json::Map::keys).cloned();
        Self {
            by: Some(names.collect()),
            tags,
        }
    }

    /// Adds tags that are stored but not used for the lookup.
    pub(super) fn store(&mut self, more: &impl Tags) {
        let Ok(tags) = &mut self.tags else { return };
        match encode_tags(more) {
            Ok(more) => {
                for (name, value) in more {
                    tags.entry(name).or_insert(value);
                }
            }
            Err(error) => self.tags = Err(error),
        }
    }

    /// Returns the tags, and the value of `discriminateByTags` if there is a lookup.
    pub(super) fn parts(self) -> Result<(Value, Option<Vec<String>>), ClientError> {
        Ok((self.tags?.into(), self.by))
    }

    /// Sends the request that creates an object in `collection`. `body` writes all fields up to and
    /// including the tags.
    pub(super) async fn send(
        self,
        api: &ApiClient,
        collection: &str,
        body: impl FnOnce(Value) -> JsonBody,
    ) -> Result<Answer, ClientError> {
        let mut path = vec!["v1", "chat", collection];
        let (tags, by) = self.parts()?;
        let Some(by) = by else {
            return api.send(ApiRequest::post(path).body(body(tags))).await;
        };
        if by.is_empty() {
            let problem = "at least one tag must be set for the lookup";
            return Err(ClientError::Request(problem.to_owned()));
        }
        path.push("get-or-create");
        let body = body(tags).with("discriminateByTags", by);
        api.send(ApiRequest::post(path).body(body).repeatable(true))
            .await
    }
}
