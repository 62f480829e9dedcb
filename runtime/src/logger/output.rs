//! The streams of a log.

/// Which stream of a process a line belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LogOutput {
    /// Debug, info, and issues.
    Stdout,
    /// Warnings and errors.
    Stderr,
}
