//! One connection to the tunnel.

use std::sync::Arc;
use std::time::Duration;

use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt as _, StreamExt as _};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::{Semaphore, mpsc, watch};
use tokio::task::JoinHandle;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until, timeout};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::{Error, Message};

use super::call::Call;
use super::close::{End, code};
use super::event::TunnelEvent;
use super::frame::{self, Received, TunnelRequest, TunnelResponse};
use super::handler::{Failure, Handler};
use super::{forward, traffic::Traffic};

/// How often a connection shows that it lives; the official client does it as often.
pub(super) const KEEP_ALIVE: Duration = Duration::from_secs(5);

/// A connection on which nothing came for this long is given up. Each ping is answered.
pub(super) const SILENCE: Duration = Duration::from_secs(20);

/// How long the requests that run may take when the tunnel is ended.
pub(super) const DRAIN: Duration = Duration::from_secs(5);

/// How long the other side may take for the last frames.
const LAST_FRAMES: Duration = Duration::from_secs(1);

/// The frames that may wait to be sent: more than the answers of all requests.
const QUEUE: usize = 1024;

/// The requests that are handled at a time.
pub(super) const REQUESTS: usize = 256;

/// What all connections share.
#[derive(Clone)]
pub(super) struct Shared {
    pub(super) handler: Handler,
    /// A permit for each request that is handled.
    pub(super) permits: Arc<Semaphore>,
    pub(super) tell: Arc<dyn Fn(TunnelEvent) + Send + Sync>,
}

/// A connection that ended.
#[derive(Debug)]
pub(super) struct Ended {
    pub(super) end: End,
    /// How long ago the tunnel accepted it, if it did.
    pub(super) accepted_for: Option<Duration>,
}

/// Answers the requests of a connection until it ends, or until `stop` is true and they are answered.
pub(super) async fn run<S>(
    socket: WebSocketStream<S>,
    shared: &Shared,
    mut stop: watch::Receiver<bool>,
) -> Ended
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (sink, mut source) = socket.split();
    let (frames, queue) = mpsc::channel(QUEUE);
    let mut writer = tokio::spawn(write(sink, queue));
    let (answers, mut answered) = mpsc::unbounded_channel();
    let mut connection = Connection::new(shared, frames, answers);
    let mut ticks = interval(KEEP_ALIVE);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut deadline = None;
    let end = loop {
        let outcome = tokio::select! {
            message = source.next() => connection.receive(message),
            Some((id, response)) = answered.recv() => connection.answer(&id, &response),
            _ = ticks.tick() => connection.tick(),
            _ = &mut writer => Err(End::Broken("it broke".to_owned())),
            _ = stop.wait_for(|stop| *stop), if deadline.is_none() => {
                deadline = Some(Instant::now() + DRAIN);
                connection.is_stopping = true;
                Ok(())
            }
            () = sleep_until(deadline.unwrap_or_else(Instant::now)), if deadline.is_some() => Err(End::Stopped),
        };
        match outcome {
            Err(end) => break end,
            Ok(()) if connection.is_stopping && connection.traffic.running() == 0 => {
                break End::Stopped;
            }
            Ok(()) => {}
        }
    };
    connection.finish(end, source, writer).await
}

type Answers = mpsc::UnboundedSender<(String, TunnelResponse)>;

/// The state of a connection.
struct Connection<'a> {
    shared: &'a Shared,
    traffic: Traffic,
    frames: mpsc::Sender<Message>,
    answers: Answers,
    /// When the tunnel accepted the connection: it refuses an id after the handshake, so the first frame tells.
    accepted: Option<Instant>,
    /// When something came last.
    heard: Instant,
    is_stopping: bool,
}

/// What a step leads to: the connection goes on, or it ends.
type Step = Result<(), End>;

impl<'a> Connection<'a> {
    fn new(shared: &'a Shared, frames: mpsc::Sender<Message>, answers: Answers) -> Self {
        Self {
            shared,
            traffic: Traffic::default(),
            frames,
            answers,
            accepted: None,
            heard: Instant::now(),
            is_stopping: false,
        }
    }

    fn receive(&mut self, message: Option<Result<Message, Error>>) -> Step {
        self.heard = Instant::now();
        match message {
            Some(Ok(Message::Text(text))) => self.frame(&text),
            Some(Ok(Message::Binary(bytes))) => match std::str::from_utf8(&bytes) {
                Ok(text) => self.frame(text),
                Err(_) => Err(self.refuse("it is not text")),
            },
            Some(Ok(Message::Pong(payload))) => {
                self.accept();
                self.traffic.pong(&payload);
                self.prove()
            }
            // It is answered by the library.
            Some(Ok(Message::Ping(_) | Message::Frame(_))) => Ok(()),
            Some(Ok(Message::Close(close))) => Err(closed(close)),
            Some(Err(error)) => Err(End::Broken(format!("it broke: {error}"))),
            None => Err(End::Broken("it broke".to_owned())),
        }
    }

    fn accept(&mut self) {
        if self.accepted.is_none() {
            self.accepted = Some(self.heard);
            self.tell(TunnelEvent::Connected);
        }
    }

    fn frame(&mut self, text: &str) -> Step {
        self.accept();
        match frame::read(text) {
            Ok(Received::Request(request)) => self.request(request),
            Ok(Received::Hello) => Ok(()),
            Ok(Received::Other(kind)) => {
                let kind = kind.escape_default();
                self.warn(format!("a frame of the unknown type `{kind}` was left out"));
                Ok(())
            }
            Err(reason) => Err(self.refuse(&reason)),
        }
    }

    /// Ends the connection as the protocol asks for, since the request behind a frame cannot be answered.
    fn refuse(&mut self, reason: &str) -> End {
        let frame = CloseFrame {
            code: code::INVALID_REQUEST.into(),
            reason: "invalid request payload".into(),
        };
        // A connection that is gone needs no end.
        let _ = self.send(Message::Close(Some(frame)));
        End::Broken(format!("a frame of the tunnel cannot be read: {reason}"))
    }

    fn request(&mut self, request: TunnelRequest) -> Step {
        let call = Call::of(&request);
        let (id, told) = (call.id.clone(), call.to_string());
        if !self.traffic.begin(call) {
            self.warn(format!("{told} came twice; the second one was left out"));
            return Ok(());
        }
        if self.is_stopping {
            let response = TunnelResponse::text(503, "contexture dev is ending");
            return self.answer(&id, &response);
        }
        let Ok(permit) = Arc::clone(&self.shared.permits).try_acquire_owned() else {
            self.warn(format!(
                "{told} was refused (503): {REQUESTS} requests run already"
            ));
            let response = TunnelResponse::text(503, "too many requests at a time");
            return self.answer(&id, &response);
        };
        let (shared, answers) = (self.shared.clone(), self.answers.clone());
        tokio::spawn(async move {
            let _permit = permit;
            let response = respond(&shared, &told, request).await;
            // A connection that has ended has reported the request as lost.
            let _ = answers.send((id, response));
        });
        Ok(())
    }

    /// Sends an answer, if the request did not get one yet.
    fn answer(&mut self, id: &str, response: &TunnelResponse) -> Step {
        if self.traffic.answer(id) {
            self.send(Message::text(frame::response(id, response)))?;
            self.prove()?;
        }
        Ok(())
    }

    /// Asks for a proof that the answers so far arrived.
    fn prove(&mut self) -> Step {
        match self.traffic.proving_ping() {
            Some(ping) => self.send(Message::Ping(ping.to_vec().into())),
            None => Ok(()),
        }
    }

    /// Shows that this side lives, and checks whether the other one does.
    fn tick(&mut self) -> Step {
        if self.heard.elapsed() >= SILENCE {
            let silence = SILENCE.as_secs();
            return Err(End::Broken(format!("nothing came for {silence} s")));
        }
        self.send(Message::text(frame::hello()))?;
        let ping = self.traffic.new_ping();
        self.send(Message::Ping(ping.to_vec().into()))
    }

    fn send(&mut self, message: Message) -> Step {
        let sent = self.frames.try_send(message);
        sent.map_err(|_| End::Broken("the tunnel does not read".to_owned()))
    }

    fn warn(&self, warning: String) {
        self.tell(TunnelEvent::Warning(warning));
    }

    fn tell(&self, event: TunnelEvent) {
        (self.shared.tell)(event);
    }

    /// Ends the connection, and reports what is lost by that.
    async fn finish<S>(
        mut self,
        end: End,
        source: SplitStream<WebSocketStream<S>>,
        writer: JoinHandle<()>,
    ) -> Ended
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        if end == End::Stopped {
            let frame = CloseFrame {
                code: code::NORMAL.into(),
                reason: "".into(),
            };
            // A connection that is gone needs no end.
            let _ = self.send(Message::Close(Some(frame)));
        }
        drop(self.frames);
        let abort = writer.abort_handle();
        let is_read = timeout(LAST_FRAMES, last_frames(source)).await;
        abort.abort();
        if end == End::Stopped && is_read == Ok(true) {
            // The other side answers a close frame after all frames before it.
            self.traffic.prove_all();
        }
        for lost in self.traffic.lost() {
            (self.shared.tell)(TunnelEvent::Lost(lost));
        }
        Ended {
            end,
            accepted_for: self.accepted.map(|accepted| accepted.elapsed()),
        }
    }
}

/// Sends frames until there are no more, or the connection is gone.
async fn write<S>(
    mut sink: SplitSink<WebSocketStream<S>, Message>,
    mut queue: mpsc::Receiver<Message>,
) where
    S: AsyncRead + AsyncWrite + Unpin,
{
    while let Some(message) = queue.recv().await {
        if sink.send(message).await.is_err() {
            return;
        }
    }
    // The reader waits for the last frames.
    let _ = sink.flush().await;
}

/// Reads until the connection ends; whether by a close frame.
async fn last_frames<S>(mut source: SplitStream<WebSocketStream<S>>) -> bool
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    while let Some(message) = source.next().await {
        match message {
            Ok(Message::Close(_)) => return true,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
    false
}

fn closed(close: Option<CloseFrame>) -> End {
    match close {
        Some(close) => End::Closed {
            code: close.code.into(),
            reason: close.reason.to_string(),
        },
        None => End::Closed {
            code: 1005,
            reason: String::new(),
        },
    }
}

/// Answers a request, in every case.
async fn respond(shared: &Shared, told: &str, request: TunnelRequest) -> TunnelResponse {
    let warn =
        |reason: &str| (shared.tell)(TunnelEvent::Warning(format!("{told} failed: {reason}")));
    let request = match forward::request(request) {
        Ok(request) => request,
        Err(reason) => {
            warn(&reason);
            return TunnelResponse::text(400, &reason);
        }
    };
    // A panic is the failure of its own request.
    let handled = match tokio::spawn(shared.handler.handle(request)).await {
        Ok(handled) => handled,
        Err(_) => Err(Failure::Failed("the handler panicked".to_owned())),
    };
    let answered = handled.and_then(|answer| forward::response(answer).map_err(Failure::Failed));
    match answered {
        Ok(response) => response,
        Err(Failure::NotReady) => TunnelResponse::text(503, "the integration is not ready yet"),
        Err(Failure::Failed(reason)) => {
            warn(&reason);
            TunnelResponse::text(
                500,
                "the request could not be handled; `contexture dev` shows why",
            )
        }
    }
}
