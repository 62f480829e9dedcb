//! The settings and the sink of a log.

use std::sync::Arc;

use super::{
    settings::LogSettings,
    sink::{LogSink, StandardStreams},
};

/// The settings and the sink of a log.
#[derive(Clone, Debug)]
pub(crate) struct Log {
    pub(crate) settings: LogSettings,
    pub(crate) sink: Arc<dyn LogSink>,
}

impl Default for Log {
    fn default() -> Self {
        Self {
            settings: LogSettings::default(),
            sink: Arc::new(StandardStreams),
        }
    }
}
