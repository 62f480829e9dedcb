//! The listener, and serving on it.

use std::io::ErrorKind;
use std::net::Ipv4Addr;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::time::MissedTickBehavior;

use super::error::ServerError;
use crate::api::Api;

/// How often scheduled messages and events are looked for.
const SCHEDULE: Duration = Duration::from_millis(500);

/// Listens on a port of 127.0.0.1; on a free one for 0.
///
/// # Errors
///
/// The port is in use, or the operating system refuses it.
pub async fn bind(port: u16) -> Result<TcpListener, ServerError> {
    let bound = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await;
    bound.map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => ServerError::PortInUse { port },
        _ => ServerError::Io(error),
    })
}

/// How long running requests may take after the shutdown. Pages that listen to events would run forever.
const LAST_REQUESTS: Duration = Duration::from_secs(3);

/// Serves until `shutdown` is ready, and then for up to three seconds until the running requests are answered. Meanwhile
/// it sends the scheduled messages and events that are due.
///
/// # Errors
///
/// The listener can be reached from other machines, or the operating system refuses something.
pub async fn serve(
    listener: TcpListener,
    api: Api,
    routes: Router,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServerError> {
    let address = listener.local_addr()?;
    if !address.ip().is_loopback() {
        return Err(ServerError::NotLoopback { address });
    }
    let schedule = tokio::spawn(send_due(api));
    let (ended, ends) = oneshot::channel();
    let shutdown = async move {
        shutdown.await;
        // The receiver lives as long as the server.
        let _ = ended.send(());
    };
    let served = axum::serve(listener, routes).with_graceful_shutdown(shutdown);
    let late = async {
        let _ = ends.await;
        tokio::time::sleep(LAST_REQUESTS).await;
    };
    let result = tokio::select! {
        result = served.into_future() => result,
        () = late => Ok(()),
    };
    schedule.abort();
    Ok(result?)
}

async fn send_due(api: Api) {
    let mut ticks = tokio::time::interval(SCHEDULE);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let api = api.clone();
        // What could not be sent is sent with the next tick or request, which reports the error of the storage.
        drop(tokio::task::spawn_blocking(move || api.send_due()).await);
    }
}
