//! Rate limits for log lines that may come in bulk.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

/// The length of a time window.
pub(crate) const WHILE: Duration = Duration::from_secs(10);

/// Admits a number of lines per time window, and counts the omitted ones.
#[derive(Debug)]
pub(crate) struct Throttle {
    lines: u32,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// The start of the current window; `None` before the first line.
    began: Option<Instant>,
    written: u32,
    omitted: u64,
}

impl Throttle {
    /// Admits `lines` lines in each window of ten seconds.
    pub(crate) fn new(lines: u32) -> Self {
        Self {
            lines,
            state: Mutex::default(),
        }
    }

    /// If a line may be written now, returns the number of lines omitted since the last one.
    /// Otherwise returns `None`.
    pub(crate) fn admit(&self) -> Option<u64> {
        self.admit_at(Instant::now())
    }

    fn admit_at(&self, now: Instant) -> Option<u64> {
        let mut state = self.lock();
        let is_over = |began: Instant| now.saturating_duration_since(began) >= WHILE;
        if state.began.is_none_or(is_over) {
            state.began = Some(now);
            state.written = 0;
        }
        if state.written >= self.lines {
            state.omitted += 1;
            return None;
        }
        state.written += 1;
        Some(std::mem::take(&mut state.omitted))
    }

    /// Returns and resets the number of lines omitted since the last written one.
    #[cfg(all(feature = "server", not(target_family = "wasm")))]
    pub(crate) fn take_omitted(&self) -> u64 {
        std::mem::take(&mut self.lock().omitted)
    }

    /// Begins a new window with the next line.
    #[cfg(test)]
    pub(crate) fn forget(&self) {
        self.lock().began = None;
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // No code panics while the lock is held.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_beyond_the_limit_are_counted_and_reported_with_the_next_one() {
        let throttle = Throttle::new(2);
        let began = Instant::now();
        let at = |seconds| throttle.admit_at(began + Duration::from_secs(seconds));
        assert_eq!([at(0), at(9)], [Some(0), Some(0)]);
        assert_eq!([at(9), at(9), at(9)], [None; 3]);
        // The count is returned once.
        assert_eq!([at(10), at(10)], [Some(3), Some(0)]);
        assert_eq!([at(10), at(19)], [None; 2]);
        assert_eq!(at(100), Some(2));
    }

    #[test]
    fn a_throttle_of_no_lines_writes_none() {
        let throttle = Throttle::new(0);
        assert_eq!([throttle.admit(), throttle.admit()], [None; 2]);
    }

    #[cfg(all(feature = "server", not(target_family = "wasm")))]
    #[test]
    fn the_number_of_omitted_lines_is_taken_once() {
        let throttle = Throttle::new(1);
        let taken = [throttle.admit(), throttle.admit(), throttle.admit()];
        assert_eq!(taken, [Some(0), None, None]);
        assert_eq!([throttle.take_omitted(), throttle.take_omitted()], [2, 0]);
    }
}
