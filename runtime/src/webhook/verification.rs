//! The outcome of the verification of a request, for the call that received it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::signature::SignatureError;

/// A verification that refused its request: the name of the scheme, and the reason.
pub(crate) type Refusal = (&'static str, SignatureError);

/// The last verification of a request. The clones of a request share it.
///
/// A verifier consumes its request, and a handler may answer a refused request itself. The call
/// knows by this that the request was refused. A request that belongs to no call has no note.
#[derive(Clone, Default)]
pub(crate) struct VerificationNote(Option<Arc<Mutex<Option<Refusal>>>>);

impl VerificationNote {
    /// Creates the note of a request that a call has received.
    pub(crate) fn new() -> Self {
        Self(Some(Arc::default()))
    }

    /// Notes the outcome of a verification, in place of an earlier one.
    pub(super) fn note<T>(&self, scheme: &'static str, outcome: &Result<T, SignatureError>) {
        if let Some(note) = &self.0 {
            let refused = outcome.as_ref().err();
            *lock(note) = refused.map(|error| (scheme, error.clone()));
        }
    }

    /// Returns the refusal, if the last verification refused the request.
    pub(crate) fn refusal(&self) -> Option<Refusal> {
        self.0.as_deref().and_then(|note| lock(note).clone())
    }
}

fn lock(note: &Mutex<Option<Refusal>>) -> MutexGuard<'_, Option<Refusal>> {
    // No code panics while the lock is held.
    note.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A note is no part of the value of its request.
impl PartialEq for VerificationNote {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for VerificationNote {}
