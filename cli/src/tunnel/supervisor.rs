//! A tunnel: one connection after another.

use std::sync::Arc;
use std::time::Duration;

use contexture::client::HttpTransport;
use http::header::USER_AGENT;
use http::{HeaderValue, Uri};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};
use tokio_tungstenite::tungstenite::Error;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::{WebSocketStream, client_async_with_config};

use super::address::TunnelAddress;
use super::close::End;
use super::connection::{self, Ended, REQUESTS, Shared};
use super::event::TunnelEvent;
use super::handler::Handler;
use super::reconnect::{Next, Reconnect};
use crate::http_requests::innermost;

/// How long a connection may take until it is open.
const OPEN_LIMIT: Duration = Duration::from_secs(20);

/// The largest frame. Botpress's largest bodies, files, do not come by calls.
const FRAME: usize = 64 * 1024 * 1024;

/// The client that the firewall of the tunnel lets pass (`@bpinternal/tunnel`, `tunnel-client.ts`).
const CLIENT: &str = "tunnel-client";

/// A tunnel that is kept open.
#[derive(Debug)]
pub(crate) struct Tunnel {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Tunnel {
    /// Opens a tunnel, and opens it again whenever it ends. `tell` gets what happens.
    pub(crate) fn open(
        address: TunnelAddress,
        handler: Handler,
        tell: impl Fn(TunnelEvent) + Send + Sync + 'static,
    ) -> Self {
        let (stop, stopped) = watch::channel(false);
        let shared = Shared {
            handler,
            permits: Arc::new(Semaphore::new(REQUESTS)),
            tell: Arc::new(tell),
        };
        let task = tokio::spawn(keep_open(address, shared, stopped));
        Self { stop, task }
    }

    /// Ends the tunnel after the requests that run, which have a few seconds for it.
    pub(crate) async fn close(self) {
        // Without the task there is nothing to stop.
        let _ = self.stop.send(true);
        // A panic in there would be shown.
        let _ = self.task.await;
    }
}

async fn keep_open(address: TunnelAddress, shared: Shared, mut stop: watch::Receiver<bool>) {
    let mut reconnect = Reconnect::default();
    loop {
        let ended = once(&address, &shared, stop.clone()).await;
        if *stop.borrow() {
            return;
        }
        let id = address.id().as_str();
        match reconnect.after(&ended.end, ended.accepted_for, random(), id) {
            Next::Stop(reason) => return (shared.tell)(TunnelEvent::Failed(reason)),
            Next::After(delay) => {
                let because = ended.end.describe();
                (shared.tell)(TunnelEvent::Disconnected { because, delay });
                tokio::select! {
                    () = sleep(delay) => {}
                    _ = stop.wait_for(|stop| *stop) => return,
                }
            }
        }
    }
}

/// One connection, from its beginning to its end.
async fn once(address: &TunnelAddress, shared: &Shared, mut stop: watch::Receiver<bool>) -> Ended {
    let opened = tokio::select! {
        opened = timeout(OPEN_LIMIT, connect(address)) => opened,
        _ = stop.wait_for(|stop| *stop) => return Ended { end: End::Stopped, accepted_for: None },
    };
    let opened = opened.unwrap_or_else(|_| {
        let seconds = OPEN_LIMIT.as_secs();
        Err(format!("it does not answer within {seconds} s"))
    });
    match opened {
        Ok(socket) => connection::run(socket, shared, stop).await,
        Err(reason) => Ended {
            end: End::Unreachable(reason),
            accepted_for: None,
        },
    }
}

pub(super) async fn connect(
    address: &TunnelAddress,
) -> Result<WebSocketStream<impl AsyncRead + AsyncWrite + Send + Unpin + use<>>, String> {
    let url: Uri = address
        .public_url()
        .parse()
        .map_err(|_| "its address is no URL".to_owned())?;
    let connected = HttpTransport::new().connect(&url).await;
    let stream = connected.map_err(|error| innermost(&error))?;
    let mut request = address
        .web_socket_url()
        .into_client_request()
        .map_err(|error| error.to_string())?;
    let client = HeaderValue::from_static(CLIENT);
    request.headers_mut().insert(USER_AGENT, client);
    let config = WebSocketConfig::default()
        .max_message_size(Some(FRAME))
        .max_frame_size(Some(FRAME));
    let opened = client_async_with_config(request, stream, Some(config)).await;
    let (socket, _) = opened.map_err(|error| match error {
        Error::Http(response) => format!(
            "the server answers {} and opens no WebSocket",
            response.status()
        ),
        other => innermost(&other),
    })?;
    Ok(socket)
}

/// A number from 0 to 1. Without random numbers, attempts are not spread.
fn random() -> f64 {
    let number = getrandom::u32().unwrap_or(u32::MAX);
    f64::from(number) / f64::from(u32::MAX)
}
