//! Catches panics of the author's code, so that they fail only their own call.
//!
//! The author's code runs wherever its values are used: when a future is polled or dropped, when an
//! error is logged or its source is read, and when the error is dropped. A value whose code has
//! panicked is not used again, so no inconsistent state is visible.

use std::{
    any::Any,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    task::{Context, Poll},
};

use pin_project_lite::pin_project;

use crate::Result;

/// A panic in the author's code.
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

/// Calls a function and catches its panic. `subject` names the code that panicked.
pub(crate) fn catch<T>(subject: &'static str, call: impl FnOnce() -> T) -> Result<T, Panicked> {
    catch_unwind(AssertUnwindSafe(call)).map_err(|panic| Panicked::new(subject, panic))
}

/// Drops a value and catches a panic of its destructor.
pub(crate) fn discard<T>(value: T) {
    if let Err(panic) = catch_unwind(AssertUnwindSafe(|| drop(value))) {
        // Dropping the panic payload may panic again, and so on, so it is leaked.
        std::mem::forget(panic);
    }
}

pin_project! {
    /// A future that resolves to an error if the inner future panics, and that never panics when it
    /// is dropped.
    pub(crate) struct CatchPanic<F> {
        #[pin]
        future: Option<F>,
        subject: &'static str,
    }

    impl<F> PinnedDrop for CatchPanic<F> {
        fn drop(this: Pin<&mut Self>) {
            let mut future = this.project().future;
            // The result is not needed, and the panic hook has already reported the panic.
            let _ = catch("", || future.set(None));
        }
    }
}

/// Catches the panics of a future. `subject` names the code that panicked.
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
