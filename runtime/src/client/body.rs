//! The bodies of requests, field by field in the official order.

use serde_json::{Map, Value};

use super::error::ClientError;
use crate::Tags;

/// A body that is being put together; what is not given is left out.
#[derive(Clone, Debug, Default)]
pub(super) struct Body(Map<String, Value>);

impl Body {
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
}

impl From<Body> for Value {
    fn from(body: Body) -> Self {
        Self::Object(body.0)
    }
}

/// Writes tags as the API takes them: a map of those that are set.
pub(super) fn encode_tags(tags: &impl Tags) -> Result<Map<String, Value>, ClientError> {
    match serde_json::to_value(tags) {
        Ok(Value::Object(mut map)) => {
            map.retain(|_, value| !value.is_null());
            Ok(map)
        }
        _ => Err(ClientError::Request("tags are not a map".to_owned())),
    }
}
