//! What handlers and the runtime log with.

use std::fmt;
use std::sync::Arc;

use super::destination::Log;
use super::issue::Issue;
use super::line::{self, Audience, Subject};
use super::output::LogOutput;
use super::settings::{LogFormat, LogLevel, LogSettings};
use super::sink::LogSink;
use crate::CallIdentity;

/// The target of the events that the logger makes.
pub(crate) const EVENT_TARGET: &str = "contexture::log";

/// Logs in the name of one call.
///
/// A line is for the integration's owner unless [`for_bot`](Self::for_bot) or
/// [`for_bot_only`](Self::for_bot_only) says otherwise. Cloning is cheap.
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
    subject: Arc<Subject>,
    audience: Audience,
}

impl Logger {
    /// Makes the logger of one call.
    pub(crate) fn new(log: &Log, identity: &CallIdentity) -> Self {
        Self::of_subject(log, Subject::of_call(identity))
    }

    /// Makes the logger for what belongs to no call: the start and the end of a server, a request
    /// that cannot be read.
    pub(crate) fn for_process(log: &Log) -> Self {
        Self::of_subject(log, Subject::default())
    }

    fn of_subject(log: &Log, subject: Subject) -> Self {
        Self {
            settings: log.settings,
            sink: Arc::clone(&log.sink),
            subject: Arc::new(subject),
            audience: Audience::Integration,
        }
    }

    /// Gives a logger whose lines the bot's owner sees too.
    #[must_use]
    pub fn for_bot(&self) -> Self {
        Self {
            audience: Audience::Both,
            ..self.clone()
        }
    }

    /// Gives a logger whose lines only the bot's owner sees.
    #[must_use]
    pub fn for_bot_only(&self) -> Self {
        Self {
            audience: Audience::BotOnly,
            ..self.clone()
        }
    }

    /// Gives a logger whose lines are about this user.
    #[must_use]
    pub fn with_user(&self, user_id: impl Into<String>) -> Self {
        let mut logger = self.clone();
        Arc::make_mut(&mut logger.subject).user_id = Some(user_id.into());
        logger
    }

    /// Gives a logger whose lines are about this conversation.
    #[must_use]
    pub fn with_conversation(&self, conversation_id: impl Into<String>) -> Self {
        let mut logger = self.clone();
        Arc::make_mut(&mut logger.subject).conversation_id = Some(conversation_id.into());
        logger
    }

    /// Logs what is of use to a developer.
    pub fn debug(&self, message: impl fmt::Display) {
        self.log(LogLevel::Debug, &message);
    }

    /// Logs what happened.
    pub fn info(&self, message: impl fmt::Display) {
        self.log(LogLevel::Info, &message);
    }

    /// Logs what should not have happened, and did no harm.
    pub fn warn(&self, message: impl fmt::Display) {
        self.log(LogLevel::Warn, &message);
    }

    /// Logs what failed.
    pub fn error(&self, message: impl fmt::Display) {
        self.log(LogLevel::Error, &message);
    }

    /// Reports something that the bot's owner has to act on.
    ///
    /// Issues are collected by Botpress from the log, so they are always written, and always as
    /// JSON.
    pub fn issue(&self, issue: &Issue) {
        let line = line::issue_line(issue, &self.subject);
        self.sink.write(LogOutput::Stdout, &line);
    }

    /// Gives a logger whose lines are about something else, or about nothing in particular.
    #[cfg(feature = "tracing-layer")]
    pub(crate) fn about(&self, subject: Option<Arc<Subject>>, audience: Audience) -> Self {
        Self {
            subject: subject.unwrap_or_default(),
            audience,
            ..self.clone()
        }
    }

    fn log(&self, level: LogLevel, message: &dyn fmt::Display) {
        self.trace(level, message);
        if self.settings.writes(level) {
            self.write(level, message);
        }
    }

    /// Tells layers that are not ours what is logged. Nothing is formatted when there are none.
    fn trace(&self, level: LogLevel, message: &dyn fmt::Display) {
        macro_rules! event {
            ($level:ident) => {
                tracing::event!(
                    target: EVENT_TARGET,
                    tracing::Level::$level,
                    user_id = self.subject.user_id.as_deref(),
                    conversation_id = self.subject.conversation_id.as_deref(),
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
        let output = match level {
            LogLevel::Debug | LogLevel::Info => LogOutput::Stdout,
            LogLevel::Warn | LogLevel::Error => LogOutput::Stderr,
        };
        let message = message.to_string();
        let line = match self.settings.format {
            LogFormat::Text => message,
            LogFormat::Json => line::json_line(&message, level, &self.subject, self.audience),
        };
        self.sink.write(output, &line);
    }
}
