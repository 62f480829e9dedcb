//! The recorder of exchanges.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::broadcast;

use super::redact::redact_headers;
use super::store::{self, Ended};
use super::{
    Exchange, ExchangeFilter, ExchangeNotice, NewExchange, RecordLimits, RecordedBody,
    RecordedRequest, Secrets, SentBody,
};
use crate::clock::Clock;
use crate::ids::{IdKind, Ids};
use crate::storage::{Storage, StorageError};

/// How many notices a listener may be behind before it misses some.
const NOTICES: usize = 1024;

/// The error of an exchange that has no end because its process ended.
const LEFT_BEHIND: &str = "the emulator ended before the answer came";

/// Records exchanges. Clones share the record.
#[derive(Clone, Debug)]
pub struct Recorder {
    storage: Storage,
    ids: Ids,
    clock: Clock,
    limits: RecordLimits,
    /// At least the size of all recorded bodies.
    bodies: Arc<AtomicU64>,
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
        let bodies = storage.write(|transaction| {
            store::end_running(transaction, LEFT_BEHIND)?;
            store::shrink(transaction, limits.bodies)
        })?;
        let (notices, _) = broadcast::channel(NOTICES);
        Ok(Self {
            storage,
            ids,
            clock,
            limits,
            bodies: Arc::new(AtomicU64::new(bodies)),
            notices,
        })
    }

    /// Records that an exchange began, without its secrets. Returns its id.
    pub(super) fn insert(
        &self,
        new: NewExchange,
        secrets: &Secrets,
    ) -> Result<String, StorageError> {
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
                headers: redact_headers(&new.request.headers, secrets),
                body: self.body(&new.request.body, secrets),
            },
            response: None,
            error: None,
            note: new.note.map(|note| secrets.redact(&note)),
        };
        let keep = self.limits.exchanges;
        self.storage
            .write(|transaction| store::insert(transaction, &exchange, keep))?;
        self.added(&exchange.request.body)?;
        self.notify(ExchangeNotice::Started {
            id: exchange.id.clone(),
        });
        Ok(exchange.id)
    }

    pub(super) fn body(&self, body: &SentBody, secrets: &Secrets) -> RecordedBody {
        match body {
            SentBody::Whole(bytes) => RecordedBody::new(bytes, secrets, self.limits.body),
            SentBody::LeftOut(size) => RecordedBody::left_out(*size),
        }
    }

    /// Records how an exchange ended.
    pub(super) fn end(&self, id: &str, ended: &Ended) -> Result<(), StorageError> {
        self.storage
            .write(|transaction| store::finish(transaction, id, ended))?;
        if let Some(response) = &ended.response {
            self.added(&response.body)?;
        }
        self.notify(ExchangeNotice::Finished { id: id.to_owned() });
        Ok(())
    }

    /// Deletes the oldest exchanges if all bodies are too large. Some more are deleted, so that this is rare.
    fn added(&self, body: &RecordedBody) -> Result<(), StorageError> {
        let size = body.bytes().len() as u64;
        let before = self.bodies.fetch_add(size, Ordering::SeqCst);
        if before.saturating_add(size) > self.limits.bodies {
            let limit = self.limits.bodies / 4 * 3;
            let kept = self
                .storage
                .write(|transaction| store::shrink(transaction, limit))?;
            self.bodies.store(kept, Ordering::SeqCst);
        }
        Ok(())
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

    /// Returns the notices from now on. A listener that is too slow misses the oldest ones, and gets a notice of that.
    #[must_use]
    pub fn listen(&self) -> broadcast::Receiver<ExchangeNotice> {
        self.notices.subscribe()
    }

    fn notify(&self, notice: ExchangeNotice) {
        // Without listeners it is not needed.
        let _ = self.notices.send(notice);
    }
}
