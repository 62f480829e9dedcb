//! Shutdown signals, and their propagation to connections.

use std::{future::pending, time::Duration};

use tokio::sync::watch;

use crate::logger::Queued;

/// How long shutdown waits for the last log lines to be written.
const LAST_LINES: Duration = Duration::from_secs(1);

/// Waits until the log is written, for a bounded time.
pub(super) async fn flush_bounded(log: &Queued) {
    // If the output is not read, the lines are lost.
    let _ = tokio::time::timeout(LAST_LINES, log.flush()).await;
}

/// Asks connections to close, and waits for them.
pub(super) struct Stop(watch::Sender<bool>);

/// A connection's receiver of the shutdown. The connection counts as open until this is dropped.
pub(super) struct Stopping(watch::Receiver<bool>);

impl Stop {
    pub(super) fn new() -> Self {
        Self(watch::Sender::new(false))
    }

    pub(super) fn listener(&self) -> Stopping {
        Stopping(self.0.subscribe())
    }

    /// Asks all connections to close, and waits until all have closed.
    pub(super) async fn end_connections(&self) {
        self.0.send_replace(true);
        self.0.closed().await;
    }
}

impl Stopping {
    /// Waits until the connection must close.
    pub(super) async fn begun(&mut self) {
        // The sender lives until every connection has closed, so a closed channel means the same.
        let _ = self.0.wait_for(|stopping| *stopping).await;
    }
}

/// The stop signals of the process: Ctrl-C and, on Unix, `SIGTERM`.
///
/// Once this is created, the signals no longer terminate the process, and a signal that arrives
/// between two waits is kept.
pub(super) struct Signals {
    #[cfg(unix)]
    kinds: [Option<tokio::signal::unix::Signal>; 2],
    #[cfg(windows)]
    interrupt: Option<tokio::signal::windows::CtrlC>,
}

#[cfg(unix)]
impl Signals {
    /// Registers the signals. A signal that cannot be registered keeps its default action and
    /// terminates the process.
    pub(super) fn new() -> Self {
        use tokio::signal::unix::{SignalKind, signal};

        let kinds = [SignalKind::interrupt(), SignalKind::terminate()];
        Self {
            kinds: kinds.map(|kind| signal(kind).ok()),
        }
    }

    /// Creates an instance without signals, for a server that is stopped in another way.
    pub(super) fn none() -> Self {
        Self {
            kinds: [None, None],
        }
    }

    /// Waits for the next signal.
    pub(super) async fn next(&mut self) {
        let [interrupt, terminate] = &mut self.kinds;
        tokio::select! {
            Some(()) = received(interrupt) => {}
            Some(()) = received(terminate) => {}
            else => pending().await,
        }
    }
}

#[cfg(unix)]
async fn received(signal: &mut Option<tokio::signal::unix::Signal>) -> Option<()> {
    signal.as_mut()?.recv().await
}

#[cfg(windows)]
impl Signals {
    pub(super) fn new() -> Self {
        Self {
            interrupt: tokio::signal::windows::ctrl_c().ok(),
        }
    }

    pub(super) fn none() -> Self {
        Self { interrupt: None }
    }

    pub(super) async fn next(&mut self) {
        match &mut self.interrupt {
            Some(interrupt) => {
                interrupt.recv().await;
            }
            None => pending().await,
        }
    }
}

#[cfg(not(any(unix, windows)))]
impl Signals {
    pub(super) fn new() -> Self {
        Self {}
    }

    pub(super) fn none() -> Self {
        Self {}
    }

    pub(super) async fn next(&mut self) {
        pending().await
    }
}
