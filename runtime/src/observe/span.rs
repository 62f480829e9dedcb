//! The span of a call.

use tracing::{Span, field::Empty};

use crate::CallIdentity;

/// The name of a call's span.
#[cfg(feature = "tracing-layer")]
pub(super) const CALL: &str = "call";

/// The target of a call's span.
#[cfg(feature = "tracing-layer")]
pub(super) const CALL_TARGET: &str = "contexture";

/// The call whose span is being created, for the layer that attaches it to the span. Reading it
/// from the span's fields would copy each field.
pub(super) mod beginning {
    use std::{cell::RefCell, sync::Arc};

    use crate::CallIdentity;

    thread_local! {
        static CALL: RefCell<Option<Arc<CallIdentity>>> = const { RefCell::new(None) };
    }

    pub(in crate::observe) fn with<T>(identity: &Arc<CallIdentity>, span: impl FnOnce() -> T) -> T {
        CALL.set(Some(Arc::clone(identity)));
        let made = span();
        CALL.set(None);
        made
    }

    #[cfg(feature = "tracing-layer")]
    pub(in crate::observe) fn read() -> Option<Arc<CallIdentity>> {
        CALL.with_borrow(Option::clone)
    }
}

/// Creates the span of a call. It contains no other headers and no part of the body.
///
/// Its level is ERROR, so that the span exists even if only errors are logged: the log lines take
/// the bot's id from it.
pub(super) fn call_span(identity: &CallIdentity) -> Span {
    tracing::error_span!(
        target: "contexture",
        "call",
        otel.kind = "server",
        operation = identity.operation.as_str(),
        bot_id = identity.bot_id,
        integration_id = identity.integration_id,
        integration_alias = identity.integration_alias,
        trace_id = identity.trace_id(),
        configuration_type = Empty,
        status = Empty,
        duration_ms = Empty,
    )
}
