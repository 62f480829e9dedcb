//! A log sink that records lines.

use std::sync::{Arc, Mutex, PoisonError};

use crate::logger::{LogOutput, LogSink};

/// Records the lines of the log. Clones share the recorded lines.
#[derive(Clone, Debug, Default)]
pub struct LogRecorder {
    lines: Arc<Mutex<Vec<RecordedLine>>>,
}

/// A recorded log line.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RecordedLine {
    /// The stream that the line was written to.
    pub output: LogOutput,
    /// The text of the line.
    pub text: String,
}

impl LogRecorder {
    /// Creates an empty recorder.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns the lines in order.
    #[must_use]
    pub fn lines(&self) -> Vec<RecordedLine> {
        // After a panic during logging, the recorded lines remain readable.
        let lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        lines.clone()
    }

    /// Returns the warnings and errors from the line with this index on.
    pub(super) fn problems_since(&self, index: usize) -> Vec<String> {
        // Only warnings and errors are written to standard error.
        let lines = self.lines().into_iter().skip(index);
        let problems = lines.filter(|line| line.output == LogOutput::Stderr);
        problems.map(|line| line.text).collect()
    }

    /// Returns the texts of all lines, joined with line breaks.
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
