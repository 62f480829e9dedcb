//! The running calls, as tasks on one thread.

use std::cell::RefCell;
use std::collections::{HashMap, VecDeque};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Wake, Waker};

type Task = Pin<Box<dyn Future<Output = ()> + Send>>;

#[derive(Default)]
struct Tasks {
    last: u64,
    waiting: HashMap<u64, (Task, Waker)>,
}

thread_local! {
    static TASKS: RefCell<Tasks> = RefCell::default();
    /// The tasks that can go on.
    static READY: RefCell<VecDeque<u64>> = const { RefCell::new(VecDeque::new()) };
}

struct Turn(u64);

impl Wake for Turn {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        READY.with_borrow_mut(|ready| ready.push_back(self.0));
    }
}

/// Adds a task, which runs in this turn.
pub(crate) fn spawn(task: impl Future<Output = ()> + Send + 'static) {
    let id = TASKS.with_borrow_mut(|tasks| {
        tasks.last += 1;
        let waker = Waker::from(Arc::new(Turn(tasks.last)));
        tasks.waiting.insert(tasks.last, (Box::pin(task), waker));
        tasks.last
    });
    READY.with_borrow_mut(|ready| ready.push_back(id));
}

/// Runs all tasks as far as they go.
pub(super) fn run() {
    while let Some(id) = READY.with_borrow_mut(VecDeque::pop_front) {
        // A task that has ended may be woken once more. One that runs may spawn others.
        let task = TASKS.with_borrow_mut(|tasks| tasks.waiting.remove(&id));
        let Some((mut task, waker)) = task else {
            continue;
        };
        if task
            .as_mut()
            .poll(&mut Context::from_waker(&waker))
            .is_pending()
        {
            TASKS.with_borrow_mut(|tasks| tasks.waiting.insert(id, (task, waker)));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;
    use std::sync::Mutex;
    use std::task::Poll;

    use super::*;

    #[test]
    fn tasks_go_on_when_they_are_woken_and_may_spawn_others() {
        let seen: Arc<Mutex<Vec<&str>>> = Arc::default();
        let waker: Arc<Mutex<Option<Waker>>> = Arc::default();
        let (log, kept) = (Arc::clone(&seen), Arc::clone(&waker));
        spawn(async move {
            let mut first = true;
            poll_fn(|context| {
                *kept.lock().unwrap() = Some(context.waker().clone());
                if std::mem::take(&mut first) {
                    Poll::Pending
                } else {
                    Poll::Ready(())
                }
            })
            .await;
            log.lock().unwrap().push("woken");
            spawn(async move { log.lock().unwrap().push("spawned") });
        });
        run();
        assert_eq!(*seen.lock().unwrap(), [""; 0]);
        let waker = waker.lock().unwrap().take().unwrap();
        waker.wake_by_ref();
        run();
        assert_eq!(*seen.lock().unwrap(), ["woken", "spawned"]);
        waker.wake();
        run();
        assert_eq!(seen.lock().unwrap().len(), 2);
    }
}
