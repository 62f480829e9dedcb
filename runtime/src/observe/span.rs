//! The span of a call.

use std::{cell::Cell, fmt, time::Duration};

use http::{Method, StatusCode};
use tracing::{Span, field::Empty};

use crate::{CallIdentity, Operation, logger::Item, value::shorten};

/// The call whose span is being created, for the subscriber or the layer that attaches it to the span. Reading it
/// from the span's fields would copy each field.
pub(super) mod beginning {
    use std::{cell::RefCell, sync::Arc};

    use tracing::span::Attributes;

    use crate::CallIdentity;

    /// The target and the name of a call's span.
    const TARGET: &str = "contexture";
    const NAME: &str = "call";

    thread_local! {
        static CALL: RefCell<Option<Arc<CallIdentity>>> = const { RefCell::new(None) };
    }

    pub(in crate::observe) fn with<T>(identity: &Arc<CallIdentity>, span: impl FnOnce() -> T) -> T {
        CALL.set(Some(Arc::clone(identity)));
        let made = span();
        CALL.set(None);
        made
    }

    /// Returns the call, if the new span is that of a call.
    pub(in crate::observe) fn of(attributes: &Attributes<'_>) -> Option<Arc<CallIdentity>> {
        let metadata = attributes.metadata();
        if metadata.target() != TARGET || metadata.name() != NAME {
            return None;
        }
        CALL.with_borrow(Option::clone)
    }
}

/// Creates the span of a call. It contains no other headers and no part of the body.
///
/// Its names are those of Botpress's own integrations (`bp:<operation>`, `bp.botId`) and of the
/// HTTP conventions of OpenTelemetry
/// (<https://opentelemetry.io/docs/specs/semconv/http/http-spans/>).
///
/// Its level is ERROR, so that the span exists even if only errors are logged: the log lines take
/// the bot's id from it.
///
/// Also returns whether a subscriber has read the fields. The log alone does not.
pub(super) fn call_span(identity: &CallIdentity, method: &Method) -> (Span, bool) {
    let name = SpanName {
        operation: &identity.operation,
        is_read: Cell::new(false),
    };
    let span = tracing::error_span!(
        target: "contexture",
        "call",
        otel.kind = "server",
        otel.name = %name,
        otel.status_code = Empty,
        bp.operation = identity.operation.as_str(),
        bp.botId = identity.bot_id,
        bp.integrationId = identity.integration_id,
        bp.integrationAlias = identity.integration_alias,
        bp.configurationType = Empty,
        bp.action = Empty,
        bp.channel = Empty,
        bp.messageType = Empty,
        bp.userId = Empty,
        bp.conversationId = Empty,
        bp.messageId = Empty,
        trace_id = identity.trace_id(),
        http.request.method = method.as_str(),
        http.response.status_code = Empty,
        error.type = Empty,
        duration_ms = Empty,
    );
    (span, name.is_read.get())
}

/// The name of a call's span. It notes that it is read.
struct SpanName<'a> {
    operation: &'a Operation,
    is_read: Cell<bool>,
}

impl fmt::Display for SpanName<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.is_read.set(true);
        let operation = self.operation.known_name().unwrap_or("other");
        write!(formatter, "bp:{operation}")
    }
}

/// Records what a call is about in its span, which must be the current one.
pub(super) fn record_item(item: &Item) {
    let span = Span::current();
    let names = [
        ("bp.action", &item.action),
        ("bp.channel", &item.channel),
        ("bp.messageType", &item.message_type),
    ];
    for (field, name) in names {
        if let Some(name) = name {
            span.record(field, shorten(name));
        }
    }
}

/// Records the end of a call in its span, which must be the current one. Only a server error fails
/// the span of a server, as the conventions require. A call without a status was canceled.
pub(super) fn record_end(status: Option<StatusCode>, time: Duration) {
    let span = Span::current();
    if let Some(status) = status {
        span.record("http.response.status_code", status.as_u16());
    }
    match status {
        Some(status) if !status.is_server_error() => {}
        Some(status) => {
            span.record("error.type", status.as_str());
            span.record("otel.status_code", "ERROR");
        }
        None => {
            span.record("error.type", "canceled");
            span.record("otel.status_code", "ERROR");
        }
    }
    span.record("duration_ms", time.as_secs_f64() * 1000.0);
}
