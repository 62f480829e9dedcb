//! The output streams of the log.

/// The standard stream of a log line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LogOutput {
    /// For debug and info lines, and for issues.
    Stdout,
    /// For warnings and errors.
    Stderr,
}
