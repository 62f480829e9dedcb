//! What a session waits for.

use std::time::Duration;

use contexture_emulator::exchange::ExchangeNotice;
use contexture_emulator::platform::{Instance, Platform, PlatformError, RegistrationStatus};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::mpsc::UnboundedSender;

use super::build::Built;
use super::cloud::Published;
use super::configuration::Installed;
use super::program::ProgramEvent;
use crate::Outcome;
use crate::tunnel::TunnelEvent;
use crate::watch::Events;

/// How often, and how many times, a status is looked for.
const OFTEN: Duration = Duration::from_millis(10);
const LOOKS: usize = 100;

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
    /// `register` or `unregister` was called, by this session or another one.
    Registered,
    /// The tunnel of the real Botpress reports something.
    Tunnel(TunnelEvent),
    /// A request to the real Botpress is repeated.
    Waits(String),
    /// The dev integration was created or updated, or not.
    Published(Result<Published, Outcome>),
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

/// Sends an event when a registration ends, also one that another process requested.
pub(super) async fn watch_registrations(platform: Platform, events: UnboundedSender<Event>) {
    let mut notices = platform.recorder().listen();
    loop {
        let id = match notices.recv().await {
            Ok(ExchangeNotice::Finished { id }) => id,
            Ok(_) | Err(RecvError::Lagged(_)) => continue,
            Err(RecvError::Closed) => return,
        };
        let found = platform.recorder().find(&id).ok().flatten();
        let names = ["register", "unregister"];
        if found.is_some_and(|exchange| names.contains(&exchange.name.as_str())) {
            wait_for_status(&platform).await;
            let _ = events.send(Event::Registered);
        }
    }
}

/// Waits until the status of the instance is set, which follows the answer.
async fn wait_for_status(platform: &Platform) {
    let is_pending = |instance: &Instance| {
        use RegistrationStatus::{RegistrationPending, UnregistrationPending};
        matches!(instance.status, RegistrationPending | UnregistrationPending)
    };
    for _ in 0..LOOKS {
        let instances = platform.instances().unwrap_or_default();
        if !instances.first().is_some_and(is_pending) {
            return;
        }
        tokio::time::sleep(OFTEN).await;
    }
}
