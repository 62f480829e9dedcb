//! The tails that are connected, and the requests that wait for their answers.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::{mpsc, oneshot, watch};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;

use crate::close::code;
use crate::frames::{self, Call, FromTail, Reply};
use crate::record::Record;

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoAnswer {
    /// No tail has the id.
    NoTail,
    /// The connection ended before the answer.
    Lost,
}

/// All tails.
#[derive(Debug, Default)]
pub(crate) struct Tails {
    known: Mutex<Known>,
    /// Changes with each tail that comes or goes, and with each frame.
    changes: watch::Sender<u64>,
}

#[derive(Debug, Default)]
struct Known {
    tails: HashMap<String, Tail>,
    /// The ids that are refused, as if another tail had them.
    taken: BTreeSet<String>,
    record: Record,
    connections: u64,
    requests: u64,
}

#[derive(Debug)]
struct Tail {
    connection: u64,
    frames: mpsc::UnboundedSender<Message>,
    waiting: HashMap<String, oneshot::Sender<Reply>>,
}

/// A tail that was accepted.
pub(crate) struct Accepted {
    pub(crate) connection: u64,
    pub(crate) frames: mpsc::UnboundedReceiver<Message>,
}

impl Tails {
    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn changed(&self) {
        self.changes.send_modify(|count| *count += 1);
    }

    pub(crate) fn record(&self) -> Record {
        self.known().record.clone()
    }

    pub(crate) fn is_recorded(&self, is_so: impl FnOnce(&Record) -> bool) -> bool {
        is_so(&self.known().record)
    }

    /// Waits until something is so.
    pub(crate) async fn wait_until(&self, mut is_so: impl FnMut(&Self) -> bool) {
        let mut changes = self.changes.subscribe();
        while !is_so(self) {
            // The sender lives as long as this.
            let _ = changes.changed().await;
        }
    }

    pub(crate) fn has(&self, id: &str) -> bool {
        self.known().tails.contains_key(id)
    }

    pub(crate) fn take(&self, id: &str) {
        self.known().taken.insert(id.to_owned());
    }

    pub(crate) fn free(&self, id: &str) {
        self.known().taken.remove(id);
    }

    /// Registers a tail, or gives the close frame of its refusal.
    pub(crate) fn accept(&self, id: &str, user_agent: &str) -> Result<Accepted, CloseFrame> {
        let mut known = self.known();
        known.record.connections += 1;
        known.record.user_agents.push(user_agent.to_owned());
        let refuse = |code: u16, reason: &'static str| CloseFrame {
            code: code.into(),
            reason: reason.into(),
        };
        let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || b"_|-".contains(&byte);
        let refused = if id.is_empty() || !id.bytes().all(is_letter) {
            Some(refuse(code::INVALID_ID, "invalid url"))
        } else if known.tails.contains_key(id) || known.taken.contains(id) {
            Some(refuse(code::ID_IN_USE, "tunnel ID already in use"))
        } else {
            None
        };
        if let Some(refused) = refused {
            drop(known);
            self.changed();
            return Err(refused);
        }
        known.connections += 1;
        let connection = known.connections;
        let (sender, frames) = mpsc::unbounded_channel();
        let tail = Tail {
            connection,
            frames: sender,
            waiting: HashMap::new(),
        };
        known.tails.insert(id.to_owned(), tail);
        drop(known);
        self.changed();
        Ok(Accepted { connection, frames })
    }

    /// Forgets a connection. The requests that wait for it are lost.
    pub(crate) fn forget(&self, id: &str, connection: u64) {
        let mut known = self.known();
        if known
            .tails
            .get(id)
            .is_some_and(|tail| tail.connection == connection)
        {
            known.tails.remove(id);
        }
        drop(known);
        self.changed();
    }

    /// Forgets all connections.
    pub(crate) fn forget_all(&self) {
        self.known().tails.clear();
        self.changed();
    }

    /// Sends a frame to a tail; `false` without one.
    pub(crate) fn send(&self, id: &str, message: Message) -> bool {
        let known = self.known();
        let tail = known.tails.get(id);
        tail.is_some_and(|tail| tail.frames.send(message).is_ok())
    }

    /// Passes a call on. The id of the request is given at once, and the answer when it comes.
    pub(crate) fn call(
        &self,
        id: &str,
        call: &Call,
    ) -> Result<(String, oneshot::Receiver<Reply>), NoAnswer> {
        let mut known = self.known();
        known.requests += 1;
        let request_id = format!("req-{}", known.requests);
        let tail = known.tails.get_mut(id).ok_or(NoAnswer::NoTail)?;
        let (sender, reply) = oneshot::channel();
        tail.waiting.insert(request_id.clone(), sender);
        let frame = Message::text(call.frame(&request_id).to_string());
        tail.frames.send(frame).map_err(|_| NoAnswer::Lost)?;
        Ok((request_id, reply))
    }

    /// Takes a frame of a tail; an error is the close frame that it leads to.
    pub(crate) fn receive(&self, id: &str, connection: u64, text: &str) -> Result<(), CloseFrame> {
        let mut known = self.known();
        let tail = known.tails.get(id);
        if tail.is_none_or(|tail| tail.connection != connection) {
            // The server has stopped, and reads nothing any more.
            return Ok(());
        }
        let read = frames::read(text);
        let Some(frame) = read else {
            known
                .record
                .violations
                .push(format!("it cannot be read: {text}"));
            return Err(CloseFrame {
                code: code::INVALID_RESPONSE.into(),
                reason: "invalid response payload".into(),
            });
        };
        match frame {
            FromTail::Hello { capabilities } => {
                known.record.hellos += 1;
                known.record.capabilities.extend(capabilities);
            }
            FromTail::Response { request_id, reply } => {
                *known.record.answers.entry(request_id.clone()).or_default() += 1;
                let tail = known.tails.get_mut(id);
                let tail = tail.filter(|tail| tail.connection == connection);
                if let Some(waiting) = tail.and_then(|tail| tail.waiting.remove(&request_id)) {
                    // The caller may have gone.
                    let _ = waiting.send(reply);
                } else {
                    let violation = format!("{request_id} waits for no answer of this connection");
                    known.record.violations.push(violation);
                }
            }
        }
        drop(known);
        self.changed();
        Ok(())
    }

    pub(crate) fn closed_by_tail(&self, close: Option<CloseFrame>) {
        let closed = close.map_or((1005, String::new()), |close| {
            (close.code.into(), close.reason.to_string())
        });
        self.known().record.closed_by_tails.push(closed);
        self.changed();
    }
}
