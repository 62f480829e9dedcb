//! When a server is told to stop, and how its connections hear of it.

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

/// Waits for Ctrl-C or, where there is such a thing, `SIGTERM`.
pub(super) async fn stop_signal() {
    tokio::select! {
        () = interrupt() => {}
        () = terminate() => {}
    }
}

async fn interrupt() {
    if tokio::signal::ctrl_c().await.is_err() {
        // Without a handler the signal ends the process by itself: there is nothing to wait for
        // here.
        std::future::pending::<()>().await;
    }
}

#[cfg(unix)]
async fn terminate() {
    use tokio::signal::unix::{SignalKind, signal};

    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => {
            terminate.recv().await;
        }
        Err(_) => std::future::pending().await,
    }
}

#[cfg(not(unix))]
async fn terminate() {
    std::future::pending().await
}
