//! Request bodies, with the fields in the order of the official client.

use std::time::{Duration, SystemTime};

use serde_json::{Map, Value, json};

use crate::ClientError;
use crate::{Tag, Tags, date_time};

/// Tags in the form of the API, or the error that occurred when they were serialized.
pub(super) type EncodedTags = Result<Map<String, Value>, ClientError>;

/// A builder for a request body. Fields that are not set are left out.
#[derive(Clone, Debug, Default)]
pub(super) struct JsonBody(Map<String, Value>);

impl JsonBody {
    pub(super) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0.insert(name.to_owned(), value.into());
        self
    }

    pub(super) fn with_some(self, name: &str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// Adds all fields of another body.
    pub(super) fn and(mut self, fields: Self) -> Self {
        self.0.extend(fields.0);
        self
    }

    /// Adds a map unless it is empty.
    pub(super) fn with_map(self, name: &str, map: Map<String, Value>) -> Self {
        self.with_some(name, (!map.is_empty()).then_some(map))
    }
}

impl From<JsonBody> for Value {
    fn from(body: JsonBody) -> Self {
        Self::Object(body.0)
    }
}

/// Serializes tags as the API expects them: a map of the tags that are set.
pub(super) fn encode_tags(tags: &impl Tags) -> EncodedTags {
    match serde_json::to_value(tags) {
        Ok(Value::Object(mut map)) => {
            map.retain(|_, value| !value.is_null());
            Ok(map)
        }
        _ => Err(ClientError::Request(
            "the tags do not serialize to a JSON object".to_owned(),
        )),
    }
}

/// Adds tags. They replace earlier values of the same tags.
pub(super) fn set_tags(tags: &mut EncodedTags, more: &impl Tags) {
    merge_tags(tags, encode_tags(more));
}

/// Clears tags. This replaces earlier values of the same tags.
pub(super) fn clear_tags<T>(tags: &mut EncodedTags, cleared: impl IntoIterator<Item = Tag<T>>) {
    let cleared = cleared
        .into_iter()
        .map(|tag| (tag.name().to_owned(), Value::Null));
    merge_tags(tags, Ok(cleared.collect()));
}

fn merge_tags(tags: &mut EncodedTags, more: EncodedTags) {
    match (&mut *tags, more) {
        (Ok(tags), Ok(more)) => tags.extend(more),
        (_, Err(error)) => *tags = Err(error),
        (Err(_), Ok(_)) => {}
    }
}

/// The time of a delayed operation.
#[derive(Clone, Copy, Debug)]
pub(super) enum Schedule {
    After(Duration),
    At(SystemTime),
}

impl From<Schedule> for Value {
    fn from(schedule: Schedule) -> Self {
        match schedule {
            Schedule::After(delay) => json!({ "delay": milliseconds(delay) }),
            Schedule::At(time) => json!({ "dateTime": iso_8601(time) }),
        }
    }
}

/// Returns the milliseconds of a duration, or `u64::MAX` if there are more.
pub(super) fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

/// Formats a time as the API expects it: ISO 8601 in UTC, with milliseconds.
pub(super) fn iso_8601(time: SystemTime) -> String {
    date_time::format_milliseconds(time)
}
