//! The metadata of an upload.

use serde_json::{Map, Value};

use crate::client::json_body::JsonBody;

/// The metadata of a file, except its size.
#[derive(Clone, Debug)]
pub(in crate::client) struct FileSettings {
    key: String,
    pub(super) tags: Map<String, Value>,
    pub(super) fields: JsonBody,
    pub(super) public_at_once: bool,
}

impl FileSettings {
    pub(in crate::client) fn new(key: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            tags: Map::new(),
            fields: JsonBody::default(),
            public_at_once: false,
        }
    }

    pub(super) fn is_public_at_once(&self) -> bool {
        self.public_at_once
    }

    pub(super) fn body(&self, size: u64) -> JsonBody {
        let public_at_once = self.public_at_once.then_some(true);
        JsonBody::default()
            .with("key", self.key.as_str())
            .with_map("tags", self.tags.clone())
            .with("size", size)
            .and(self.fields.clone())
            .with_some("publicContentImmediatelyAccessible", public_at_once)
    }
}
