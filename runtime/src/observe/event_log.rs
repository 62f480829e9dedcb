//! `tracing` events as log lines.

use std::fmt::{self, Write as _};
use std::sync::Arc;

use tracing::field::{Field, Visit};
use tracing::{Event, Level};

use crate::logger::{Audience, EVENT_TARGET, LogLevel, Logger, Subject};
use crate::{CallIdentity, Environment};

/// Writes events to a log.
#[derive(Clone, Debug)]
pub(super) struct EventLog {
    logger: Logger,
    pub(super) least: LogLevel,
}

impl EventLog {
    /// Has the log settings and the sink of an environment.
    pub(super) fn new(environment: &Environment) -> Self {
        let log = environment.log_ref();
        Self {
            logger: Logger::for_process(log),
            least: log.settings.level.unwrap_or(LogLevel::Info),
        }
    }

    /// Writes an event, unless its level is too low. `call` finds the call that the event belongs to; it is asked for
    /// events that are written only, because most calls log nothing.
    pub(super) fn write(
        &self,
        event: &Event<'_>,
        call: impl FnOnce() -> Option<Arc<CallIdentity>>,
    ) {
        let metadata = event.metadata();
        // The logger has already written its own lines.
        let (Some(level), false) = (
            log_level(*metadata.level()),
            metadata.target() == EVENT_TARGET,
        ) else {
            return;
        };
        if level < self.least {
            return;
        }
        let mut line = EventLine::default();
        event.record(&mut line);
        let subject = call().map(|call| Arc::new(Subject::of_call(&call).into_owned()));
        line.write(&self.logger, subject, level);
    }
}

fn log_level(level: Level) -> Option<LogLevel> {
    match level {
        Level::ERROR => Some(LogLevel::Error),
        Level::WARN => Some(LogLevel::Warn),
        Level::INFO => Some(LogLevel::Info),
        Level::DEBUG => Some(LogLevel::Debug),
        _ => None,
    }
}

/// The parts of a log line, collected from an event.
#[derive(Default)]
struct EventLine {
    message: String,
    fields: String,
    for_bot: bool,
    for_bot_only: bool,
    user_id: Option<String>,
    conversation_id: Option<String>,
}

impl EventLine {
    fn write(self, logger: &Logger, subject: Option<Arc<Subject<'static>>>, level: LogLevel) {
        let audience = match (self.for_bot_only, self.for_bot) {
            (true, _) => Audience::BotOnly,
            (false, true) => Audience::Both,
            (false, false) => Audience::Integration,
        };
        let mut logger = logger.about(subject, audience);
        if let Some(user_id) = self.user_id {
            logger = logger.with_user(user_id);
        }
        if let Some(conversation_id) = self.conversation_id {
            logger = logger.with_conversation(conversation_id);
        }
        let message = match (self.message.is_empty(), self.fields.is_empty()) {
            (_, true) => self.message,
            (true, false) => self.fields,
            (false, false) => format!("{} {}", self.message, self.fields),
        };
        logger.write(level, &message);
    }
}

impl Visit for EventLine {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        // Writing to a `String` cannot fail.
        let _ = if field.name() == "message" {
            write!(self.message, "{value:?}")
        } else {
            let space = if self.fields.is_empty() { "" } else { " " };
            write!(self.fields, "{space}{}={value:?}", field.name())
        };
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "message" => value.clone_into(&mut self.message),
            "user_id" => self.user_id = Some(value.to_owned()),
            "conversation_id" => self.conversation_id = Some(value.to_owned()),
            _ => self.record_debug(field, &value),
        }
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        match field.name() {
            "for_bot" => self.for_bot = value,
            "for_bot_only" => self.for_bot_only = value,
            _ => self.record_debug(field, &value),
        }
    }
}
