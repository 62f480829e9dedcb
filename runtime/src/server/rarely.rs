//! A future that is polled only when it has been woken.

use std::{
    future::poll_fn,
    pin::{Pin, pin},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, Wake, Waker},
};

use pin_project_lite::pin_project;

pin_project! {
    /// Polls a future only when this future has been woken, and not whenever its task has.
    ///
    /// The task of a connection is woken for each request, and what ends the connection hardly ever.
    pub(super) struct Rarely<F> {
        #[pin]
        future: F,
        signal: Arc<Signal>,
        waker: Waker,
        // The task as of the last poll.
        task: Waker,
    }
}

struct Signal {
    is_woken: AtomicBool,
    task: Mutex<Waker>,
}

impl<F> Rarely<F> {
    pub(super) fn new(future: F) -> Self {
        let signal = Arc::new(Signal {
            is_woken: AtomicBool::new(true),
            task: Mutex::new(Waker::noop().clone()),
        });
        Self {
            future,
            waker: Arc::clone(&signal).into(),
            signal,
            task: Waker::noop().clone(),
        }
    }
}

impl<F: Future> Future for Rarely<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        // The task is set before the question, so that no wake-up between the two is lost.
        if !this.task.will_wake(context.waker()) {
            this.task.clone_from(context.waker());
            this.signal.task().clone_from(context.waker());
        }
        let is_woken = &this.signal.is_woken;
        if !is_woken.load(Ordering::Relaxed) {
            return Poll::Pending;
        }
        // What was done before the wake-up is visible after this.
        is_woken.swap(false, Ordering::SeqCst);
        this.future.poll(&mut Context::from_waker(this.waker))
    }
}

/// Runs some work until it ends, or until something else happens first.
///
/// This is what `tokio::select!` does, without its own share of the task's budget.
pub(super) async fn unless<W: Future, F: Future<Output = ()>>(
    rarely: Rarely<F>,
    mut work: Pin<&mut W>,
) -> Option<W::Output> {
    let mut rarely = pin!(rarely);
    poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(output) => Poll::Ready(Some(output)),
        Poll::Pending => rarely.as_mut().poll(context).map(|()| None),
    })
    .await
}

impl Signal {
    fn task(&self) -> MutexGuard<'_, Waker> {
        // No code panics while the lock is held.
        self.task.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.is_woken.store(true, Ordering::SeqCst);
        // A task may be polled within its wake-up.
        let task = self.task().clone();
        task.wake();
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    /// Counts how often it was woken.
    #[derive(Default)]
    struct Task(std::sync::atomic::AtomicUsize);

    impl Wake for Task {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }

    #[test]
    fn a_future_is_polled_first_and_then_only_when_it_has_been_woken() {
        let (polls, inner) = (Cell::new(0), Cell::new(None::<Waker>));
        let mut future = pin!(Rarely::new(poll_fn(|context| {
            polls.set(polls.get() + 1);
            inner.set(Some(context.waker().clone()));
            if polls.get() < 3 {
                Poll::Pending
            } else {
                Poll::Ready(polls.get())
            }
        })));
        let (first, second) = (Arc::new(Task::default()), Arc::new(Task::default()));
        let mut poll = |task: &Arc<Task>| {
            let waker = Waker::from(Arc::clone(task));
            future.as_mut().poll(&mut Context::from_waker(&waker))
        };
        for _ in 0..3 {
            assert_eq!(poll(&first), Poll::Pending);
        }
        assert_eq!(polls.get(), 1);
        inner.take().unwrap().wake();
        assert_eq!(first.0.load(Ordering::SeqCst), 1);
        assert_eq!(poll(&first), Poll::Pending);
        // The task that polled last is woken.
        assert_eq!(poll(&second), Poll::Pending);
        assert_eq!(polls.get(), 2);
        inner.take().unwrap().wake();
        let woken = [&first, &second].map(|task| task.0.load(Ordering::SeqCst));
        assert_eq!(woken, [1, 1]);
        assert_eq!(poll(&second), Poll::Ready(3));
    }
}
