//! Work that goes on after the response.

use std::{
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use bytes::Bytes;
use http::Response;

/// Work that goes on after the response. It logs its own errors.
pub(crate) type Work = Pin<Box<dyn Future<Output = ()> + Send>>;

/// The work that a handler has registered. It is closed when the handler returns.
pub(crate) struct AfterResponse(Mutex<Option<Vec<Work>>>);

/// The work of a call, as an extension of its response. The server takes it from there.
#[derive(Clone)]
struct Registered(Arc<Mutex<Vec<Work>>>);

impl AfterResponse {
    pub(crate) fn new() -> Self {
        Self(Mutex::new(Some(Vec::new())))
    }

    /// Registers work. Returns `false` if the handler has already returned.
    pub(crate) fn register(&self, work: Work) -> bool {
        let mut registered = self.lock();
        let list = registered.as_mut();
        list.map(|list| list.push(work)).is_some()
    }

    /// Hands the work over with the response.
    pub(crate) fn attach_to(&self, response: &mut Response<Bytes>) {
        let work = self.lock().take().unwrap_or_default();
        if !work.is_empty() {
            let registered = Registered(Arc::new(Mutex::new(work)));
            response.extensions_mut().insert(registered);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<Vec<Work>>> {
        // No code panics while the lock is held.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Takes the work out of a response: a future that runs it in the order of registration.
pub(crate) fn take_work(response: &mut Response<Bytes>) -> Option<Work> {
    let Registered(work) = response.extensions_mut().remove()?;
    let work = std::mem::take(&mut *work.lock().unwrap_or_else(PoisonError::into_inner));
    Some(Box::pin(async move {
        for one in work {
            one.await;
        }
    }))
}
