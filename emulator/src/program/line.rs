//! A line that a program logs.

use std::time::SystemTime;

use serde_json::Value;

/// How important a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum LogLevel {
    /// For developers.
    Debug,
    /// What happens.
    Info,
    /// What may be wrong.
    Warn,
    /// What failed.
    Error,
}

/// A line that a program wrote to its standard output or error stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    /// When it was read.
    pub time: SystemTime,
    /// Its level, if the line says one.
    pub level: Option<LogLevel>,
    /// Its message, or the whole line if it is no JSON.
    pub message: String,
    /// The trace of the call that it belongs to.
    pub trace_id: Option<String>,
    /// The members of a JSON line, such as the causes of an error.
    pub fields: Option<Value>,
}
