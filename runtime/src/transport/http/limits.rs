//! How many connections there are to each host.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use http::Uri;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// A right that is given back when it is dropped.
pub(super) type Permit = OwnedSemaphorePermit;

/// The limits of all hosts. Clones share them.
#[derive(Clone, Debug)]
pub(super) struct Limits {
    connections: usize,
    hosts: Arc<Mutex<HashMap<String, HostLimits>>>,
}

/// The limits of one host.
///
/// A request waits for its turn before it asks the pool, so that no more connections are asked for than
/// there may be; a connection has a permit of its own while it is open, since a request may end before
/// its connection can be used again.
#[derive(Clone, Debug)]
pub(super) struct HostLimits {
    requests: Arc<Semaphore>,
    connections: Arc<Semaphore>,
}

impl Limits {
    pub(super) fn new(connections: usize) -> Self {
        Self {
            connections,
            hosts: Arc::default(),
        }
    }

    /// Returns the limits of the host of an address.
    pub(super) fn of(&self, address: &Uri) -> HostLimits {
        let host = address
            .authority()
            .map_or("", |authority| authority.as_str());
        // Nothing that panics happens under the lock.
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = hosts.get(host) {
            return known.clone();
        }
        let limits = HostLimits {
            requests: Arc::new(Semaphore::new(self.connections)),
            connections: Arc::new(Semaphore::new(self.connections)),
        };
        hosts.insert(host.to_owned(), limits.clone());
        limits
    }
}

impl HostLimits {
    /// Waits until a request may be sent.
    pub(super) async fn turn(self) -> Permit {
        acquire(self.requests).await
    }

    /// Waits until a connection may be opened.
    pub(super) async fn connection(self) -> Permit {
        acquire(self.connections).await
    }
}

async fn acquire(semaphore: Arc<Semaphore>) -> Permit {
    let permit = semaphore.acquire_owned().await;
    permit.expect("nobody closes the semaphores")
}
