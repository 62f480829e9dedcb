//! Waiting until the program serves.

use std::net::SocketAddr;
use std::time::Duration;

use bytes::Bytes;
use contexture::client::HttpTransport;
use http::{Method, StatusCode};
use tokio::time::{MissedTickBehavior, interval, timeout};

use crate::http_requests::{Sent, send};

/// How often a program is asked.
const OFTEN: Duration = Duration::from_millis(15);

/// How long one answer may take.
const ANSWER: Duration = Duration::from_secs(1);

/// Waits until a program is ready, at most for this time. Gives what it said last if it is not.
///
/// A program of another SDK may not know `/ready`; any answer but a 503 counts.
pub(super) async fn wait(address: SocketAddr, limit: Duration) -> Result<(), String> {
    let mut said = "nothing listens there".to_owned();
    let transport = HttpTransport::new();
    let url = format!("http://{address}/ready");
    let asking = async {
        let mut ticks = interval(OFTEN);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            let sent = Sent {
                method: Method::GET,
                url: &url,
                headers: &[],
                body: Bytes::new(),
            };
            match timeout(ANSWER, send(&transport, sent)).await {
                Ok(Ok(answer)) if answer.status() != StatusCode::SERVICE_UNAVAILABLE => return,
                Ok(Ok(_)) => "/ready answers 503".clone_into(&mut said),
                Ok(Err(reason)) => said = reason,
                Err(_) => "/ready does not answer".clone_into(&mut said),
            }
        }
    };
    let is_ready = timeout(limit, asking).await.is_ok();
    if is_ready { Ok(()) } else { Err(said) }
}
