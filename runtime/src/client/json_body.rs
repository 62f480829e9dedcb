//! The bodies of requests, field by field in the official order.

use std::time::{Duration, SystemTime};

use serde_json::{Map, Value, json};

use crate::ClientError;
use crate::{Tag, Tags, date_time};

/// Tags as a body takes them, or why they cannot be written.
pub(super) type EncodedTags = Result<Map<String, Value>, ClientError>;

/// A body that is being put together; what is not given is left out.
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

    /// Takes all the fields of another body.
    pub(super) fn and(mut self, fields: Self) -> Self {
        self.0.extend(fields.0);
        self
    }

    /// Takes a map, unless nothing is in it.
    pub(super) fn with_map(self, name: &str, map: Map<String, Value>) -> Self {
        self.with_some(name, (!map.is_empty()).then_some(map))
    }
}

impl From<JsonBody> for Value {
    fn from(body: JsonBody) -> Self {
        Self::Object(body.0)
    }
}

/// Writes tags as the API takes them: a map of those that are set.
pub(super) fn encode_tags(tags: &impl Tags) -> EncodedTags {
    match serde_json::to_value(tags) {
        Ok(Value::Object(mut map)) => {
            map.retain(|_, value| !value.is_null());
            Ok(map)
        }
        _ => Err(ClientError::Request("tags are not a map".to_owned())),
    }
}

/// Sets tags beside those that are set or cleared already.
pub(super) fn set_tags(tags: &mut EncodedTags, more: &impl Tags) {
    merge_tags(tags, encode_tags(more));
}

/// Clears tags beside those that are set or cleared already.
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

/// When something is done that is not done at once.
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

/// Five hundred million years of milliseconds fit; whoever asks for more gets as many.
pub(super) fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

/// Writes a time as the API takes it: in UTC, with milliseconds.
pub(super) fn iso_8601(time: SystemTime) -> String {
    date_time::format_milliseconds(time)
}
