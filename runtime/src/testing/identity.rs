//! The identifiers of the calls of a test.

use crate::{CallIdentity, Definition, Operation};

/// The integration's id, as which its states belong to it.
pub(super) const INTEGRATION_ID: &str = "integration-1";

/// The identifiers of a call in a test.
pub(super) fn test_identity<D: Definition>(operation: Operation) -> CallIdentity {
    CallIdentity {
        bot_id: "bot-1".to_owned(),
        bot_user_id: "bot-user-1".to_owned(),
        integration_id: INTEGRATION_ID.to_owned(),
        integration_alias: D::DOCUMENT.name.to_owned(),
        webhook_id: "webhook-1".to_owned(),
        operation,
        traceparent: None,
        tracestate: None,
    }
}
