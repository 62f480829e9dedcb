//! The identifiers of test calls.

use std::sync::Arc;

use crate::{CallIdentity, Definition, Installation, Operation};

/// The id of the integration, which also identifies the owner of its states.
pub(super) const INTEGRATION_ID: &str = "integration-1";

/// Returns the identifiers of a test call.
pub(super) fn test_identity<D: Definition>(operation: Operation) -> CallIdentity {
    CallIdentity {
        installation: Arc::new(Installation {
            bot_id: "bot-1".to_owned(),
            bot_user_id: "bot-user-1".to_owned(),
            integration_id: INTEGRATION_ID.to_owned(),
            integration_alias: D::DOCUMENT.name.to_owned(),
            webhook_id: "webhook-1".to_owned(),
        }),
        operation,
        traceparent: None,
        tracestate: None,
    }
}
