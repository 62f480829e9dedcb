//! The logger of handlers and of the runtime.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use super::destination::Log;
use super::details::Details;
use super::issue::Issue;
use super::line::{self, Audience, Subject};
use super::output::LogOutput;
use super::settings::{LogFormat, LogLevel, LogSettings};
use super::sink::LogSink;
use crate::CallIdentity;

/// The target of the logger's `tracing` events.
pub(crate) const EVENT_TARGET: &str = "contexture::log";

/// Logs lines for one call.
///
/// A line is visible to the integration's owner only, unless [`for_bot`](Self::for_bot) or
/// [`for_bot_only`](Self::for_bot_only) changes that. Cloning is cheap.
///
/// ```
/// # fn example(logger: &contexture::Logger) {
/// logger.info("fetched the catalog");
/// logger.for_bot().with_user("user-1").warn(format_args!("{} items are hidden", 3));
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Logger {
    settings: LogSettings,
    sink: Arc<dyn LogSink>,
    subject: Arc<Subject<'static>>,
    audience: Audience,
}

impl Logger {
    /// Creates the logger of one call.
    pub(crate) fn new(log: &Log, identity: &CallIdentity) -> Self {
        Self::of_subject(log, Subject::of_call(identity).into_owned())
    }

    /// Creates a logger for lines that belong to no call, such as the start and stop of a server or
    /// an invalid request.
    pub(crate) fn for_process(log: &Log) -> Self {
        Self::of_subject(log, Subject::default())
    }

    fn of_subject(log: &Log, subject: Subject<'static>) -> Self {
        Self {
            settings: log.settings,
            sink: Arc::clone(&log.sink),
            subject: Arc::new(subject),
            audience: Audience::Integration,
        }
    }

    /// Returns a logger whose lines the bot's owner can see, too.
    #[must_use]
    pub fn for_bot(&self) -> Self {
        Self {
            audience: Audience::Both,
            ..self.clone()
        }
    }

    /// Returns a logger whose lines only the bot's owner can see.
    #[must_use]
    pub fn for_bot_only(&self) -> Self {
        Self {
            audience: Audience::BotOnly,
            ..self.clone()
        }
    }

    /// Returns a logger that adds this user to its lines.
    #[must_use]
    pub fn with_user(&self, user_id: impl Into<String>) -> Self {
        let mut logger = self.clone();
        Arc::make_mut(&mut logger.subject).user_id = Some(Cow::Owned(user_id.into()));
        logger
    }

    /// Returns a logger that adds this conversation to its lines.
    #[must_use]
    pub fn with_conversation(&self, conversation_id: impl Into<String>) -> Self {
        let mut logger = self.clone();
        Arc::make_mut(&mut logger.subject).conversation_id =
            Some(Cow::Owned(conversation_id.into()));
        logger
    }

    /// Logs a message for debugging.
    pub fn debug(&self, message: impl fmt::Display) {
        self.log(LogLevel::Debug, &message);
    }

    /// Logs an informational message.
    pub fn info(&self, message: impl fmt::Display) {
        self.log(LogLevel::Info, &message);
    }

    /// Logs a warning.
    pub fn warn(&self, message: impl fmt::Display) {
        self.log(LogLevel::Warn, &message);
    }

    /// Logs an error.
    pub fn error(&self, message: impl fmt::Display) {
        self.log(LogLevel::Error, &message);
    }

    /// Reports an issue that the bot's owner must resolve.
    ///
    /// Botpress collects issues from the log. They are always written, at every level, and
    /// always as JSON.
    pub fn issue(&self, issue: &Issue) {
        let line = line::issue_line(issue, &self.subject);
        self.sink.write(LogOutput::Stdout, &line);
    }

    /// Returns a logger with another subject, or without one.
    pub(crate) fn about(&self, subject: Option<Arc<Subject<'static>>>, audience: Audience) -> Self {
        Self {
            subject: subject.unwrap_or_default(),
            audience,
            ..self.clone()
        }
    }

    /// Logs a failure with what is known about its call.
    pub(crate) fn failure(&self, level: LogLevel, message: &str, details: &Details<'_>) {
        self.trace(level, &message, details);
        if self.settings.writes(level) {
            let line = match self.settings.format {
                LogFormat::Text => {
                    line::failure_text(message, &self.subject, self.audience, details)
                }
                LogFormat::Json => self.json(level, message, details),
            };
            self.sink.write(stream(level), &line);
        }
    }

    fn log(&self, level: LogLevel, message: &dyn fmt::Display) {
        self.trace(level, message, &Details::default());
        if self.settings.writes(level) {
            self.write(level, message);
        }
    }

    /// Emits a `tracing` event for other layers. The message is formatted only if a subscriber is
    /// interested.
    fn trace(&self, level: LogLevel, message: &dyn fmt::Display, details: &Details<'_>) {
        macro_rules! event {
            ($level:ident) => {
                tracing::event!(
                    target: EVENT_TARGET,
                    tracing::Level::$level,
                    user_id = self.subject.user_id.as_deref(),
                    conversation_id = self.subject.conversation_id.as_deref(),
                    error_id = details.error_id,
                    "{message}"
                )
            };
        }
        match level {
            LogLevel::Debug => event!(DEBUG),
            LogLevel::Info => event!(INFO),
            LogLevel::Warn => event!(WARN),
            LogLevel::Error => event!(ERROR),
        }
    }

    pub(crate) fn write(&self, level: LogLevel, message: &dyn fmt::Display) {
        let message = message.to_string();
        let line = match self.settings.format {
            LogFormat::Text => message,
            LogFormat::Json => self.json(level, &message, &Details::default()),
        };
        self.sink.write(stream(level), &line);
    }

    fn json(&self, level: LogLevel, message: &str, details: &Details<'_>) -> String {
        line::json_line(message, level, &self.subject, self.audience, details)
    }
}

/// The stream of a level, as in the official SDK.
fn stream(level: LogLevel) -> LogOutput {
    match level {
        LogLevel::Debug | LogLevel::Info => LogOutput::Stdout,
        LogLevel::Warn | LogLevel::Error => LogOutput::Stderr,
    }
}
