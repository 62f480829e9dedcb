//! The tunnel against a server of tunnels.

mod answers;
mod ends;
mod many;
mod silence;

use bytes::Bytes;
use contexture_tunnel::{Call, TunnelServer};
use http::{Request, Response};
use serde_json::json;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::event::LostCall;
use super::{Failure, Handler, Tunnel, TunnelAddress, TunnelEvent, TunnelId};

const ID: &str = "an-id";

/// A server, and a tunnel to it.
struct Pair {
    server: TunnelServer,
    tunnel: Tunnel,
    events: UnboundedReceiver<TunnelEvent>,
}

impl Pair {
    /// Starts both, and waits until requests can come.
    async fn open(handler: Handler) -> Self {
        let mut pair = Self::start(handler, |_| {}).await;
        assert_eq!(pair.event().await, TunnelEvent::Connected);
        pair
    }

    async fn start(handler: Handler, prepare: impl FnOnce(&TunnelServer)) -> Self {
        let server = TunnelServer::start().await.unwrap();
        prepare(&server);
        let (sender, events) = unbounded_channel();
        let address = TunnelAddress::new(&server.url(), TunnelId::new(ID).unwrap()).unwrap();
        let tunnel = Tunnel::open(address, handler, move |event| {
            // The test may have ended.
            let _ = sender.send(event);
        });
        Self {
            server,
            tunnel,
            events,
        }
    }

    async fn event(&mut self) -> TunnelEvent {
        self.events
            .recv()
            .await
            .expect("the tunnel has more to report")
    }

    /// The next report of a call that is lost.
    async fn lost(&mut self) -> LostCall {
        loop {
            if let TunnelEvent::Lost(lost) = self.event().await {
                return lost;
            }
        }
    }

    /// The next warning.
    async fn warning(&mut self) -> String {
        loop {
            if let TunnelEvent::Warning(warning) = self.event().await {
                return warning;
            }
        }
    }

    /// Waits until requests can come again, and gives why they could not.
    async fn reconnected(&mut self) -> String {
        let mut because = String::new();
        loop {
            match self.event().await {
                TunnelEvent::Disconnected {
                    because: reason, ..
                } => because = reason,
                TunnelEvent::Connected => return because,
                _ => {}
            }
        }
    }

    async fn ping(&self) -> u16 {
        let call = Call::operation("ping", &json!({}));
        let (_, reply) = self.server.call(ID, &call).await.unwrap();
        reply.status
    }
}

/// Answers with the request in the body.
fn echo() -> Handler {
    Handler::new(|request: Request<Bytes>| async move {
        let (head, body) = request.into_parts();
        let headers = head.headers.iter();
        let headers = headers.map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()));
        let told = json!({
            "method": head.method.as_str(),
            "url": head.uri.to_string(),
            "headers": headers.collect::<Vec<_>>(),
            "body": String::from_utf8(body.to_vec()).unwrap(),
        });
        Ok(Response::builder()
            .status(201)
            .header("x-answer", "1")
            .header("x-answer", "2")
            .body(told.to_string().into())
            .unwrap())
    })
}

/// Answers every request so.
fn always(
    answer: impl Fn() -> Result<Response<Bytes>, Failure> + Send + Sync + 'static,
) -> Handler {
    Handler::new(move |_| std::future::ready(answer()))
}

fn ok() -> Handler {
    always(|| Ok(Response::new(Bytes::from_static(b"{}"))))
}
