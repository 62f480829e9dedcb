//! Users, conversations, messages, events and files, as the API returns them.
//!
//! Deserialization is lenient: optional fields may be missing and unknown fields are ignored.

mod conversation;
mod event;
mod file;
mod found_or_created;
mod message;
mod stored_state;
mod user;

use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::{Number, Tags};

pub use conversation::Conversation;
pub use event::{Event, EventStatus};
pub(super) use file::policies_of;
pub use file::{AccessPolicy, File, FileStatus};
pub use found_or_created::FoundOrCreated;
pub use message::{Message, MessageDirection};
pub use stored_state::StoredState;
pub use user::User;

fn tolerant_tags<'de, D: Deserializer<'de>, T: Tags>(deserializer: D) -> Result<T, D::Error> {
    Ok(T::from_wire(&Value::deserialize(deserializer)?))
}

/// Deserializes a value; null becomes the default value.
fn null_as_empty<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(
    deserializer: D,
) -> Result<T, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// Deserializes a count. A value that is no whole number counts as missing.
fn tolerant_count<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    let value = Value::deserialize(deserializer)?;
    Ok(value
        .as_number()
        .and_then(|number| Number::from(number).as_u64()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::TagMap;

    #[test]
    fn an_id_is_all_that_a_user_needs() {
        let user: User<TagMap> = serde_json::from_value(json!({ "id": "u" })).unwrap();
        assert_eq!(
            (user.id.as_str(), user.tags.len(), user.name),
            ("u", 0, None)
        );
    }

    #[test]
    fn a_count_may_be_missing_or_a_float() {
        let count = |count: Value| {
            let read = json!({ "id": "c", "messageCount": count });
            let read: Conversation<TagMap> = serde_json::from_value(read).unwrap();
            read.message_count
        };
        let counts = [json!(3), json!(3.0), json!(null), json!("3"), json!(-1)].map(count);
        assert_eq!(counts, [Some(3), Some(3), None, None, None]);
        let older: Conversation<TagMap> = serde_json::from_value(json!({ "id": "c" })).unwrap();
        assert_eq!(older.message_count, None);
    }

    #[test]
    fn what_is_not_known_is_ignored_or_kept_by_name() {
        let message: Message<TagMap> = serde_json::from_value(json!({
            "id": "m", "type": "text", "direction": "sideways", "origin": "synthetic", "userId": null,
            "tags": { "id": "1", "gone": null },
        }))
        .unwrap();
        assert_eq!(
            message.direction,
            Some(MessageDirection::Other("sideways".to_owned()))
        );
        assert_eq!(
            message.tags,
            TagMap::from([("id".to_owned(), "1".to_owned())])
        );
        let event: Event =
            serde_json::from_value(json!({ "id": "e", "status": "canceled" })).unwrap();
        assert_eq!(event.status, Some(EventStatus::Canceled));
    }
}
