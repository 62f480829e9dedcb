//! Connection limits per host.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use http::Uri;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// A permit, which is released when it is dropped.
pub(super) type Permit = OwnedSemaphorePermit;

/// The limits of all hosts. Clones share them.
#[derive(Clone, Debug)]
pub(super) struct Limits {
    connections: usize,
    hosts: Arc<Mutex<HashMap<String, HostLimits>>>,
}

/// The limits of one host.
///
/// A request waits for a permit before it uses the pool, so that the pool does not open more
/// connections than allowed. An open connection has its own permit, because a request may end
/// before its connection is reusable.
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

    /// Returns the limits of the host of a URL.
    pub(super) fn of(&self, address: &Uri) -> HostLimits {
        let host = address
            .authority()
            .map_or("", |authority| authority.as_str());
        // The code under the lock does not panic.
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
    /// Waits for a permit to send a request.
    pub(super) async fn turn(self) -> Permit {
        acquire(self.requests).await
    }

    /// Waits for a permit to open a connection.
    pub(super) async fn connection(self) -> Permit {
        acquire(self.connections).await
    }
}

async fn acquire(semaphore: Arc<Semaphore>) -> Permit {
    let permit = semaphore.acquire_owned().await;
    permit.expect("the semaphores are never closed")
}
