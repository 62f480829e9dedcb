//! A cache of decoded configurations.

use std::fmt;

use ahash::RandomState;
use quick_cache::{Equivalent, Weighter, sync::Cache, sync::DefaultLifecycle};

use super::headers::EncodedConfiguration;

/// Decoded configurations by their encoded bytes; rarely used ones are evicted.
///
/// The size is bounded in bytes. Each entry has a minimum weight, so the number of entries is
/// bounded, too. Cache hits do not block each other.
pub(crate) struct ConfigurationCache<C> {
    known: Cache<Key, C, Weight, RandomState>,
}

/// The total weight of all entries, in bytes.
const CAPACITY: usize = 4 * 1024 * 1024;

/// The weight of an entry in addition to its key: roughly the size of a decoded configuration.
const ENTRY: usize = 1024;

/// The maximum number of entries.
const MOST: usize = CAPACITY / ENTRY;

/// An encoded configuration. It may contain secrets, so it does not implement `Debug`.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    configuration_type: Option<String>,
    text: Vec<u8>,
}

/// A borrowed key, so that a lookup does not allocate.
#[derive(Hash)]
struct BorrowedKey<'a> {
    configuration_type: Option<&'a str>,
    text: &'a [u8],
}

impl Equivalent<Key> for BorrowedKey<'_> {
    fn equivalent(&self, key: &Key) -> bool {
        self.text == key.text && self.configuration_type == key.configuration_type.as_deref()
    }
}

#[derive(Clone)]
struct Weight;

impl<C> Weighter<Key, C> for Weight {
    fn weight(&self, key: &Key, _: &C) -> u64 {
        (ENTRY + key.text.len()) as u64
    }
}

impl<C: Clone> ConfigurationCache<C> {
    pub(crate) fn new() -> Self {
        let hasher = RandomState::new();
        Self {
            known: Cache::with(
                MOST,
                CAPACITY as u64,
                Weight,
                hasher,
                DefaultLifecycle::default(),
            ),
        }
    }

    pub(crate) fn get(&self, encoded: &EncodedConfiguration) -> Option<C> {
        self.known.get(&BorrowedKey {
            configuration_type: encoded.configuration_type.as_deref(),
            text: encoded.text.as_bytes(),
        })
    }

    pub(crate) fn insert(&self, encoded: &EncodedConfiguration, configuration: C) {
        let key = Key {
            configuration_type: encoded.configuration_type.clone(),
            text: encoded.text.as_bytes().to_vec(),
        };
        self.known.insert(key, configuration);
    }
}

impl<C: Clone> fmt::Debug for ConfigurationCache<C> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ConfigurationCache")
            .field("entries", &self.known.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn encoded(configuration_type: Option<&str>, text: &str) -> EncodedConfiguration {
        EncodedConfiguration {
            configuration_type: configuration_type.map(str::to_owned),
            text: HeaderValue::try_from(text).unwrap(),
        }
    }

    #[test]
    fn a_configuration_is_known_by_its_type_and_its_bytes() {
        let cache = ConfigurationCache::new();
        cache.insert(&encoded(None, "e30="), 1);
        cache.insert(&encoded(Some("oauth"), "e30="), 2);
        assert_eq!(cache.get(&encoded(None, "e30=")), Some(1));
        assert_eq!(cache.get(&encoded(Some("oauth"), "e30=")), Some(2));
        assert_eq!(cache.get(&encoded(Some("token"), "e30=")), None);
        assert_eq!(cache.get(&encoded(None, "e30")), None);
    }

    #[test]
    fn the_cache_is_bounded_and_keeps_used_entries() {
        let cache = ConfigurationCache::new();
        let used = encoded(None, "used");
        cache.insert(&used, 0);
        for number in 1..=3 * MOST {
            assert_eq!(cache.get(&used), Some(0), "after {number}");
            cache.insert(&encoded(None, &number.to_string()), number);
        }
        assert!(cache.known.len() <= MOST);
        assert!(cache.known.weight() <= CAPACITY as u64);
        assert!(cache.known.len() > MOST / 2, "{}", cache.known.len());
    }

    #[test]
    fn large_configurations_leave_room_for_fewer() {
        let cache = ConfigurationCache::new();
        let long = "a".repeat(60_000);
        for number in 0..200 {
            cache.insert(&encoded(None, &format!("{number}{long}")), number);
        }
        assert!(cache.known.weight() <= CAPACITY as u64);
        assert!((1..=CAPACITY / 60_000).contains(&cache.known.len()));
    }

    #[test]
    fn debug_shows_no_configuration() {
        let cache = ConfigurationCache::new();
        cache.insert(&encoded(None, "hunter2"), 1);
        assert!(!format!("{cache:?}").contains("hunter2"));
    }
}
