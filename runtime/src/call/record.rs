//! What is known about a running call, for its span, its metrics and its log lines.

use std::{
    cell::RefCell,
    sync::{Arc, OnceLock},
    time::Instant,
};

use bytes::Bytes;
use http::{Method, Response, StatusCode};
use tracing::Span;

use super::{
    response::{error_response, tell},
    state::ServiceState,
};
use crate::{
    ApiError, CallIdentity, Definition, Error, Logger, TagMap,
    client::{Conversation, Message, User},
    error::ErrorResponse,
    logger::{Details, Item, LogLevel},
    observe::Observation,
    panics::catch,
};

/// A running call. Dropping it ends the call, with or without a response.
pub(super) struct CallRecord<'a, D: Definition> {
    state: &'a ServiceState<D>,
    identity: Arc<CallIdentity>,
    started: Instant,
    /// Set once the body has been read.
    item: OnceLock<Item>,
    /// `None` when the call has ended.
    observation: Option<Observation>,
}

impl<'a, D: Definition> CallRecord<'a, D> {
    /// Begins the observation of a call. The call must run inside the returned span.
    pub(super) fn begin(
        state: &'a ServiceState<D>,
        identity: &Arc<CallIdentity>,
        method: &Method,
    ) -> (Span, Self) {
        let (span, observation) = state.observer.begin(identity, method);
        let record = Self {
            state,
            identity: Arc::clone(identity),
            started: Instant::now(),
            item: OnceLock::new(),
            observation: Some(observation),
        };
        (span, record)
    }

    /// Returns whether a subscriber reads the fields of the call's span.
    pub(super) fn span_is_read(&self) -> bool {
        let observation = self.observation.as_ref();
        observation.is_some_and(Observation::is_read)
    }

    /// Records the action of the call.
    pub(super) fn action(&self, name: String) -> &str {
        let item = self.about(Item {
            action: Some(name),
            ..Item::default()
        });
        item.action.as_deref().unwrap_or_default()
    }

    /// Records the channel of the call.
    pub(super) fn channel(&self, name: String) -> &str {
        let item = self.about(Item {
            channel: Some(name),
            ..Item::default()
        });
        item.channel.as_deref().unwrap_or_default()
    }

    /// Records the channel and the message type of the call.
    pub(super) fn message(&self, channel: String, message_type: String) -> (&str, &str) {
        let item = self.about(Item {
            channel: Some(channel),
            message_type: Some(message_type),
            ..Item::default()
        });
        let names = [&item.channel, &item.message_type];
        let [channel, message_type] = names.map(|name| name.as_deref().unwrap_or_default());
        (channel, message_type)
    }

    /// Records the ids of a message, its user and its conversation in the span.
    pub(super) fn participants(
        &self,
        user: &User<TagMap>,
        conversation: &Conversation<TagMap>,
        message: &Message<TagMap>,
    ) {
        if self.span_is_read() {
            let span = Span::current();
            span.record("bp.userId", user.id.as_str());
            span.record("bp.conversationId", conversation.id.as_str());
            span.record("bp.messageId", message.id.as_str());
        }
    }

    fn about(&self, item: Item) -> &Item {
        let item = self.item.get_or_init(|| item);
        if let Some(observation) = &self.observation {
            observation.record_item(item);
        }
        item
    }

    /// Logs the error of the call and returns its response.
    pub(super) fn fail(&self, error: Error) -> Response<Bytes> {
        let refusals = &self.state.refusals.calls;
        error_response(error, &self.logger(), refusals, &self.details())
    }

    /// Ends the call with its response.
    pub(super) fn end(mut self, response: &Response<Bytes>) {
        if let Some(observation) = self.observation.take() {
            self.write_access(Some(response.status()));
            observation.end(response.status(), self.started);
        }
    }

    /// Writes the line of the call in the access log.
    fn write_access(&self, status: Option<StatusCode>) {
        let log = self.state.environment.log_ref();
        if log.has_access_log() {
            let details = Details {
                status: status.map(|status| status.as_u16()),
                ..self.details()
            };
            // A panic of the log sink must not prevent the response.
            let _ = catch("the log", || log.write_access(&self.identity, &details));
        }
    }

    /// Logs that the call was canceled. Returns the status of the response, if there is one.
    fn log_cancellation(&self) -> Option<StatusCode> {
        let logger = self.logger();
        if let Some(error) = CANCELING.take() {
            let answer = ErrorResponse::of(error);
            tell(&answer, &logger, &self.details());
            return Some(answer.status);
        }
        // Any client can disconnect, so these lines are throttled like refusals.
        if self.state.refusals.calls.admit(&logger) {
            let message = "the call was canceled before its response";
            let _ = catch("the log", || {
                logger.failure(LogLevel::Warn, message, &self.details());
            });
        }
        None
    }

    fn details(&self) -> Details<'_> {
        Details {
            operation: Some(&self.identity.operation),
            item: self.item.get(),
            duration: Some(self.started.elapsed()),
            ..Details::default()
        }
    }

    fn logger(&self) -> Logger {
        Logger::new(self.state.environment.log_ref(), &self.identity)
    }
}

thread_local! {
    /// The error with which the server answers in place of the call that is being dropped.
    static CANCELING: RefCell<Option<ApiError>> = const { RefCell::new(None) };
}

/// Returns the error for a call that takes too long.
#[cfg(all(
    any(feature = "lambda", feature = "server"),
    not(target_family = "wasm")
))]
pub(crate) fn out_of_time(limit: std::time::Duration) -> ApiError {
    let message = format!("the integration did not respond within {limit:?}");
    ApiError::new(crate::ApiErrorKind::OperationTimeout, message)
}

/// Cancels a call, which logs the error with which the server answers in its place.
#[cfg(all(
    any(feature = "lambda", feature = "server"),
    not(target_family = "wasm")
))]
pub(crate) fn cancel_call(error: &ApiError, cancel: impl FnOnce()) {
    CANCELING.set(Some(error.clone()));
    cancel();
    CANCELING.set(None);
}

impl<D: Definition> Drop for CallRecord<'_, D> {
    fn drop(&mut self) {
        if let Some(observation) = self.observation.take() {
            let status = self.log_cancellation();
            self.write_access(status);
            observation.cancel(status, self.started);
        }
    }
}
