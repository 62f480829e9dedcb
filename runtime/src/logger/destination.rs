//! The settings and the sink of a log.

use std::sync::Arc;

use super::{
    details::Details,
    line::{self, Audience, Subject},
    output::LogOutput,
    settings::{LogFormat, LogLevel, LogSettings},
    sink::{LogSink, StandardStreams},
};
use crate::CallIdentity;

/// The settings and the sink of a log.
#[derive(Clone, Debug)]
pub(crate) struct Log {
    pub(crate) settings: LogSettings,
    pub(crate) sink: Arc<dyn LogSink>,
    /// Whether each call has a line.
    pub(crate) access: bool,
}

impl Log {
    /// Returns whether the lines of the access log are written.
    pub(crate) fn has_access_log(&self) -> bool {
        self.access && self.settings.writes(LogLevel::Info)
    }

    /// Writes the line of a call. It is not a `tracing` event, because the span of the call has the
    /// same data.
    pub(crate) fn write_access(&self, identity: &CallIdentity, details: &Details<'_>) {
        let mut line = line::access_message(details);
        let subject = Subject::of_call(identity);
        match self.settings.format {
            LogFormat::Text => line::push_call(&mut line, &subject),
            LogFormat::Json => {
                let audience = Audience::Integration;
                line = line::json_line(&line, LogLevel::Info, &subject, audience, details);
            }
        }
        self.sink.write(LogOutput::Stdout, &line);
    }
}

impl Default for Log {
    fn default() -> Self {
        Self {
            settings: LogSettings::default(),
            sink: Arc::new(StandardStreams),
            access: true,
        }
    }
}
