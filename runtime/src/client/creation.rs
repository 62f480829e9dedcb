//! Creating something, in any case or only when it is not there yet.

use serde_json::Value;

use super::api::{Answer, ApiClient};
use super::api_request::ApiRequest;
use super::json_body::{EncodedTags, JsonBody, encode_tags};
use crate::ClientError;
use crate::Tags;

/// The tags of something that is created in any case, or only when nothing is found by them.
#[derive(Debug)]
pub(super) struct Creation {
    tags: EncodedTags,
    /// What it is found by, where it is looked for.
    by: Option<Vec<String>>,
}

impl Creation {
    /// Creates in any case.
    pub(super) fn always(tags: &impl Tags) -> Self {
        Self {
            tags: encode_tags(tags),
            by: None,
        }
    }

    /// Creates unless something has all these tags.
    pub(super) fn unless_found(by: &impl Tags) -> Self {
        let tags = encode_tags(by);
        let names = tags.iter().flat_map(serde_json::Map::keys).cloned();
        Self {
            by: Some(names.collect()),
            tags,
        }
    }

    /// Adds tags that are stored, and by which nothing is found.
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

    /// Gives what a body says of the tags, `discriminateByTags` where it is looked for.
    pub(super) fn parts(self) -> Result<(Value, Option<Vec<String>>), ClientError> {
        Ok((self.tags?.into(), self.by))
    }

    /// Sends the request that creates a member of the collection; `body` has everything but the tags
    /// and what comes after them.
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
            let problem = "nothing is found without a tag: set one to look for";
            return Err(ClientError::Request(problem.to_owned()));
        }
        path.push("get-or-create");
        let body = body(tags).with("discriminateByTags", by);
        api.send(ApiRequest::post(path).body(body).repeatable(true))
            .await
    }
}
