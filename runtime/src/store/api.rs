//! The interface of stores.

use std::error::Error;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use crate::error::chain;
use crate::random;

/// The future of an operation of a [`Store`].
pub type StoreFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// The lease of [`Store::take`], whose two steps follow each other.
const TAKING: Duration = Duration::from_secs(10);

/// Keeps claims. See the [module](crate::store) for what it promises.
///
/// A key is any text. A holder is a text that identifies one attempt, and that no other holder uses.
/// Durations are at least a millisecond; a store treats shorter ones as one, and may shorten those
/// of more than a year. All operations can be repeated by the same holder with the same result, so
/// that one whose response was lost can be sent again. Each operation is atomic.
///
/// An operation that fails returns an error; whether it was carried out is then unknown.
pub trait Store: fmt::Debug + Send + Sync {
    /// Claims a key for the duration of the lease. A holder that already holds the key keeps it, with
    /// a new lease.
    fn claim<'a>(
        &'a self,
        key: &'a str,
        holder: &'a str,
        lease: Duration,
    ) -> StoreFuture<'a, Claim>;

    /// Gives a claim a new lease. Returns `false` if another holder has the key, or if it is done.
    /// If the lease ended and no other holder took the key, the holder gets it back.
    ///
    /// The provided method claims the key again, which its holder can.
    fn renew<'a>(
        &'a self,
        key: &'a str,
        holder: &'a str,
        lease: Duration,
    ) -> StoreFuture<'a, bool> {
        Box::pin(async move { Ok(self.claim(key, holder, lease).await? == Claim::Claimed) })
    }

    /// Marks a key as done for the duration of the retention. Returns `false`, and changes nothing,
    /// if another holder has the key or completed it. If the lease ended and nobody took the key, it
    /// is done.
    fn complete<'a>(
        &'a self,
        key: &'a str,
        holder: &'a str,
        retention: Duration,
    ) -> StoreFuture<'a, bool>;

    /// Ends a claim, so that the next one gets the key. Changes nothing if the holder does not hold
    /// it or has completed it.
    ///
    /// If a handler is canceled, the future is polled only once. A store that needs more than one
    /// poll should spawn the operation; otherwise the claim ends with its lease.
    fn release<'a>(&'a self, key: &'a str, holder: &'a str) -> StoreFuture<'a, ()>;

    /// Takes a key once, for a value that may be used only once, such as a nonce. Returns whether this
    /// call took it: no other call gets `true` until the retention ends. After an error the key may
    /// or may not be taken, so treat it as taken.
    fn take<'a>(&'a self, key: &'a str, retention: Duration) -> StoreFuture<'a, bool> {
        Box::pin(async move {
            let holder = new_holder();
            let claim = self.claim(key, &holder, TAKING).await?;
            Ok(claim == Claim::Claimed && self.complete(key, &holder, retention).await?)
        })
    }
}

/// The result of [`Store::claim`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// The holder has the key.
    Claimed,
    /// Another holder has the key.
    Held {
        /// The rest of its lease.
        ends_in: Duration,
    },
    /// The key is done.
    Done,
}

/// The error of a store that did not carry out an operation.
///
/// The message must not contain a password or a token: it is logged.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct StoreError {
    message: String,
    #[source]
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl StoreError {
    /// Creates an error.
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            source: None,
        }
    }

    /// The message with those of its sources.
    pub(crate) fn full_message(&self) -> String {
        let messages: Vec<_> = chain(self).map(ToString::to_string).collect();
        messages.join(": ")
    }

    /// Sets the source of the error.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }
}

/// A holder that is used once.
pub(crate) fn new_holder() -> String {
    format!("{:032x}", u128::from_ne_bytes(random::bytes()))
}

impl<S: Store + ?Sized> Store for Arc<S> {
    fn claim<'a>(
        &'a self,
        key: &'a str,
        holder: &'a str,
        lease: Duration,
    ) -> StoreFuture<'a, Claim> {
        (**self).claim(key, holder, lease)
    }

    fn renew<'a>(
        &'a self,
        key: &'a str,
        holder: &'a str,
        lease: Duration,
    ) -> StoreFuture<'a, bool> {
        (**self).renew(key, holder, lease)
    }

    fn complete<'a>(
        &'a self,
        key: &'a str,
        holder: &'a str,
        retention: Duration,
    ) -> StoreFuture<'a, bool> {
        (**self).complete(key, holder, retention)
    }

    fn release<'a>(&'a self, key: &'a str, holder: &'a str) -> StoreFuture<'a, ()> {
        (**self).release(key, holder)
    }

    fn take<'a>(&'a self, key: &'a str, retention: Duration) -> StoreFuture<'a, bool> {
        (**self).take(key, retention)
    }
}
