//! An in-memory Botpress API for one bot.

mod address;
mod answer;
mod collection;
mod store;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use serde_json::Value;

use self::store::{Store, StoredState};
use super::recorded_request::{RecordedRequest, answer_of, gather};
use crate::client::{RequestBody, SendFuture, Transport};

pub use self::collection::Collection;

/// An in-memory Botpress API for one bot. It stores conversations with their participants, users,
/// messages, events, files with their content, and states. Clones share the data.
///
/// Entities can be created, found by their tags, listed, updated and deleted. Updating an entity
/// that does not exist creates it, so a test need not create every entity that its handler uses.
/// Nothing expires. Lists begin with the latest entity; filters by time and sort parameters are
/// ignored.
///
/// Every [`RecordingTransport`](super::RecordingTransport), and so every
/// [`Harness`](super::Harness), has one. Its data is read and written as JSON:
///
/// ```
/// use contexture::testing::{Collection, RecordingTransport};
/// use serde_json::json;
///
/// let transport = RecordingTransport::new();
/// let botpress = transport.botpress();
/// botpress.set_state("credentials", json!({ "token": "x" }));
/// let id = botpress.add(Collection::Messages, json!({ "tags": { "id": "7" } }));
///
/// assert_eq!(id, "message-1");
/// assert_eq!(botpress.all(Collection::Messages)[0]["tags"]["id"], "7");
/// assert_eq!(botpress.state("credentials"), Some(json!({ "token": "x" })));
/// ```
///
/// [`Harness::client`](super::Harness::client) gives typed access to the same data.
#[derive(Clone, Default)]
pub struct Botpress {
    kept: Arc<Mutex<Store>>,
}

impl Botpress {
    /// Creates an empty instance.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an entity and returns its id. An entity without an id gets a generated one. An entity
    /// with the same id is replaced.
    #[expect(
        clippy::must_use_candidate,
        reason = "a caller that sets the id does not need it"
    )]
    pub fn add(&self, collection: Collection, entity: Value) -> String {
        self.kept().put(collection, entity)
    }

    /// Returns all entities of a collection, in the order of their creation.
    #[must_use]
    pub fn all(&self, collection: Collection) -> Vec<Value> {
        self.kept().all(collection).to_vec()
    }

    /// Returns the uploaded content of a file; `None` before the upload.
    #[must_use]
    pub fn content(&self, file_id: &str) -> Option<Bytes> {
        self.kept().contents.get(file_id).cloned()
    }

    /// Returns the payload of a state of the integration; `None` if it is not set.
    ///
    /// Use a client to read states of conversations and users.
    #[must_use]
    pub fn state(&self, name: &str) -> Option<Value> {
        let kept = self.kept();
        let stored = kept.states.get(&of_integration(name))?;
        Some(stored.payload.clone())
    }

    /// Sets a state of the integration without validating it, as an older version might have stored
    /// it.
    pub fn set_state(&self, name: &str, payload: Value) {
        let stored = StoredState {
            payload,
            expiry: None,
        };
        self.kept().states.insert(of_integration(name), stored);
    }

    /// Updates or creates an entity, and returns it.
    pub(super) fn change(&self, collection: Collection, id: &str, sent: &Value) -> Value {
        self.kept().change(collection, id, sent)
    }

    /// Answers a request. Returns `None` if the resource does not exist.
    pub(super) fn answer(&self, request: &RecordedRequest) -> Option<Value> {
        answer::answer(&mut self.kept(), request)
    }

    fn kept(&self) -> MutexGuard<'_, Store> {
        // After a panic, the stored data remains readable.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Returns the key of a state of the tested integration.
fn of_integration(name: &str) -> String {
    format!("integration/{}/{name}", super::identity::INTEGRATION_ID)
}

/// Answers requests without recording them.
impl Transport for Botpress {
    fn send(&self, request: http::Request<RequestBody>) -> SendFuture {
        let this = self.clone();
        Box::pin(async move {
            let request = gather(request).await?;
            Ok(answer_of(&request, this.answer(&request)))
        })
    }
}

/// Omits the stored data, which may contain secrets.
impl fmt::Debug for Botpress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Botpress").finish_non_exhaustive()
    }
}
