//! Botpress in memory: what the API keeps for one bot, and how it answers.

mod address;
mod answer;
mod collection;
mod store;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use serde_json::Value;

use self::store::Store;
use super::recorded_request::{RecordedRequest, answer_of, gather};
use crate::client::{RequestBody, SendFuture, Transport};

pub use self::collection::Collection;

/// What Botpress keeps for one bot, in memory: conversations with their participants, users, messages,
/// events, files with their content, and states. Clones share it.
///
/// It answers the client: what is created is there later, is found by its tags, is listed, changed and
/// deleted. What is changed and was not there comes about, so that a test need not make all that its
/// handler speaks of. Nothing expires, and lists come in the order of creation: the filters for times
/// and for sorting are not looked at.
///
/// Every [`RecordingTransport`](super::RecordingTransport), and so every [`Harness`](super::Harness),
/// has one, which is filled and looked at as JSON:
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
/// By types it is filled and looked at through [`Harness::client`](super::Harness::client).
#[derive(Clone, Default)]
pub struct Botpress {
    kept: Arc<Mutex<Store>>,
}

impl Botpress {
    /// Makes one that keeps nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Keeps something as if it had come before, and gives its id: the one that it has, else one that
    /// is made up. What was kept under this id is replaced.
    #[expect(
        clippy::must_use_candidate,
        reason = "whoever gave the id knows it already"
    )]
    pub fn add(&self, collection: Collection, entity: Value) -> String {
        self.kept().put(collection, entity)
    }

    /// Gives all of a kind, in the order of their creation.
    #[must_use]
    pub fn all(&self, collection: Collection) -> Vec<Value> {
        self.kept().all(collection).to_vec()
    }

    /// Gives the content that was uploaded for a file; none before it was.
    #[must_use]
    pub fn content(&self, file_id: &str) -> Option<Bytes> {
        self.kept().contents.get(file_id).cloned()
    }

    /// Gives the payload of a state of the integration; none when nothing is stored.
    ///
    /// States of conversations and of users are read through a client.
    #[must_use]
    pub fn state(&self, name: &str) -> Option<Value> {
        self.kept().states.get(&of_integration(name)).cloned()
    }

    /// Stores a state of the integration, whatever its schema says: as a version before might have.
    pub fn set_state(&self, name: &str, payload: Value) {
        self.kept().states.insert(of_integration(name), payload);
    }

    /// Changes something, or keeps it, and gives it as it is then.
    pub(super) fn change(&self, collection: Collection, id: &str, sent: &Value) -> Value {
        self.kept().change(collection, id, sent)
    }

    /// Answers a request; none says that there is no such thing.
    pub(super) fn answer(&self, request: &RecordedRequest) -> Option<Value> {
        answer::answer(&mut self.kept(), request)
    }

    fn kept(&self) -> MutexGuard<'_, Store> {
        // A test that panics meanwhile still wants to see what is kept.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where a state of the integration under test is kept.
fn of_integration(name: &str) -> String {
    format!("integration/{}/{name}", super::identity::INTEGRATION_ID)
}

/// Answers without a record of what was asked.
impl Transport for Botpress {
    fn send(&self, request: http::Request<RequestBody>) -> SendFuture {
        let this = self.clone();
        Box::pin(async move {
            let request = gather(request).await?;
            Ok(answer_of(this.answer(&request)))
        })
    }
}

/// What is kept may hold secrets.
impl fmt::Debug for Botpress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Botpress").finish_non_exhaustive()
    }
}
