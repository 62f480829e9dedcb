//! The server over HTTP.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use futures_util::{SinkExt as _, StreamExt as _};
use http::header::{CONNECTION, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY, UPGRADE, USER_AGENT};
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::upgrade::Upgraded;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, Role};

use crate::frames::{Call, Reply};
use crate::record::Record;
use crate::tails::{Accepted, NoAnswer, Tails};

/// A server of tunnels, which can be restarted on its port.
#[derive(Debug)]
pub struct TunnelServer {
    address: SocketAddr,
    tails: Arc<Tails>,
    run: Mutex<Option<Run>>,
}

/// A server from a start to a stop.
#[derive(Debug)]
struct Run {
    accepting: JoinHandle<()>,
    /// Each connection ends when this is dropped.
    _alive: watch::Sender<()>,
}

impl TunnelServer {
    /// Starts a server on a free port of this machine.
    ///
    /// # Errors
    ///
    /// The operating system refuses it.
    pub async fn start() -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let server = Self {
            address: listener.local_addr()?,
            tails: Arc::default(),
            run: Mutex::default(),
        };
        server.serve(listener);
        Ok(server)
    }

    /// Stops without a word: all connections break, and new ones are refused.
    pub async fn stop(&self) {
        let run = self
            .run
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(run) = run {
            run.accepting.abort();
            // It was aborted.
            let _ = run.accepting.await;
        }
        self.tails.forget_all();
    }

    /// Starts again after a stop, on the same port.
    ///
    /// # Errors
    ///
    /// The operating system refuses it.
    pub async fn resume(&self) -> io::Result<()> {
        let listener = TcpListener::bind(self.address).await?;
        self.serve(listener);
        Ok(())
    }

    /// The address, such as `http://127.0.0.1:8080`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What tails did so far.
    #[must_use]
    pub fn record(&self) -> Record {
        self.tails.record()
    }

    /// Whether a tail has an id.
    #[must_use]
    pub fn has_tail(&self, id: &str) -> bool {
        self.tails.has(id)
    }

    /// Waits until a tail has an id.
    pub async fn tail(&self, id: &str) {
        self.tails.wait_until(|tails| tails.has(id)).await;
    }

    /// Waits until no tail has an id.
    pub async fn no_tail(&self, id: &str) {
        self.tails.wait_until(|tails| !tails.has(id)).await;
    }

    /// Waits until the record is so.
    pub async fn recorded(&self, mut is_so: impl FnMut(&Record) -> bool) {
        self.tails
            .wait_until(|tails| tails.is_recorded(&mut is_so))
            .await;
    }

    /// Refuses an id from now on, as if another tail had it.
    pub fn take(&self, id: &str) {
        self.tails.take(id);
    }

    /// Accepts an id again.
    pub fn free(&self, id: &str) {
        self.tails.free(id);
    }

    /// Closes the connection of a tail.
    pub fn close(&self, id: &str, code: u16, reason: &'static str) {
        let frame = CloseFrame {
            code: code.into(),
            reason: reason.into(),
        };
        self.tails.send(id, Message::Close(Some(frame)));
    }

    /// Sends any text to a tail.
    pub fn send_text(&self, id: &str, text: &str) {
        self.tails.send(id, Message::text(text));
    }

    /// Sends any bytes to a tail.
    pub fn send_bytes(&self, id: &str, bytes: &'static [u8]) {
        self.tails.send(id, Message::binary(bytes));
    }

    /// Calls the public address of a tunnel. The id of the request comes with the answer.
    ///
    /// # Errors
    ///
    /// There is no tail, or its connection ended before the answer; the id of the request is there if it was sent.
    pub async fn call(
        &self,
        id: &str,
        call: &Call,
    ) -> Result<(String, Reply), (Option<String>, NoAnswer)> {
        pass_on(&self.tails, id, call).await
    }

    fn serve(&self, listener: TcpListener) {
        let (alive, is_alive) = watch::channel(());
        let run = Run {
            accepting: tokio::spawn(accept(listener, Arc::clone(&self.tails), is_alive)),
            _alive: alive,
        };
        *self.run.lock().unwrap_or_else(PoisonError::into_inner) = Some(run);
    }
}

async fn pass_on(
    tails: &Tails,
    id: &str,
    call: &Call,
) -> Result<(String, Reply), (Option<String>, NoAnswer)> {
    let (request_id, reply) = tails.call(id, call).map_err(|error| (None, error))?;
    match reply.await {
        Ok(reply) => Ok((request_id, reply)),
        Err(_) => Err((Some(request_id), NoAnswer::Lost)),
    }
}

async fn accept(listener: TcpListener, tails: Arc<Tails>, is_alive: watch::Receiver<()>) {
    // Aborted with this task.
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        let (tails, is_alive) = (Arc::clone(&tails), is_alive.clone());
        let service = service_fn(move |request| {
            let (tails, is_alive) = (Arc::clone(&tails), is_alive.clone());
            async move { Ok::<_, Infallible>(answer(request, tails, is_alive).await) }
        });
        // A connection that breaks is the other side's.
        connections.spawn(async move {
            let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
            let _ = connection.with_upgrades().await;
        });
    }
}

async fn answer(
    request: Request<Incoming>,
    tails: Arc<Tails>,
    is_alive: watch::Receiver<()>,
) -> Response<Full<Bytes>> {
    let path = request.uri().path();
    let behind = path.strip_prefix('/').unwrap_or(path);
    if request.headers().contains_key(UPGRADE) {
        let id = behind.to_owned();
        return upgrade(request, id, tails, is_alive);
    }
    let (id, rest) = behind.split_once('/').unwrap_or((behind, ""));
    let (id, path) = (id.to_owned(), format!("/{rest}"));
    let (head, body) = request.into_parts();
    let body = body
        .collect()
        .await
        .map(http_body_util::Collected::to_bytes);
    let headers = head.headers.iter().map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        (name.to_string(), value)
    });
    let call = Call {
        method: head.method.to_string(),
        path,
        query: head.uri.query().map(str::to_owned),
        headers: headers.collect::<BTreeMap<_, _>>(),
        body: String::from_utf8_lossy(&body.unwrap_or_default()).into_owned(),
    };
    let (status, reply) = match pass_on(&tails, &id, &call).await {
        Ok((_, reply)) => (StatusCode::from_u16(reply.status), reply),
        Err(_) => (Ok(StatusCode::BAD_GATEWAY), Reply::default()),
    };
    let mut response = Response::builder().status(status.unwrap_or(StatusCode::BAD_GATEWAY));
    for (name, values) in &reply.headers {
        for value in values {
            response = response.header(name, value);
        }
    }
    let response = response.body(Full::from(reply.body));
    response.unwrap_or_else(|_| Response::new(Full::default()))
}

fn upgrade(
    mut request: Request<Incoming>,
    id: String,
    tails: Arc<Tails>,
    is_alive: watch::Receiver<()>,
) -> Response<Full<Bytes>> {
    let key = request.headers().get(SEC_WEBSOCKET_KEY);
    let accept = derive_accept_key(key.map_or(b"", |key| key.as_bytes()));
    let agent = request.headers().get(USER_AGENT);
    let agent = agent
        .and_then(|agent| agent.to_str().ok())
        .unwrap_or_default()
        .to_owned();
    let upgraded = hyper::upgrade::on(&mut request);
    tokio::spawn(async move {
        if let Ok(upgraded) = upgraded.await {
            let socket = TokioIo::new(upgraded);
            let socket = WebSocketStream::from_raw_socket(socket, Role::Server, None).await;
            serve_tail(socket, &id, &agent, &tails, is_alive).await;
        }
    });
    let response = Response::builder()
        .status(StatusCode::SWITCHING_PROTOCOLS)
        .header(CONNECTION, "Upgrade")
        .header(UPGRADE, "websocket")
        .header(SEC_WEBSOCKET_ACCEPT, accept)
        .body(Full::default());
    response.unwrap_or_else(|_| Response::new(Full::default()))
}

async fn serve_tail(
    mut socket: WebSocketStream<TokioIo<Upgraded>>,
    id: &str,
    agent: &str,
    tails: &Tails,
    mut is_alive: watch::Receiver<()>,
) {
    let Accepted {
        connection,
        mut frames,
    } = match tails.accept(id, agent) {
        Ok(accepted) => accepted,
        Err(refused) => {
            // The tail may be gone.
            let _ = socket.close(Some(refused)).await;
            while let Some(Ok(_)) = socket.next().await {}
            return;
        }
    };
    loop {
        let answer = tokio::select! {
            // A server that has stopped reads nothing any more: a pong would prove that it had read what it drops.
            biased;
            _ = is_alive.changed() => break,
            frame = frames.recv() => match frame {
                Some(frame) => frame,
                None => break,
            },
            message = socket.next() => match message {
                Some(Ok(Message::Text(text))) => match tails.receive(id, connection, &text) {
                    Ok(()) => continue,
                    Err(close) => Message::Close(Some(close)),
                },
                Some(Ok(Message::Close(close))) => {
                    tails.closed_by_tail(close);
                    break;
                }
                Some(Ok(_)) => continue,
                Some(Err(_)) | None => break,
            },
        };
        if socket.send(answer).await.is_err() {
            break;
        }
    }
    tails.forget(id, connection);
    // A close frame is answered by the library.
    let _ = socket.flush().await;
}
