//! Tags: names and string values of users, conversations and messages.

use std::{
    collections::BTreeMap,
    fmt::{self, Debug},
    marker::PhantomData,
};

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

/// Tags by name, in their wire format.
pub type TagMap = BTreeMap<String, String>;

/// The declared tags of a user, a conversation or a message: a struct of optional strings.
pub trait Tags:
    Serialize + DeserializeOwned + Clone + Debug + Default + Send + Sync + 'static
{
    /// Reads tags leniently: undeclared tags and values that are not strings are ignored.
    #[must_use]
    fn from_wire(tags: &Value) -> Self {
        Self::from_map(tag_map(tags))
    }

    /// Converts a map and ignores undeclared tags.
    #[must_use]
    fn from_map(tags: TagMap) -> Self {
        let texts = tags
            .into_iter()
            .map(|(name, text)| (name, Value::String(text)))
            .collect();
        // A struct of optional strings can be deserialized from any map of strings; other types
        // result in no tags.
        serde_json::from_value(Value::Object(texts)).unwrap_or_default()
    }
}

impl Tags for TagMap {}

/// The name of one of the tags `T`. Generated code declares a constant for each tag, such as
/// `UserTags::LOGIN`.
pub struct Tag<T> {
    name: &'static str,
    tags: PhantomData<fn() -> T>,
}

impl<T> Tag<T> {
    /// Creates a tag name from its wire name.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            tags: PhantomData,
        }
    }

    /// Returns the tag's wire name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.name
    }
}

impl<T> Clone for Tag<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Tag<T> {}

impl<T> Debug for Tag<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Tag").field(&self.name).finish()
    }
}

/// Returns the members of a JSON object whose values are strings.
fn tag_map(tags: &Value) -> TagMap {
    let Some(object) = tags.as_object() else {
        return TagMap::new();
    };
    object
        .iter()
        .filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())))
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn tags_that_are_not_texts_are_ignored() {
        let tags = TagMap::from_wire(&json!({ "id": "1", "gone": null, "odd": 3 }));
        assert_eq!(tags, TagMap::from([("id".to_owned(), "1".to_owned())]));
    }

    #[test]
    fn what_is_not_an_object_has_no_tags() {
        assert_eq!(TagMap::from_wire(&Value::Null), TagMap::new());
    }
}
