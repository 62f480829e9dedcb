//! What a session waits for.

use contexture_emulator::platform::PlatformError;
use tokio::sync::mpsc::UnboundedSender;

use super::build::Built;
use super::configuration::Installed;
use super::program::ProgramEvent;
use crate::watch::Events;

/// Something happened.
#[derive(Debug)]
pub(super) enum Event {
    /// Files may have changed.
    Files(Events),
    /// A build has a line of progress.
    Progress(String),
    /// A build ended.
    Built(Box<Result<Built, String>>),
    /// A program said something or ended.
    Program(u64, ProgramEvent),
    /// A program serves, or does not within its limit.
    Ready(u64, Result<(), String>),
    /// The instance was installed or registered.
    Installed(Result<Installed, PlatformError>),
    /// The session is to end.
    Stop,
}

/// Sends an event when a signal to end comes.
pub(super) async fn wait_for_end(events: UnboundedSender<Event>) {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};

        let kinds = [
            SignalKind::interrupt(),
            SignalKind::terminate(),
            SignalKind::hangup(),
        ];
        let mut signals: Vec<_> = kinds
            .into_iter()
            .filter_map(|kind| signal(kind).ok())
            .collect();
        let [interrupt, terminate, hangup] = signals.as_mut_slice() else {
            return;
        };
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
            _ = hangup.recv() => {}
        }
    }
    #[cfg(not(unix))]
    let _ = tokio::signal::ctrl_c().await;
    let _ = events.send(Event::Stop);
}
