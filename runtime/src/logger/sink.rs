//! Where lines of the log go.

use std::fmt;
use std::io::Write;

use super::output::LogOutput;

/// Takes the finished lines of the log.
///
/// It is called where the line is logged, inside of a call most of the time: a sink that waits for
/// something holds up its thread.
pub trait LogSink: fmt::Debug + Send + Sync {
    /// Writes one entry; `line` ends without a line break, but a plain message may hold some.
    fn write(&self, output: LogOutput, line: &str);
}

/// The standard output and error streams of the process.
///
/// While a [`Server`](crate::Server) runs, a thread writes to each of them, so that no call waits for the
/// reader of the log: up to 1 MiB of lines may wait for each stream. Lines beyond that are dropped, and a line
/// tells how many. Otherwise a line is written at once.
#[derive(Clone, Copy, Debug, Default)]
pub struct StandardStreams;

impl LogSink for StandardStreams {
    fn write(&self, output: LogOutput, line: &str) {
        #[cfg(feature = "server")]
        if super::queue::take(output, line) {
            return;
        }
        // A log that cannot be written has nobody to tell, and a request must not fail for it.
        let _ = match output {
            LogOutput::Stdout => writeln!(std::io::stdout().lock(), "{line}"),
            LogOutput::Stderr => writeln!(std::io::stderr().lock(), "{line}"),
        };
    }
}
