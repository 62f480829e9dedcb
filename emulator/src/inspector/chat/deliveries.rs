//! The calls by which messages were delivered.

use std::collections::HashMap;

use serde_json::Value;

use crate::exchange::{Exchange, ExchangeFilter, ExchangeKind};
use crate::inspector::data::Data;
use crate::inspector::run;
use crate::storage::StorageError;

/// The number of calls that are looked through.
const SEARCHED: u32 = 300;

/// The newest call of each message.
pub(super) struct Deliveries(HashMap<String, Exchange>);

impl Deliveries {
    pub(super) fn of(data: Data<'_>) -> Result<Self, StorageError> {
        let filter = ExchangeFilter {
            kind: Some(ExchangeKind::Call),
            instance: Some(data.instance.webhook_id.clone()),
            limit: SEARCHED,
            ..ExchangeFilter::default()
        };
        let calls = data.inspector.platform.recorder().list(&filter)?;
        let mut found = HashMap::new();
        for call in calls {
            if let Some(id) = message_of(&call) {
                found.entry(id).or_insert(call);
            }
        }
        Ok(Self(found))
    }

    pub(super) fn get(&self, message_id: &str) -> Option<&Exchange> {
        self.0.get(message_id)
    }
}

/// The message that a call delivers.
fn message_of(call: &Exchange) -> Option<String> {
    let member = match call.name.as_str() {
        "message_created" => "message",
        "message_updated" => "currentMessage",
        _ => return None,
    };
    let body = run::request(call);
    body[member]["id"].as_str().map(str::to_owned)
}

/// Whether nothing is known about a value.
pub(super) fn is_nothing(value: &Value) -> bool {
    value.is_null() || value.as_object().is_some_and(serde_json::Map::is_empty)
}
