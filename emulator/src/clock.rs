//! The clock of the emulator.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// A clock in milliseconds since the Unix epoch. Clones show the same time.
///
/// ```
/// use contexture_emulator::clock::Clock;
///
/// let clock = Clock::manual(1_700_000_000_000);
/// let same = clock.clone();
/// clock.advance(250);
/// assert_eq!(same.now(), 1_700_000_000_250);
/// ```
#[derive(Clone)]
pub struct Clock {
    /// The time of a manual clock; `None` for the system's time.
    time: Option<Arc<AtomicU64>>,
}

impl Clock {
    /// The clock of the system.
    #[must_use]
    pub fn system() -> Self {
        Self { time: None }
    }

    /// A clock that stands still until it is advanced.
    #[must_use]
    pub fn manual(now: u64) -> Self {
        Self {
            time: Some(Arc::new(AtomicU64::new(now))),
        }
    }

    /// The current time.
    #[must_use]
    pub fn now(&self) -> u64 {
        match &self.time {
            Some(time) => time.load(Ordering::SeqCst),
            None => system_time(),
        }
    }

    /// Moves a manual clock forward. The clock of the system ignores it.
    pub fn advance(&self, milliseconds: u64) {
        if let Some(time) = &self.time {
            time.fetch_add(milliseconds, Ordering::SeqCst);
        }
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::system()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = if self.time.is_some() {
            "Clock::manual"
        } else {
            "Clock::system"
        };
        write!(formatter, "{name}({})", self.now())
    }
}

fn system_time() -> u64 {
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH);
    since_epoch.map_or(0, |time| {
        u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
    })
}
