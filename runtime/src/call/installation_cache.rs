//! A cache of installations, so that their calls share the identifiers.

use std::{fmt, sync::Arc};

use ahash::RandomState;
use quick_cache::{Equivalent, Weighter, sync::Cache, sync::DefaultLifecycle};

use crate::Installation;

/// Installations by the bytes of their headers; rarely used ones are evicted. The size is bounded in bytes.
pub(crate) struct InstallationCache {
    known: Cache<Key, Arc<Installation>, Weight, RandomState>,
}

/// The total weight of all entries, in bytes.
const CAPACITY: usize = 2 * 1024 * 1024;

/// The weight of an entry in addition to its identifiers, which it has twice.
const ENTRY: usize = 256;

/// The identifiers of an installation. None is empty.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Key([Box<[u8]>; 5]);

/// A borrowed key, so that a lookup does not allocate.
#[derive(Hash)]
struct BorrowedKey<'a>([&'a [u8]; 5]);

impl Equivalent<Key> for BorrowedKey<'_> {
    fn equivalent(&self, key: &Key) -> bool {
        self.0.iter().zip(&key.0).all(|(id, known)| **id == **known)
    }
}

#[derive(Clone)]
struct Weight;

impl Weighter<Key, Arc<Installation>> for Weight {
    fn weight(&self, key: &Key, _: &Arc<Installation>) -> u64 {
        let ids: usize = key.0.iter().map(|id| id.len()).sum();
        (ENTRY + 2 * ids) as u64
    }
}

impl InstallationCache {
    pub(crate) fn new() -> Self {
        Self {
            known: Cache::with(
                CAPACITY / ENTRY,
                CAPACITY as u64,
                Weight,
                RandomState::new(),
                DefaultLifecycle::default(),
            ),
        }
    }

    pub(super) fn get(&self, ids: &[&[u8]; 5]) -> Option<Arc<Installation>> {
        self.known.get(&BorrowedKey(*ids))
    }

    /// Adds an installation, whose identifiers have been checked.
    pub(super) fn insert(&self, ids: &[&[u8]; 5], installation: Arc<Installation>) {
        self.known.insert(Key(ids.map(Box::from)), installation);
    }
}

impl fmt::Debug for InstallationCache {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("InstallationCache")
            .field("entries", &self.known.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn installation() -> Arc<Installation> {
        Arc::new(Installation {
            bot_id: String::new(),
            bot_user_id: String::new(),
            integration_id: String::new(),
            integration_alias: String::new(),
            webhook_id: String::new(),
        })
    }

    #[test]
    fn the_identifiers_are_not_mixed_up() {
        let cache = InstallationCache::new();
        cache.insert(&[b"a", b"bc", b"d", b"e", b"f"], installation());
        assert!(cache.get(&[b"a", b"bc", b"d", b"e", b"f"]).is_some());
        assert!(cache.get(&[b"ab", b"c", b"d", b"e", b"f"]).is_none());
    }

    #[test]
    fn the_cache_is_bounded_however_long_identifiers_are() {
        let cache = InstallationCache::new();
        for number in 0..10_000 {
            let id = format!("{number}{}", "a".repeat(number % 1000));
            cache.insert(&[id.as_bytes(); 5], installation());
        }
        assert!(cache.known.weight() <= CAPACITY as u64);
        assert!(cache.known.len() > 10);
    }
}
