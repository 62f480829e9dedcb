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
    /// The declared tags; others are left out.
    #[serde(default, deserialize_with = "tolerant_tags")]
    pub tags: T,
    /// The user's name.
    #[serde(default)]
    pub name: Option<String>,
    /// The address of the user's picture.
    #[serde(default)]
    pub picture_url: Option<String>,
    /// What else is stored of the user by those who created it, by name.
    #[serde(default, deserialize_with = "tolerant_tags")]
    pub properties: TagMap,
    /// What is known about the user, by name.
    #[serde(default, deserialize_with = "tolerant_tags")]
    pub attributes: TagMap,
    /// When the user was created, as ISO 8601.
    #[serde(default)]
    pub created_at: Option<String>,
    /// When the user was last changed, as ISO 8601.
    #[serde(default)]
    pub updated_at: Option<String>,
}

impl<T> User<T> {
    /// Makes a user of which nothing else is known, as a unit test of a handler needs it.
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

    /// Gives the same user with its tags in another form.
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
