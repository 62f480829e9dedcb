//! The destination of log lines.

use std::fmt;
use std::io::Write;

use super::output::LogOutput;

/// Receives the formatted log lines.
///
/// It is called synchronously, usually inside a call. A sink that blocks also blocks the call's
/// thread.
pub trait LogSink: fmt::Debug + Send + Sync {
    /// Writes one line. `line` has no trailing line break, but a plain-text message may contain
    /// line breaks.
    fn write(&self, output: LogOutput, line: &str);
}

/// The standard output and error streams of the process.
///
/// While a [`Server`](crate::Server) runs, a thread writes to each stream, so that calls do not
/// wait for the reader of the log. Up to 1 MiB of lines may be queued for each stream. Further
/// lines are dropped, and a line logs their number. Without a server, lines are written directly.
#[derive(Clone, Copy, Debug, Default)]
pub struct StandardStreams;

impl LogSink for StandardStreams {
    fn write(&self, output: LogOutput, line: &str) {
        #[cfg(all(feature = "server", not(target_family = "wasm")))]
        if super::queue::take(output, line) {
            return;
        }
        // A write error cannot be reported anywhere, and it must not fail a request.
        let _ = match output {
            LogOutput::Stdout => writeln!(std::io::stdout().lock(), "{line}"),
            LogOutput::Stderr => writeln!(std::io::stderr().lock(), "{line}"),
        };
    }
}
