//! Changes of the data, for observers.

use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

use serde_json::Value;

/// What changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Resource {
    /// A count of the integration's analytics.
    Analytics,
    /// What the integration configured: its identifier and the schedule of `register`.
    Configuration,
    /// A conversation.
    Conversation,
    /// An event.
    Event,
    /// A file.
    File,
    /// A knowledge base.
    KnowledgeBase,
    /// A message.
    Message,
    /// A participant of a conversation. The entity is `{ "conversationId": …, "userId": … }`.
    Participant,
    /// A state.
    State,
    /// A user.
    User,
}

/// How it changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ChangeKind {
    /// It was created.
    Created,
    /// It was updated.
    Updated,
    /// It was deleted.
    Deleted,
}

/// A change that is stored.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Change {
    /// The bot whose data changed.
    pub bot_id: String,
    /// The installation whose data changed.
    pub alias: String,
    /// What changed.
    pub resource: Resource,
    /// How it changed.
    pub kind: ChangeKind,
    /// The changed entity as the integration sees it, or its id if it was deleted.
    pub entity: Value,
}

/// Learns of changes after they are stored.
///
/// It runs in the thread of the request, before the response, so it should only pass the change on.
pub trait Observer: Send + Sync {
    /// Called once for every change, in the order of the changes of a request.
    fn changed(&self, change: &Change);
}

/// Every function that takes a change is an observer.
impl<F: Fn(&Change) + Send + Sync> Observer for F {
    fn changed(&self, change: &Change) {
        self(change);
    }
}

/// The observers of an API. Clones share them.
#[derive(Clone, Default)]
pub(super) struct Observers(Arc<RwLock<Vec<Arc<dyn Observer>>>>);

impl Observers {
    pub(super) fn add(&self, observer: Arc<dyn Observer>) {
        let mut observers = self.0.write().unwrap_or_else(PoisonError::into_inner);
        observers.push(observer);
    }

    pub(super) fn notify(&self, changes: &[Change]) {
        let observers = self
            .0
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        for change in changes {
            for observer in &observers {
                observer.changed(change);
            }
        }
    }
}

impl fmt::Debug for Observers {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Observers").finish_non_exhaustive()
    }
}
