//! The recorder of exchanges.

use std::time::{Duration, Instant};

use tokio::sync::broadcast;

use super::redact::redact_headers;
use super::store::{self, Ended};
use super::{
    Exchange, ExchangeKind, NewExchange, RecordedBody, RecordedRequest, RecordedResponse, Secrets,
    SentBody, SentResponse,
};
use crate::clock::Clock;
use crate::ids::{IdKind, Ids};
use crate::storage::{Storage, StorageError};

/// How many notices a listener may be behind before it misses some.
const NOTICES: usize = 1024;

/// The error of an exchange that has no end because its process ended.
const LEFT_BEHIND: &str = "the emulator ended before the answer came";

/// The error of an exchange whose work was dropped.
const DROPPED: &str = "the exchange was canceled before the answer came";

/// How much is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordLimits {
    /// The number of exchanges. The oldest ones are deleted.
    pub exchanges: u32,
    /// The size of a body in bytes. The rest is left out.
    pub body: usize,
}

impl Default for RecordLimits {
    /// 10,000 exchanges, and 256 KiB of each body.
    fn default() -> Self {
        Self {
            exchanges: 10_000,
            body: 256 * 1024,
        }
    }
}

/// Which exchanges are listed, the newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExchangeFilter {
    /// Exchanges of this kind.
    pub kind: Option<ExchangeKind>,
    /// Exchanges of the instance with this webhook id.
    pub instance: Option<String>,
    /// Exchanges that belong to this one.
    pub parent: Option<String>,
    /// Exchanges that began before this one.
    pub before: Option<String>,
    /// The maximum number.
    pub limit: u32,
}

impl Default for ExchangeFilter {
    fn default() -> Self {
        Self {
            kind: None,
            instance: None,
            parent: None,
            before: None,
            limit: 100,
        }
    }
}

/// What happened to an exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ExchangeNotice {
    /// It began.
    Started {
        /// Its id.
        id: String,
    },
    /// It ended.
    Finished {
        /// Its id.
        id: String,
    },
    /// All exchanges were deleted.
    Cleared,
}

/// Records exchanges. Clones share the record.
#[derive(Clone, Debug)]
pub struct Recorder {
    storage: Storage,
    ids: Ids,
    clock: Clock,
    limits: RecordLimits,
    notices: broadcast::Sender<ExchangeNotice>,
}

impl Recorder {
    /// Creates a recorder. Exchanges that an earlier process has left without an end get an error.
    ///
    /// # Errors
    ///
    /// The storage fails.
    pub fn new(
        storage: Storage,
        ids: Ids,
        clock: Clock,
        limits: RecordLimits,
    ) -> Result<Self, StorageError> {
        storage.write(|transaction| store::end_running(transaction, LEFT_BEHIND))?;
        let (notices, _) = broadcast::channel(NOTICES);
        Ok(Self {
            storage,
            ids,
            clock,
            limits,
            notices,
        })
    }

    /// Records that an exchange began. Its secrets are replaced before anything is stored.
    ///
    /// # Errors
    ///
    /// The storage fails.
    pub fn begin(&self, new: NewExchange) -> Result<RunningExchange, StorageError> {
        let secrets = new.secrets;
        let exchange = Exchange {
            id: self.ids.next(IdKind::Exchange),
            kind: new.kind,
            name: secrets.redact(&new.name),
            subject: new.subject.map(|subject| secrets.redact(&subject)),
            instance: new.instance,
            parent: new.parent,
            source: new.source,
            trace: new.trace,
            started: self.clock.now(),
            duration: None,
            request: RecordedRequest {
                method: new.request.method,
                path: secrets.redact(&new.request.path),
                headers: redact_headers(&new.request.headers, &secrets),
                body: self.body(&new.request.body, &secrets),
            },
            response: None,
            error: None,
            note: new.note,
        };
        let keep = self.limits.exchanges;
        self.storage
            .write(|transaction| store::insert(transaction, &exchange, keep))?;
        self.notify(ExchangeNotice::Started {
            id: exchange.id.clone(),
        });
        Ok(RunningExchange {
            recorder: self.clone(),
            id: exchange.id,
            secrets,
            began: Instant::now(),
            has_ended: false,
        })
    }

    fn body(&self, body: &SentBody, secrets: &Secrets) -> RecordedBody {
        match body {
            SentBody::Whole(bytes) => {
                let redacted = secrets.redact_bytes(bytes);
                RecordedBody::new(redacted, bytes.len() as u64, self.limits.body)
            }
            SentBody::LeftOut(size) => RecordedBody::left_out(*size),
        }
    }

    /// Returns an exchange.
    ///
    /// # Errors
    ///
    /// The storage fails.
    pub fn find(&self, id: &str) -> Result<Option<Exchange>, StorageError> {
        self.storage.read(|connection| store::find(connection, id))
    }

    /// Returns exchanges, the newest first.
    ///
    /// # Errors
    ///
    /// The storage fails.
    pub fn list(&self, filter: &ExchangeFilter) -> Result<Vec<Exchange>, StorageError> {
        self.storage
            .read(|connection| store::list(connection, filter))
    }

    /// Returns the id of the call that a trace belongs to.
    ///
    /// # Errors
    ///
    /// The storage fails.
    pub fn call_of_trace(&self, trace: &str) -> Result<Option<String>, StorageError> {
        self.storage
            .read(|connection| store::call_of_trace(connection, trace))
    }

    /// Deletes all exchanges.
    ///
    /// # Errors
    ///
    /// The storage fails.
    pub fn clear(&self) -> Result<(), StorageError> {
        self.storage
            .write(|transaction| store::clear(transaction))?;
        self.notify(ExchangeNotice::Cleared);
        Ok(())
    }

    /// Returns the notices from now on. A listener that is too slow misses the oldest ones and is told so.
    #[must_use]
    pub fn listen(&self) -> broadcast::Receiver<ExchangeNotice> {
        self.notices.subscribe()
    }

    fn notify(&self, notice: ExchangeNotice) {
        // Without listeners nobody needs it.
        let _ = self.notices.send(notice);
    }
}

/// An exchange without its end. If it is dropped, it ends with an error.
#[derive(Debug)]
#[must_use = "the exchange ends when it is dropped"]
pub struct RunningExchange {
    recorder: Recorder,
    id: String,
    secrets: Secrets,
    began: Instant,
    has_ended: bool,
}

impl RunningExchange {
    /// The id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// How long it has run.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.began.elapsed()
    }

    /// Adds secrets that the response must not show.
    pub fn hide(&mut self, secrets: Secrets) {
        self.secrets = std::mem::take(&mut self.secrets).and(secrets);
    }

    /// Records the response.
    ///
    /// # Errors
    ///
    /// The storage fails.
    pub fn answered(self, response: &SentResponse) -> Result<(), StorageError> {
        self.answered_with_error(response, None)
    }

    /// Records the response, and what is wrong with it.
    ///
    /// # Errors
    ///
    /// The storage fails.
    pub fn answered_with_error(
        mut self,
        response: &SentResponse,
        error: Option<String>,
    ) -> Result<(), StorageError> {
        let response = RecordedResponse {
            status: response.status,
            headers: redact_headers(&response.headers, &self.secrets),
            body: self.recorder.body(&response.body, &self.secrets),
        };
        self.end(Some(response), error)
    }

    /// Records why there is no response.
    ///
    /// # Errors
    ///
    /// The storage fails.
    pub fn failed(mut self, error: &str) -> Result<(), StorageError> {
        self.end(None, Some(error.to_owned()))
    }

    fn end(
        &mut self,
        response: Option<RecordedResponse>,
        error: Option<String>,
    ) -> Result<(), StorageError> {
        self.has_ended = true;
        let ended = Ended {
            duration: self.began.elapsed(),
            response,
            error: error.map(|error| self.secrets.redact(&error)),
        };
        let storage = &self.recorder.storage;
        storage.write(|transaction| store::finish(transaction, &self.id, &ended))?;
        self.recorder.notify(ExchangeNotice::Finished {
            id: self.id.clone(),
        });
        Ok(())
    }
}

impl Drop for RunningExchange {
    fn drop(&mut self) {
        if !self.has_ended {
            // The storage reports its failure to the next call.
            let _ = self.end(None, Some(DROPPED.to_owned()));
        }
    }
}
