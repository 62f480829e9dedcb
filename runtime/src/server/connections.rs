//! Connection slots, and the choice of the connection to close when a slot is needed.
//!
//! A connection with a running call keeps its slot. Any other connection waits for its client: for
//! a request, for the rest of a request, or for the client to read the response. When slots or file
//! descriptors run out, the connection that has waited longest is closed, so idle clients cannot
//! block others. When the buffer limit is reached, a connection that holds buffered bytes is
//! closed.

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
    time::{Instant, timeout},
};

use super::settings::SMALL;

/// How long a client may hold buffered bytes and keep the server waiting before its connection may
/// be closed to free memory.
const GRACE: Duration = Duration::from_secs(5);

/// The slots of all connections.
pub(super) struct ConnectionSlots {
    free: Arc<Semaphore>,
    began: Instant,
    /// A counter that orders events.
    turns: AtomicU64,
    taken: Mutex<BTreeMap<u64, Arc<Activity>>>,
    /// Whether a new connection waits for a slot.
    wanted: AtomicBool,
    /// Notified when a connection becomes idle while a slot is wanted.
    idle: Notify,
    /// Notified when a connection has closed.
    left: Notify,
}

/// The slot of one connection, held while the connection is open.
pub(super) struct ConnectionSlot {
    slots: Arc<ConnectionSlots>,
    number: u64,
    activity: Arc<Activity>,
    _permit: OwnedSemaphorePermit,
}

/// The activity of one connection.
#[derive(Default)]
struct Activity {
    calls: AtomicUsize,
    /// The turn at which the connection began to wait for its client.
    waits_since: AtomicU64,
    /// The same point in time, in milliseconds since the server started.
    waits_from: AtomicU64,
    is_leaving: AtomicBool,
    leave: Notify,
    /// The number of bytes that its requests and responses hold.
    bytes: AtomicUsize,
}

/// Counts the bytes that a connection holds.
#[derive(Clone, Default)]
pub(super) struct Holder(Arc<Activity>);

/// A running call on a connection.
pub(super) struct Working {
    slots: Arc<ConnectionSlots>,
    activity: Arc<Activity>,
}

impl ConnectionSlots {
    pub(super) fn new(connections: u32) -> Arc<Self> {
        Arc::new(Self {
            free: Arc::new(Semaphore::new(connections as usize)),
            began: Instant::now(),
            turns: AtomicU64::new(0),
            taken: Mutex::default(),
            wanted: AtomicBool::new(false),
            idle: Notify::new(),
            left: Notify::new(),
        })
    }

    /// Takes a slot, if one is free.
    pub(super) fn try_take(self: &Arc<Self>) -> Option<ConnectionSlot> {
        let permit = Arc::clone(&self.free).try_acquire_owned().ok()?;
        Some(self.slot(permit))
    }

    /// Takes a slot. If none is free, closes the connection that has waited longest for its client.
    pub(super) async fn take(self: &Arc<Self>) -> ConnectionSlot {
        if let Some(slot) = self.try_take() {
            return slot;
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
        self.slot(permit.expect("the semaphore is never closed"))
    }

    /// Closes a connection and waits until one has closed, for at most `time`.
    pub(super) async fn make_room(&self, time: Duration) {
        self.close_one();
        // If there is no connection to close, this waits for the whole time.
        let _ = timeout(time, self.left.notified()).await;
    }

    /// Asks the connection that has waited longest for its client to close.
    fn close_one(&self) {
        self.close_first(|one| Some(one.waits_since.load(Ordering::SeqCst)));
    }

    /// Asks the idle connection with the smallest key to close, unless one is already closing.
    fn close_first<K: Ord>(&self, key: impl Fn(&Arc<Activity>) -> Option<K>) {
        let taken = self.lock();
        if taken
            .values()
            .any(|one| one.is_leaving.load(Ordering::SeqCst))
        {
            return;
        }
        let waiting = taken.values().filter(|one| one.is_idle());
        let keys = waiting.filter_map(|one| Some((key(one)?, one)));
        if let Some((_, first)) = keys.min_by(|(one, _), (other, _)| one.cmp(other)) {
            first.is_leaving.store(true, Ordering::SeqCst);
            first.leave.notify_one();
        }
    }

    fn slot(self: &Arc<Self>, permit: OwnedSemaphorePermit) -> ConnectionSlot {
        let number = self.next_turn();
        let activity = Arc::new(Activity::default());
        self.begin_to_wait(&activity, number);
        self.lock().insert(number, Arc::clone(&activity));
        ConnectionSlot {
            slots: Arc::clone(self),
            number,
            activity,
            _permit: permit,
        }
    }

    fn begin_to_wait(&self, activity: &Activity, turn: u64) {
        activity.waits_since.store(turn, Ordering::SeqCst);
        activity.waits_from.store(self.now(), Ordering::SeqCst);
    }

    fn now(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    fn next_turn(&self) -> u64 {
        self.turns.fetch_add(1, Ordering::Relaxed)
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<u64, Arc<Activity>>> {
        // No code panics while the lock is held.
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ConnectionSlot {
    /// Counts a call as running until the returned guard is dropped.
    pub(super) fn work(&self) -> Working {
        self.activity.calls.fetch_add(1, Ordering::SeqCst);
        Working {
            slots: Arc::clone(&self.slots),
            activity: Arc::clone(&self.activity),
        }
    }

    /// Records that the client has just received a response, so its waiting time starts again.
    pub(super) fn answered(&self) {
        self.slots
            .begin_to_wait(&self.activity, self.slots.next_turn());
    }

    /// Returns when the connection began to wait for its client, exact to a millisecond.
    pub(super) fn waits_from(&self) -> Instant {
        let since = self.activity.waits_from.load(Ordering::SeqCst);
        self.slots.began + Duration::from_millis(since)
    }

    /// Returns the counter of the bytes that this connection holds.
    pub(super) fn holder(&self) -> Holder {
        Holder(Arc::clone(&self.activity))
    }

    /// Closes another connection that holds buffered bytes and has waited for its client for
    /// [`GRACE`]. Connections that hold more than [`SMALL`] go first, then the one that has waited
    /// longest.
    pub(super) fn free_memory(&self) {
        let (now, grace) = (self.slots.now(), GRACE.as_millis());
        self.slots.close_first(|one| {
            let waited = now.saturating_sub(one.waits_from.load(Ordering::SeqCst));
            let bytes = one.bytes.load(Ordering::Relaxed);
            let is_due = bytes > 0 && u128::from(waited) >= grace;
            let is_other = !Arc::ptr_eq(one, &self.activity);
            (is_due && is_other).then(|| (bytes <= SMALL, one.waits_since.load(Ordering::SeqCst)))
        });
    }

    /// Waits until this connection must give up its slot and has no running call.
    pub(super) async fn wanted(&self) {
        loop {
            self.activity.leave.notified().await;
            if self.activity.is_idle() {
                return;
            }
            // A call has started in the meantime, so another connection must close.
            self.activity.is_leaving.store(false, Ordering::SeqCst);
            self.slots.idle.notify_one();
        }
    }
}

impl Drop for ConnectionSlot {
    fn drop(&mut self) {
        self.slots.lock().remove(&self.number);
        self.slots.left.notify_one();
    }
}

impl Activity {
    fn is_idle(&self) -> bool {
        self.calls.load(Ordering::SeqCst) == 0
    }
}

impl Holder {
    pub(super) fn bytes(&self) -> usize {
        self.0.bytes.load(Ordering::Relaxed)
    }

    pub(super) fn add(&self, bytes: usize) {
        self.0.bytes.fetch_add(bytes, Ordering::Relaxed);
    }

    pub(super) fn remove(&self, bytes: usize) {
        self.0.bytes.fetch_sub(bytes, Ordering::Relaxed);
    }
}

impl Drop for Working {
    fn drop(&mut self) {
        self.activity.calls.fetch_sub(1, Ordering::SeqCst);
        if self.slots.wanted.load(Ordering::SeqCst) {
            self.slots.idle.notify_one();
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::task::{JoinHandle, yield_now};

    use super::*;

    /// A connection that closes when its slot is wanted.
    fn open(slot: ConnectionSlot) -> JoinHandle<()> {
        tokio::spawn(async move { slot.wanted().await })
    }

    #[tokio::test]
    async fn the_connection_that_has_waited_longest_leaves() {
        let slots = ConnectionSlots::new(3);
        let (first, second, third) = (slots.take().await, slots.take().await, slots.take().await);
        // The first connection has had a call since the others opened, and a call runs on the
        // second.
        drop(first.work());
        first.answered();
        let working = second.work();
        let open = [open(first), open(second), open(third)];
        let _fourth = slots.take().await;
        assert_eq!(
            open.each_ref().map(JoinHandle::is_finished),
            [false, false, true]
        );
        let _fifth = slots.take().await;
        assert_eq!(
            open.each_ref().map(JoinHandle::is_finished),
            [true, false, true]
        );
        drop(working);
    }

    #[tokio::test]
    async fn a_waiting_connection_gets_the_slot_of_a_call_that_ends() {
        let slots = ConnectionSlots::new(1);
        let first = slots.take().await;
        let working = first.work();
        let first = open(first);
        let second = tokio::spawn({
            let slots = Arc::clone(&slots);
            async move { slots.take().await }
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
        let slots = ConnectionSlots::new(2);
        let (first, second) = (slots.take().await, slots.take().await);
        slots.close_one();
        let working = first.work();
        let (first, second) = (open(first), open(second));
        let _third = slots.take().await;
        assert!(!first.is_finished());
        second.await.unwrap();
        drop(working);
    }

    #[tokio::test(start_paused = true)]
    async fn making_room_closes_a_connection_or_waits_for_the_whole_time() {
        let slots = ConnectionSlots::new(2);
        let began = tokio::time::Instant::now();
        let pause = Duration::from_secs(7);
        slots.make_room(pause).await;
        assert_eq!(began.elapsed(), pause);
        let first = open(slots.take().await);
        slots.make_room(pause).await;
        assert!(first.is_finished());
        assert_eq!(began.elapsed(), pause);
    }

    #[tokio::test(start_paused = true)]
    async fn memory_is_freed_by_the_large_connection_that_has_waited_longest() {
        let slots = ConnectionSlots::new(5);
        let mut taken = Vec::new();
        for bytes in [0, SMALL, SMALL + 1, SMALL + 2] {
            let slot = slots.take().await;
            slot.holder().add(bytes);
            taken.push(slot);
        }
        let (asking, working) = (slots.take().await, taken[2].work());
        let open: Vec<_> = taken.into_iter().map(open).collect();
        asking.free_memory();
        let moment = Duration::from_millis(1);
        tokio::time::sleep(GRACE.saturating_sub(moment)).await;
        asking.free_memory();
        tokio::time::sleep(moment).await;
        assert!(!open.iter().any(JoinHandle::is_finished));
        let mut order = Vec::new();
        for _ in 0..3 {
            asking.free_memory();
            for _ in 0..10 {
                yield_now().await;
            }
            order.push(open.iter().map(JoinHandle::is_finished).collect::<Vec<_>>());
        }
        let after_large = [false, false, false, true];
        let after_small = [false, true, false, true];
        assert_eq!(order, [&after_large[..], &after_small, &after_small]);
        drop(working);
    }
}
