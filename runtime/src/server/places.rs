//! The places of connections, and which connection gives its place to another one.
//!
//! A connection on which a call runs keeps its place. Any other one waits for its client: for a request, for the
//! rest of one, or for the answer to be taken. When there are no places, or no files, the one that has waited
//! longest is closed, so that clients that do nothing do not keep others out.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::{
    sync::{Notify, OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

/// The places of all connections.
pub(super) struct Places {
    free: Arc<Semaphore>,
    /// Counts what happens, to tell what happened earlier.
    turns: AtomicU64,
    taken: Mutex<BTreeMap<u64, Arc<Activity>>>,
    /// Whether a connection waits for a place.
    wanted: AtomicBool,
    /// A connection has begun to wait for its client, while a place is wanted.
    idle: Notify,
    /// A connection is gone.
    left: Notify,
}

/// The place of one connection, for as long as it is open.
pub(super) struct Place {
    places: Arc<Places>,
    number: u64,
    activity: Arc<Activity>,
    _permit: OwnedSemaphorePermit,
}

/// What goes on on a connection.
struct Activity {
    calls: AtomicUsize,
    /// The turn from which on it has waited for its client.
    waits_since: AtomicU64,
    is_leaving: AtomicBool,
    leave: Notify,
}

/// A call that runs on a connection.
pub(super) struct Working {
    places: Arc<Places>,
    activity: Arc<Activity>,
}

impl Places {
    pub(super) fn new(connections: u32) -> Arc<Self> {
        Arc::new(Self {
            free: Arc::new(Semaphore::new(connections as usize)),
            turns: AtomicU64::new(0),
            taken: Mutex::default(),
            wanted: AtomicBool::new(false),
            idle: Notify::new(),
            left: Notify::new(),
        })
    }

    /// Takes a place if there is one.
    pub(super) fn try_take(self: &Arc<Self>) -> Option<Place> {
        let permit = Arc::clone(&self.free).try_acquire_owned().ok()?;
        Some(self.place(permit))
    }

    /// Takes a place, if need be that of the connection that has waited longest for its client.
    pub(super) async fn take(self: &Arc<Self>) -> Place {
        if let Some(place) = self.try_take() {
            return place;
        }
        self.wanted.store(true, Ordering::SeqCst);
        let permit = loop {
            self.close_one();
            tokio::select! {
                permit = Arc::clone(&self.free).acquire_owned() => break permit,
                () = self.idle.notified() => {}
            }
        };
        self.wanted.store(false, Ordering::SeqCst);
        self.place(permit.expect("the semaphore is never closed"))
    }

    /// Closes a connection, and waits until one is closed, at most for a time.
    pub(super) async fn make_room(&self, time: Duration) {
        self.close_one();
        // Without a connection to close there is nothing but the time to wait for.
        let _ = timeout(time, self.left.notified()).await;
    }

    /// Tells the connection that has waited longest for its client to leave, unless one is just leaving.
    fn close_one(&self) {
        let taken = self.lock();
        let activities = || taken.values();
        if activities().any(|one| one.is_leaving.load(Ordering::SeqCst)) {
            return;
        }
        let waiting = activities().filter(|one| one.is_idle());
        let longest = waiting.min_by_key(|one| one.waits_since.load(Ordering::SeqCst));
        if let Some(longest) = longest {
            longest.is_leaving.store(true, Ordering::SeqCst);
            longest.leave.notify_one();
        }
    }

    fn place(self: &Arc<Self>, permit: OwnedSemaphorePermit) -> Place {
        let number = self.next_turn();
        let activity = Arc::new(Activity {
            calls: AtomicUsize::new(0),
            waits_since: AtomicU64::new(number),
            is_leaving: AtomicBool::new(false),
            leave: Notify::new(),
        });
        self.lock().insert(number, Arc::clone(&activity));
        Place {
            places: Arc::clone(self),
            number,
            activity,
            _permit: permit,
        }
    }

    fn next_turn(&self) -> u64 {
        self.turns.fetch_add(1, Ordering::Relaxed)
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<u64, Arc<Activity>>> {
        // Nothing panics while it is locked.
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Place {
    /// Counts a call as running, until what is given is dropped.
    pub(super) fn work(&self) -> Working {
        self.activity.calls.fetch_add(1, Ordering::SeqCst);
        Working {
            places: Arc::clone(&self.places),
            activity: Arc::clone(&self.activity),
        }
    }

    /// Notes that the client was just answered, so that others have waited longer.
    pub(super) fn answered(&self) {
        let turn = self.places.next_turn();
        self.activity.waits_since.store(turn, Ordering::SeqCst);
    }

    /// Waits until the connection is to leave its place to another one, and no call runs on it.
    pub(super) async fn wanted(&self) {
        loop {
            self.activity.leave.notified().await;
            if self.activity.is_idle() {
                return;
            }
            // A call came first: another connection has to leave.
            self.activity.is_leaving.store(false, Ordering::SeqCst);
            self.places.idle.notify_one();
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.places.lock().remove(&self.number);
        self.places.left.notify_one();
    }
}

impl Activity {
    fn is_idle(&self) -> bool {
        self.calls.load(Ordering::SeqCst) == 0
    }
}

impl Drop for Working {
    fn drop(&mut self) {
        let turn = self.places.next_turn();
        self.activity.waits_since.store(turn, Ordering::SeqCst);
        self.activity.calls.fetch_sub(1, Ordering::SeqCst);
        if self.places.wanted.load(Ordering::SeqCst) {
            self.places.idle.notify_one();
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::task::{JoinHandle, yield_now};

    use super::*;

    /// A connection, which ends when its place is wanted.
    fn open(place: Place) -> JoinHandle<()> {
        tokio::spawn(async move { place.wanted().await })
    }

    #[tokio::test]
    async fn the_connection_that_has_waited_longest_leaves() {
        let places = Places::new(3);
        let (first, second, third) = (
            places.take().await,
            places.take().await,
            places.take().await,
        );
        // The first has had a call since the others came, and a call runs on the second.
        drop(first.work());
        let working = second.work();
        let open = [open(first), open(second), open(third)];
        let _fourth = places.take().await;
        assert_eq!(
            open.each_ref().map(JoinHandle::is_finished),
            [false, false, true]
        );
        let _fifth = places.take().await;
        assert_eq!(
            open.each_ref().map(JoinHandle::is_finished),
            [true, false, true]
        );
        drop(working);
    }

    #[tokio::test]
    async fn who_waits_for_a_place_gets_that_of_a_call_that_ends() {
        let places = Places::new(1);
        let first = places.take().await;
        let working = first.work();
        let first = open(first);
        let second = tokio::spawn({
            let places = Arc::clone(&places);
            async move { places.take().await }
        });
        for _ in 0..10 {
            yield_now().await;
        }
        assert!(!first.is_finished() && !second.is_finished());
        drop(working);
        let _second = second.await.unwrap();
        first.await.unwrap();
    }

    #[tokio::test]
    async fn a_connection_on_which_a_call_begins_as_it_is_told_to_leave_stays() {
        let places = Places::new(2);
        let (first, second) = (places.take().await, places.take().await);
        places.close_one();
        let working = first.work();
        let (first, second) = (open(first), open(second));
        let _third = places.take().await;
        assert!(!first.is_finished());
        second.await.unwrap();
        drop(working);
    }

    #[tokio::test(start_paused = true)]
    async fn room_is_made_by_the_connection_that_leaves_or_waited_for() {
        let places = Places::new(2);
        let began = tokio::time::Instant::now();
        let pause = Duration::from_secs(7);
        places.make_room(pause).await;
        assert_eq!(began.elapsed(), pause);
        let first = open(places.take().await);
        places.make_room(pause).await;
        assert!(first.is_finished());
        assert_eq!(began.elapsed(), pause);
    }
}
