//! What every store of claims has to do.

use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::{Duration, Instant};

use crate::random;
use crate::store::{Claim, Store, StoreError};

/// A lease that does not end during the check.
const LONG: Duration = Duration::from_mins(1);

/// A lease whose end the check waits for.
const SHORT: Duration = Duration::from_millis(100);

/// The maximum time until a lease of [`SHORT`] ends.
const LIMIT: Duration = Duration::from_secs(20);

/// Checks that a store keeps the rules of [`Store`], by one caller after the other. It uses keys of
/// its own, which begin with `check:`, and can be repeated on the same store.
///
/// ```
/// # use contexture::{store::MemoryStore, testing};
/// # async fn example() {
/// let store = MemoryStore::new(); // or a store of your own
/// testing::check_store(&store).await;
/// testing::check_store_is_exact(&store).await;
/// # }
/// ```
///
/// # Panics
///
/// Panics if the store breaks a rule, which the message names, or if an operation fails.
pub async fn check_store(store: &dyn Store) {
    let keys = Keys::new(store);
    keys.a_held_key_is_not_claimed_by_another_holder().await;
    keys.only_the_holder_ends_a_claim().await;
    keys.a_key_that_is_done_stays_done().await;
    keys.a_claim_ends_with_its_lease().await;
    keys.a_holder_whose_claim_nobody_took_keeps_it().await;
    keys.a_retention_ends().await;
    keys.a_key_is_taken_once().await;
    keys.any_text_is_a_key().await;
    keys.any_duration_is_accepted().await;
}

/// Checks that of many concurrent claims of a key one succeeds, and that claims of different keys do
/// not disturb each other. A store that is best effort does not promise it.
///
/// # Panics
///
/// Panics if the store breaks a rule, which the message names, or if an operation fails.
pub async fn check_store_is_exact(store: &dyn Store) {
    let keys = Keys::new(store);
    let holders: Vec<_> = (0..100).map(|number| number.to_string()).collect();
    for round in 0..10 {
        let key = keys.key(&format!("contended {round}"));
        let claims = holders.iter().map(|holder| store.claim(&key, holder, LONG));
        let claims = all(claims.collect()).await;
        let claimed = claims.iter().filter(|claim| done(claim) == &Claim::Claimed);
        assert_eq!(claimed.count(), 1, "one of many concurrent claims succeeds");
    }
    let own: Vec<_> = holders
        .iter()
        .map(|one| keys.key(&format!("own {one}")))
        .collect();
    let claims = own.iter().map(|key| store.claim(key, "holder", LONG));
    for claim in all(claims.collect()).await {
        assert_eq!(
            done(&claim),
            &Claim::Claimed,
            "claims of different keys succeed"
        );
    }
    let completions = own.iter().map(|key| store.complete(key, "holder", LONG));
    for completed in all(completions.collect()).await {
        assert!(done(&completed), "completions of different keys succeed");
    }
    for key in &own {
        let claim = keys.claim(key, "another", LONG).await;
        assert_eq!(claim, Claim::Done, "no completion is lost");
    }
}

/// The keys of one check.
struct Keys<'a> {
    store: &'a dyn Store,
    run: u64,
}

impl<'a> Keys<'a> {
    fn new(store: &'a dyn Store) -> Self {
        let run = u64::from_ne_bytes(random::bytes());
        Self { store, run }
    }

    fn key(&self, name: &str) -> String {
        format!("check:{:x}:{name}", self.run)
    }

    async fn claim(&self, key: &str, holder: &str, lease: Duration) -> Claim {
        *done(&self.store.claim(key, holder, lease).await)
    }

    async fn renew(&self, key: &str, holder: &str) -> bool {
        *done(&self.store.renew(key, holder, LONG).await)
    }

    async fn complete(&self, key: &str, holder: &str, retention: Duration) -> bool {
        *done(&self.store.complete(key, holder, retention).await)
    }

    async fn release(&self, key: &str, holder: &str) {
        done(&self.store.release(key, holder).await);
    }

    async fn is_held(&self, key: &str) -> bool {
        matches!(self.claim(key, "asks", LONG).await, Claim::Held { .. })
    }

    /// Claims a key as soon as it is free.
    async fn claim_when_free(&self, key: &str, holder: &str) {
        let began = Instant::now();
        while self.claim(key, holder, LONG).await != Claim::Claimed {
            assert!(began.elapsed() < LIMIT, "the time of a key ends");
            give_way().await;
        }
    }

    async fn a_held_key_is_not_claimed_by_another_holder(&self) {
        let key = self.key("held");
        assert_eq!(
            self.claim(&key, "one", LONG).await,
            Claim::Claimed,
            "a new key is claimed"
        );
        match self.claim(&key, "two", LONG).await {
            Claim::Held { ends_in } => {
                let is_rest = ends_in > Duration::ZERO && ends_in <= LONG;
                assert!(is_rest, "the rest of a lease is a part of it: {ends_in:?}");
            }
            claim => panic!("a held key is not claimed by another holder: {claim:?}"),
        }
        let again = self.claim(&key, "one", LONG).await;
        assert_eq!(again, Claim::Claimed, "a holder can repeat its claim");
        assert!(self.renew(&key, "one").await, "a holder renews its claim");
        self.release(&key, "one").await;
    }

    async fn only_the_holder_ends_a_claim(&self) {
        let key = self.key("foreign");
        self.claim(&key, "one", LONG).await;
        assert!(
            !self.renew(&key, "two").await,
            "only the holder renews a claim"
        );
        let completed = self.complete(&key, "two", LONG).await;
        assert!(!completed, "only the holder completes a claim");
        self.release(&key, "two").await;
        assert!(self.is_held(&key).await, "only the holder releases a claim");
        self.release(&key, "one").await;
        let claim = self.claim(&key, "two", LONG).await;
        assert_eq!(claim, Claim::Claimed, "a key that was released is free");
        self.release(&key, "one").await;
        assert!(
            self.is_held(&key).await,
            "a former holder does not release a claim"
        );
        self.release(&key, "two").await;
    }

    async fn a_key_that_is_done_stays_done(&self) {
        let key = self.key("done");
        self.claim(&key, "one", LONG).await;
        assert!(
            self.complete(&key, "one", LONG).await,
            "a holder completes its claim"
        );
        for holder in ["one", "two"] {
            self.release(&key, holder).await;
            assert!(
                !self.renew(&key, holder).await,
                "a key that is done is not renewed"
            );
            let claim = self.claim(&key, holder, LONG).await;
            assert_eq!(claim, Claim::Done, "a key that is done is not claimed");
        }
        let again = self.complete(&key, "one", LONG).await;
        assert!(again, "a holder can repeat its completion");
        let by_another = self.complete(&key, "two", LONG).await;
        assert!(!by_another, "another holder does not complete what is done");
    }

    async fn a_claim_ends_with_its_lease(&self) {
        let key = self.key("ended");
        self.claim(&key, "one", SHORT).await;
        self.claim_when_free(&key, "two").await;
        assert!(
            !self.renew(&key, "one").await,
            "a claim that was taken over is not renewed"
        );
        let completed = self.complete(&key, "one", LONG).await;
        assert!(!completed, "a claim that was taken over is not completed");
        self.release(&key, "one").await;
        assert!(
            self.is_held(&key).await,
            "a claim that was taken over is not released"
        );
        self.release(&key, "two").await;
    }

    async fn a_holder_whose_claim_nobody_took_keeps_it(&self) {
        // The end is seen by another key with the same lease, since a claim of this one would take it.
        let (key, other) = (self.key("kept"), self.key("witness"));
        self.claim(&key, "one", SHORT).await;
        self.claim(&other, "one", SHORT).await;
        self.claim_when_free(&other, "two").await;
        assert!(
            self.renew(&key, "one").await,
            "a claim that no other holder took is renewed"
        );
        assert!(self.is_held(&key).await, "a claim that was renewed is held");
        self.release(&key, "one").await;
        self.release(&other, "two").await;

        let key = self.key("completed late");
        assert!(
            self.complete(&key, "one", LONG).await,
            "a key without a holder is completed"
        );
        let claim = self.claim(&key, "two", LONG).await;
        assert_eq!(claim, Claim::Done, "a key that is done is not claimed");
    }

    async fn a_retention_ends(&self) {
        let key = self.key("forgotten");
        self.claim(&key, "one", LONG).await;
        self.complete(&key, "one", SHORT).await;
        self.claim_when_free(&key, "two").await;
        self.release(&key, "two").await;
    }

    async fn a_key_is_taken_once(&self) {
        let key = self.key("nonce");
        let mut taken = Vec::new();
        for _ in 0..3 {
            taken.push(*done(&self.store.take(&key, LONG).await));
        }
        assert_eq!(taken, [true, false, false], "a key is taken once");
        let key = self.key("held nonce");
        self.claim(&key, "one", LONG).await;
        let taken = *done(&self.store.take(&key, LONG).await);
        assert!(!taken, "a key that is held is not taken");
        self.release(&key, "one").await;
    }

    async fn any_text_is_a_key(&self) {
        let long = "x".repeat(1000);
        for name in ["", " ", "a\nb", "a:b/c{d}*", "é\u{1F600}", "\"'\\", &long] {
            let key = self.key(name);
            let claim = self.claim(&key, "one", LONG).await;
            assert_eq!(claim, Claim::Claimed, "any text is a key: {name:?}");
            assert!(self.is_held(&key).await, "any text is a key: {name:?}");
            self.release(&key, "one").await;
        }
    }

    async fn any_duration_is_accepted(&self) {
        let key = self.key("durations");
        for time in [Duration::ZERO, Duration::from_nanos(1), Duration::MAX] {
            let claim = self.claim(&key, "one", time).await;
            assert_eq!(claim, Claim::Claimed, "any lease is accepted: {time:?}");
        }
        assert!(self.is_held(&key).await, "the longest lease does not end");
        self.release(&key, "one").await;
        for (name, time) in [("zero", Duration::ZERO), ("max", Duration::MAX)] {
            let completed = self.complete(&self.key(name), "one", time).await;
            assert!(completed, "any retention is accepted: {time:?}");
        }
        let claim = self.claim(&self.key("max"), "two", LONG).await;
        assert_eq!(claim, Claim::Done, "the longest retention does not end");
    }
}

#[track_caller]
fn done<T>(result: &Result<T, StoreError>) -> &T {
    match result {
        Ok(value) => value,
        Err(error) => panic!("an operation failed: {error}"),
    }
}

/// Runs futures concurrently.
async fn all<T>(futures: Vec<Pin<Box<dyn Future<Output = T> + Send + '_>>>) -> Vec<T> {
    let mut running: Vec<_> = futures.into_iter().map(Some).collect();
    let mut results: Vec<Option<T>> = running.iter().map(|_| None).collect();
    std::future::poll_fn(|context| {
        for (slot, result) in running.iter_mut().zip(&mut results) {
            if let Some(future) = slot
                && let Poll::Ready(value) = future.as_mut().poll(context)
            {
                *result = Some(value);
                *slot = None;
            }
        }
        if running.iter().any(Option::is_some) {
            Poll::Pending
        } else {
            Poll::Ready(())
        }
    })
    .await;
    results.into_iter().flatten().collect()
}

/// Lets other tasks of the thread run.
async fn give_way() {
    let mut gave_way = false;
    let once = pin!(std::future::poll_fn(move |context| {
        if std::mem::replace(&mut gave_way, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    }));
    once.await;
}
