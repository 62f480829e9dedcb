//! A `tracing` layer that writes events to the log.

use std::{fmt, fmt::Write as _, sync::Arc};

use tracing::{
    Event, Level, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id},
};
use tracing_subscriber::{
    Layer, Registry,
    filter::LevelFilter,
    layer::{Context, SubscriberExt as _},
    registry::LookupSpan,
};

use super::span::{CALL, CALL_TARGET, beginning};
use crate::{
    CallIdentity, Environment,
    logger::{Audience, EVENT_TARGET, LogLevel, Logger, Subject},
};

/// Writes `tracing` events to the log in the official format. The lines contain the identifiers of
/// the call in whose span the event occurred. [`serve`](crate::serve) installs this layer unless
/// the process has a subscriber.
///
/// An event becomes the same line that [`Logger`] would write. It is visible to the integration's
/// owner only, unless the field `for_bot` or `for_bot_only` is true. The fields `user_id` and
/// `conversation_id` are added to the line's identifiers. Other fields are appended to the message.
///
/// ```
/// # fn example() {
/// tracing::info!(for_bot = true, user_id = "user-1", items = 3, "fetched the catalog");
/// # }
/// ```
///
/// `LOG_LEVEL` filters events; the default is `info`. Events at TRACE level are never written. The
/// layer can be combined with other layers:
///
/// ```
/// use contexture::{Environment, log::TracingLayer};
/// use tracing_subscriber::{Registry, layer::SubscriberExt as _};
///
/// # fn example() {
/// let environment = Environment::from_env();
/// let subscriber = Registry::default().with(TracingLayer::new(&environment));
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct TracingLayer {
    logger: Logger,
    least: LogLevel,
}

/// The identity of a span's call. It is converted to a log subject only for events, because most
/// calls log nothing.
struct SpanOf(Arc<CallIdentity>);

impl TracingLayer {
    /// Creates a layer with the log settings and the sink of an environment.
    #[must_use]
    pub fn new(environment: &Environment) -> Self {
        Self {
            logger: Logger::for_process(environment.log_ref()),
            least: environment
                .log_ref()
                .settings
                .level
                .unwrap_or(LogLevel::Info),
        }
    }

    /// Converts the layer to a complete subscriber, for a process without other layers.
    #[must_use]
    pub fn into_subscriber(self) -> impl Subscriber + Send + Sync {
        let filter = match self.least {
            LogLevel::Debug => LevelFilter::DEBUG,
            LogLevel::Info => LevelFilter::INFO,
            LogLevel::Warn => LevelFilter::WARN,
            LogLevel::Error => LevelFilter::ERROR,
        };
        Registry::default().with(filter).with(self)
    }
}

impl<S: Subscriber + for<'span> LookupSpan<'span>> Layer<S> for TracingLayer {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let metadata = attributes.metadata();
        if metadata.target() != CALL_TARGET || metadata.name() != CALL {
            return;
        }
        if let (Some(span), Some(identity)) = (context.span(id), beginning::read()) {
            // A second layer of the subscriber, for another log, has the same identity.
            span.extensions_mut().replace(SpanOf(identity));
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
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
        let mut spans = context.event_scope(event).into_iter().flatten();
        let subject = spans.find_map(|span| {
            let extensions = span.extensions();
            let SpanOf(identity) = extensions.get()?;
            Some(Arc::new(Subject::of_call(identity).into_owned()))
        });
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
