//! The setters of the builders of uploads.

use std::time::SystemTime;

use serde_json::{Map, Value};

use super::{Upload, Upsert};
use crate::client::AccessPolicy;
use crate::client::entity::policies_of;
use crate::client::json_body::iso_8601;

/// Adds the same setters to both builders.
macro_rules! setters {
    ($builder:ident) => {
        impl $builder {
            /// Sets a tag.
            pub fn tag(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
                self.settings.tags.insert(name.into(), value.into().into());
                self
            }

            /// Indexes the content, so that it can be searched.
            pub fn index(self) -> Self {
                self.set("index", true)
            }

            /// Sets the indexing options. The API documents them as `indexing`.
            pub fn indexing(self, indexing: Map<String, Value>) -> Self {
                self.set("indexing", indexing)
            }

            /// Sets which others can read the content.
            pub fn access_policies(self, policies: impl IntoIterator<Item = AccessPolicy>) -> Self {
                self.set("accessPolicies", policies_of(policies))
            }

            /// Sets the media type. By default, the API derives it from the key.
            pub fn content_type(self, content_type: impl Into<String>) -> Self {
                self.set("contentType", content_type.into())
            }

            /// Sets when the file expires.
            pub fn expires_at(self, time: SystemTime) -> Self {
                self.set("expiresAt", iso_8601(time))
            }

            /// Makes the content readable for everyone as soon as it is uploaded, if an access
            /// policy makes it public.
            pub fn public_at_once(mut self) -> Self {
                self.settings.public_at_once = true;
                self
            }

            /// Sets custom metadata.
            pub fn metadata(self, metadata: Map<String, Value>) -> Self {
                self.set("metadata", metadata)
            }

            fn set(mut self, name: &str, value: impl Into<Value>) -> Self {
                self.settings.fields = self.settings.fields.with(name, value);
                self
            }
        }
    };
}

setters!(Upload);
setters!(Upsert);
