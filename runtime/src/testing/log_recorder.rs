//! A log that is kept.

use std::sync::{Arc, Mutex, PoisonError};

use crate::logger::{LogOutput, LogSink};

/// Keeps the lines of the log. Clones share them.
#[derive(Clone, Debug, Default)]
pub struct LogRecorder {
    lines: Arc<Mutex<Vec<RecordedLine>>>,
}

/// One line of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedLine {
    /// The stream that it would have gone to.
    pub output: LogOutput,
    /// The line itself.
    pub text: String,
}

impl LogRecorder {
    /// Makes a recorder that holds nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives the lines in their order.
    #[must_use]
    pub fn lines(&self) -> Vec<RecordedLine> {
        // A test that panics while it logs still wants to see what was logged.
        let lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        lines.clone()
    }

    /// Gives the texts of the lines as one.
    #[must_use]
    pub fn text(&self) -> String {
        let lines: Vec<_> = self.lines().into_iter().map(|line| line.text).collect();
        lines.join("\n")
    }
}

impl LogSink for LogRecorder {
    fn write(&self, output: LogOutput, line: &str) {
        let text = line.to_owned();
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        lines.push(RecordedLine { output, text });
    }
}
