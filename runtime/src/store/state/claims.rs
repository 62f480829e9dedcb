//! The payload of the state: an entry for each key.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// The maximum number of keys. With ids of deliveries they take about 64 KB, half of what a state may
/// have.
const CAPACITY: usize = 500;

/// The limits of the expiry of a state.
const EXPIRY: (Duration, Duration) = (Duration::from_millis(1), Duration::from_hours(24 * 30));

/// The payload of the state: an entry for each key.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Claims {
    pub(super) claims: BTreeMap<String, String>,
}

/// The entry of a key. Its text is `held` or `done`, the end of its time in milliseconds since 1970,
/// and the holder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) is_done: bool,
    pub(super) until: u64,
    pub(super) holder: String,
}

impl Claims {
    /// The entry of a key whose time has not ended.
    pub(super) fn entry(&self, key: &str, now: u64) -> Option<Entry> {
        let entry = Entry::parse(self.claims.get(key)?)?;
        (entry.until > now).then_some(entry)
    }

    /// Sets the entry of a key, and removes those that are not needed.
    pub(super) fn put(&mut self, key: &str, entry: Option<&Entry>, now: u64) {
        self.claims.remove(key);
        self.claims
            .retain(|_, text| Entry::parse(text).is_some_and(|entry| entry.until > now));
        if let Some(entry) = entry {
            self.claims.insert(key.to_owned(), entry.text());
        }
        while self.claims.len() > CAPACITY {
            let entries = self.claims.iter().filter(|(known, _)| *known != key);
            let entries = entries.filter_map(|(key, text)| Some((Entry::parse(text)?, key)));
            let first = entries.min_by_key(|(entry, _)| (!entry.is_done, entry.until));
            let Some(first) = first.map(|(_, key)| key.clone()) else {
                return;
            };
            self.claims.remove(&first);
        }
    }

    /// The time until no entry is needed.
    pub(super) fn expiry(&self, now: u64) -> Duration {
        let ends = self.claims.values().filter_map(|text| Entry::parse(text));
        let last = ends.map(|entry| entry.until).max().unwrap_or(now);
        Duration::from_millis(last.saturating_sub(now)).clamp(EXPIRY.0, EXPIRY.1)
    }
}

impl Entry {
    pub(super) fn new(is_done: bool, holder: &str, now: u64, lasts: Duration) -> Self {
        let lasts = lasts.clamp(EXPIRY.0, EXPIRY.1);
        Self {
            is_done,
            until: now.saturating_add(milliseconds(lasts)),
            holder: holder.to_owned(),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, ' ');
        let is_done = match parts.next()? {
            "done" => true,
            "held" => false,
            _ => return None,
        };
        Some(Self {
            is_done,
            until: parts.next()?.parse().ok()?,
            holder: parts.next()?.to_owned(),
        })
    }

    fn text(&self) -> String {
        let kind = if self.is_done { "done" } else { "held" };
        format!("{kind} {} {}", self.until, self.holder)
    }
}

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

pub(super) fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    milliseconds(since.unwrap_or_default())
}
