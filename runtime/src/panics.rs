//! Panics of an author's code, which fail their own call and nothing more.
//!
//! Code of the author's runs wherever a value of his is used: when a future is polled or dropped, when an
//! error is written to the log or asked for its source, when it is dropped. Nothing that panicked is used
//! again, so that no broken state is seen.

use std::{
    any::Any,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    task::{Context, Poll},
};

use pin_project_lite::pin_project;

use crate::Result;

/// A panic in an author's code.
#[derive(Debug, thiserror::Error)]
#[error("a handler panicked: {0}")]
pub(crate) struct Panicked(String);

impl Panicked {
    fn with(panic: Box<dyn Any + Send>) -> Self {
        let text = panic.downcast_ref::<&str>().map(ToString::to_string);
        let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
        discard(panic);
        Self(text.unwrap_or_else(|| "without a message".to_owned()))
    }
}

/// Calls a function, and gives the panic that it ended with.
pub(crate) fn catch<T>(call: impl FnOnce() -> T) -> Result<T, Panicked> {
    catch_unwind(AssertUnwindSafe(call)).map_err(Panicked::with)
}

/// Drops a value, whatever its `Drop` does.
pub(crate) fn discard<T>(value: T) {
    if let Err(panic) = catch_unwind(AssertUnwindSafe(|| drop(value))) {
        // What a panic carries may panic when it is dropped, too, and so on without end.
        std::mem::forget(panic);
    }
}

pin_project! {
    /// A future whose panics are its failures, and which can be dropped at any time.
    pub(crate) struct CatchPanic<F> {
        #[pin]
        future: Option<F>,
    }

    impl<F> PinnedDrop for CatchPanic<F> {
        fn drop(this: Pin<&mut Self>) {
            let mut future = this.project().future;
            // Whoever drops it waits for no answer: the system's hook has told of the panic.
            let _ = catch(|| future.set(None));
        }
    }
}

/// Catches the panics of a future.
pub(crate) fn catch_panic<F>(future: F) -> CatchPanic<F> {
    CatchPanic {
        future: Some(future),
    }
}

impl<T, F: Future<Output = Result<T>>> Future for CatchPanic<F> {
    type Output = Result<T>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<T>> {
        let mut future = self.project().future;
        let Some(running) = future.as_mut().as_pin_mut() else {
            return Poll::Pending;
        };
        let output = match catch(|| running.poll(context)) {
            Ok(Poll::Pending) => return Poll::Pending,
            Ok(Poll::Ready(output)) => output,
            Err(panicked) => Err(panicked.into()),
        };
        match catch(|| future.set(None)) {
            Ok(()) => Poll::Ready(output),
            Err(panicked) => {
                discard(output);
                Poll::Ready(Err(panicked.into()))
            }
        }
    }
}
