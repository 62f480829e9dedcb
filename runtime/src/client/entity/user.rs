//! Users.

use serde::Deserialize;

use super::tolerant_tags;
use crate::client::UserId;
use crate::{TagMap, Tags};

/// A user of a bot.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", bound = "T: Tags")]
#[non_exhaustive]
pub struct User<T> {
    /// The user's id.
    pub id: UserId,
    /// The declared tags. Other tags are ignored.
    #[serde(default, deserialize_with = "tolerant_tags")]
    pub tags: T,
    /// The user's name.
    #[serde(default)]
    pub name: Option<String>,
    /// The URL of the user's picture.
    #[serde(default)]
    pub picture_url: Option<String>,
    /// Custom properties that the creator of the user stored, by name.
    #[serde(default, deserialize_with = "tolerant_tags")]
    pub properties: TagMap,
    /// Custom attributes of the user, by name.
    #[serde(default, deserialize_with = "tolerant_tags")]
    pub attributes: TagMap,
    /// The time of creation, in ISO 8601.
    #[serde(default)]
    pub created_at: Option<String>,
    /// The time of the last change, in ISO 8601.
    #[serde(default)]
    pub updated_at: Option<String>,
}

impl<T> User<T> {
    /// Creates a user with all other fields empty, for unit tests of handlers.
    #[must_use]
    pub fn new(id: impl Into<String>, tags: T) -> Self {
        Self {
            id: UserId::new(id),
            tags,
            name: None,
            picture_url: None,
            properties: TagMap::new(),
            attributes: TagMap::new(),
            created_at: None,
            updated_at: None,
        }
    }

    /// Converts the tags and keeps all other fields.
    pub(crate) fn map_tags<U>(self, map: impl FnOnce(T) -> U) -> User<U> {
        User {
            tags: map(self.tags),
            id: self.id,
            name: self.name,
            picture_url: self.picture_url,
            properties: self.properties,
            attributes: self.attributes,
            created_at: self.created_at,
            updated_at: self.updated_at,
        }
    }
}

impl<T> From<&User<T>> for UserId {
    fn from(user: &User<T>) -> Self {
        user.id.clone()
    }
}
