//! What happened during a request, in its order.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use contexture::log::{LogOutput, LogSink};
use serde::Deserialize;
use serde_json::Value;

/// Keeps what the integration asked of others and logged. Clones share it.
#[derive(Clone, Debug, Default)]
pub(super) struct Journal {
    entries: Arc<Mutex<Vec<Entry>>>,
    /// The whole log, as it was written.
    log: Arc<Mutex<String>>,
}

/// The fields whose values prove who somebody is.
const PROOFS: [&str; 7] = [
    "access_token",
    "accessToken",
    "code",
    "code_verifier",
    "refresh_token",
    "refreshToken",
    "secret",
];

/// Puts dots in place of whatever proves who somebody is.
pub(super) fn hide(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let fields = fields.into_iter().map(|(name, value)| {
                let is_proof = value.is_string() && PROOFS.contains(&name.as_str());
                let value = if is_proof {
                    "•••".into()
                } else {
                    hide(value)
                };
                (name, value)
            });
            fields.collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            value
        }
    }
}

/// One thing that happened.
#[derive(Clone, Debug)]
pub(super) enum Entry {
    Call(Call),
    Log(LogLine),
}

/// Who was asked something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Peer {
    Botpress,
    GitHub,
}

/// A request of the integration, and its answer.
#[derive(Clone, Debug)]
pub(super) struct Call {
    pub(super) peer: Peer,
    pub(super) method: String,
    pub(super) path: String,
    /// How the request proved who asks, without the proof.
    pub(super) scheme: String,
    pub(super) body: Value,
    pub(super) status: u16,
    pub(super) answer: Value,
}

/// A line of the log that belongs to a call, as Botpress would read it.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct LogLine {
    pub(super) level: String,
    #[serde(rename = "msg")]
    pub(super) message: String,
    #[serde(rename = "visible_to_bot_owner")]
    pub(super) for_bot: bool,
    #[serde(rename = "botId")]
    pub(super) _bot_id: String,
}

impl Journal {
    pub(super) fn add(&self, entry: Entry) {
        self.entries().push(entry);
    }

    /// Takes what happened since the last time.
    pub(super) fn take(&self) -> Vec<Entry> {
        std::mem::take(&mut self.entries())
    }

    /// The whole log so far.
    #[cfg(test)]
    pub(super) fn log(&self) -> String {
        self.log
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn entries(&self) -> std::sync::MutexGuard<'_, Vec<Entry>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl LogSink for Journal {
    /// Lines without a bot are the server's own, and belong to no request.
    fn write(&self, _: LogOutput, line: &str) {
        let mut log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        log.push_str(line);
        log.push('\n');
        drop(log);
        if let Ok(line) = serde_json::from_str(line) {
            self.add(Entry::Log(line));
        }
    }
}

impl fmt::Display for Peer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Botpress => "Botpress",
            Self::GitHub => "GitHub",
        })
    }
}
