//! The requests and log lines during a request, in order.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use contexture::log::{LogOutput, LogSink};
use serde::Deserialize;
use serde_json::Value;

/// Records the requests and the log of the integration. Clones share the records.
#[derive(Clone, Debug, Default)]
pub(super) struct Journal {
    entries: Arc<Mutex<Vec<Entry>>>,
    /// The complete log, unchanged.
    log: Arc<Mutex<String>>,
}

/// The fields with credentials.
const PROOFS: [&str; 7] = [
    "access_token",
    "accessToken",
    "code",
    "code_verifier",
    "refresh_token",
    "refreshToken",
    "secret",
];

/// Replaces credentials with dots.
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

/// One record.
#[derive(Clone, Debug)]
pub(super) enum Entry {
    Call(Call),
    Log(LogLine),
}

/// The receiver of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Peer {
    Botpress,
    GitHub,
}

/// A request of the integration and its response.
#[derive(Clone, Debug)]
pub(super) struct Call {
    pub(super) peer: Peer,
    pub(super) method: String,
    pub(super) path: String,
    /// The authentication scheme of the request, without the credentials.
    pub(super) scheme: String,
    pub(super) body: Value,
    pub(super) status: u16,
    pub(super) answer: Value,
}

/// A log line of a call, as Botpress reads it.
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

    /// Takes the records since the last call.
    pub(super) fn take(&self) -> Vec<Entry> {
        std::mem::take(&mut self.entries())
    }

    /// The complete log so far.
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
    /// Lines without a bot come from the server itself, not from a request.
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
