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
#[error("{subject} panicked: {message}")]
pub(crate) struct Panicked {
    subject: &'static str,
    message: String,
}

impl Panicked {
    fn new(subject: &'static str, panic: Box<dyn Any + Send>) -> Self {
        let text = panic.downcast_ref::<&str>().map(ToString::to_string);
        let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
        discard(panic);
        Self {
            subject,
            message: text.unwrap_or_else(|| "without a message".to_owned()),
        }
    }
}

/// Calls a function, and gives the panic that it ended with, as one of the subject.
pub(crate) fn catch<T>(subject: &'static str, call: impl FnOnce() -> T) -> Result<T, Panicked> {
    catch_unwind(AssertUnwindSafe(call)).map_err(|panic| Panicked::new(subject, panic))
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
        subject: &'static str,
    }

    impl<F> PinnedDrop for CatchPanic<F> {
        fn drop(this: Pin<&mut Self>) {
            let mut future = this.project().future;
            // Whoever drops it waits for no answer: the system's hook has told of the panic.
            let _ = catch("", || future.set(None));
        }
    }
}

/// Catches the panics of a future, as those of the subject.
pub(crate) fn catch_panic<F>(subject: &'static str, future: F) -> CatchPanic<F> {
    CatchPanic {
        future: Some(future),
        subject,
    }
}

impl<T, F: Future<Output = Result<T>>> Future for CatchPanic<F> {
    type Output = Result<T>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<T>> {
        let this = self.project();
        let (mut future, subject) = (this.future, this.subject);
        let Some(running) = future.as_mut().as_pin_mut() else {
            return Poll::Pending;
        };
        let output = match catch(subject, || running.poll(context)) {
            Ok(Poll::Pending) => return Poll::Pending,
            Ok(Poll::Ready(output)) => output,
            Err(panicked) => Err(panicked.into()),
        };
        match catch(subject, || future.set(None)) {
            Ok(()) => Poll::Ready(output),
            Err(panicked) => {
                discard(output);
                Poll::Ready(Err(panicked.into()))
            }
        }
    }
}
