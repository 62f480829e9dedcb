//! When a server is told to stop, and how its connections hear of it.

use std::future::pending;

use tokio::sync::watch;

/// Tells connections to end, and waits for them.
pub(super) struct Stop(watch::Sender<bool>);

/// How a connection hears that it is to end. As long as it is there, the connection counts as open.
pub(super) struct Stopping(watch::Receiver<bool>);

impl Stop {
    pub(super) fn new() -> Self {
        Self(watch::Sender::new(false))
    }

    pub(super) fn listener(&self) -> Stopping {
        Stopping(self.0.subscribe())
    }

    /// Tells every connection, and waits until the last one is gone.
    pub(super) async fn end_connections(&self) {
        self.0.send_replace(true);
        self.0.closed().await;
    }
}

impl Stopping {
    /// Waits until the connection is to end.
    pub(super) async fn begun(&mut self) {
        // The sender lives until every connection has ended: that it is gone says the same.
        let _ = self.0.wait_for(|stopping| *stopping).await;
    }
}

/// The signals that tell the process to stop: Ctrl-C and, where there is such a thing, `SIGTERM`.
///
/// From when it is made on, the signals do not end the process by themselves, and one that comes while
/// nobody waits for it is kept.
pub(super) struct Signals {
    #[cfg(unix)]
    kinds: [Option<tokio::signal::unix::Signal>; 2],
    #[cfg(windows)]
    interrupt: Option<tokio::signal::windows::CtrlC>,
}

#[cfg(unix)]
impl Signals {
    /// A signal that cannot be listened to still ends the process by itself: nobody waits for it here.
    pub(super) fn new() -> Self {
        use tokio::signal::unix::{SignalKind, signal};

        let kinds = [SignalKind::interrupt(), SignalKind::terminate()];
        Self {
            kinds: kinds.map(|kind| signal(kind).ok()),
        }
    }

    /// None, for a server that is told to stop in another way.
    pub(super) fn none() -> Self {
        Self {
            kinds: [None, None],
        }
    }

    /// Waits for the next of them.
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
