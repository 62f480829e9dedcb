//! Claims that several processes share.

mod deliveries;
#[cfg(all(unix, feature = "redis", feature = "oauth"))]
mod processes;
#[cfg(all(unix, feature = "redis"))]
mod redis;
#[cfg(all(unix, feature = "redis"))]
mod redis_server;
#[cfg(feature = "oauth")]
mod refresh;
mod states;
mod stub;

use contexture::store::{MemoryStore, Store};
use contexture::testing::{check_store, check_store_is_exact};

use self::stub::StubStore;

#[tokio::test]
async fn the_store_in_memory_keeps_the_rules() {
    let store = MemoryStore::new();
    check_store(&store).await;
    check_store_is_exact(&store).await;
    // Through the pointer that authors share.
    let shared: std::sync::Arc<dyn Store> = std::sync::Arc::new(store);
    check_store(&shared).await;
}

#[tokio::test]
async fn a_store_of_an_author_keeps_the_rules() {
    let store = StubStore::default();
    check_store(&store).await;
    check_store_is_exact(&store).await;
}

#[tokio::test]
#[should_panic(expected = "only the holder completes a claim")]
async fn a_store_that_breaks_a_rule_is_named() {
    check_store(&StubStore::completing_for_anyone()).await;
}
