//! Stores that are down: what happens with the work, and what is logged.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::StoreError;
use crate::Logger;
use crate::logger::{Throttle, WHILE};

/// What happens with work whose claim the store cannot answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum WhenDown {
    /// The work is refused, so that nothing is done twice. It is also stopped when a lease ends that
    /// the store did not renew.
    ///
    /// A delivery is answered with a 503, and services send it again. A token is used for as long as
    /// it is valid, and then it is an error.
    #[default]
    Refuse,
    /// The work is done without a claim. It waits for each operation of a store that hangs, at most for
    /// the timeout of the operation. Other processes may do the work at the same time; if the store
    /// answers again meanwhile and another process has the claim, the work is canceled.
    Proceed,
}

/// What the log says about the work during an outage.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Told {
    /// With [`WhenDown::Refuse`].
    pub(crate) refusing: &'static str,
    /// With [`WhenDown::Proceed`].
    pub(crate) proceeding: &'static str,
}

/// Logs the begin and the end of each outage of a store, and not more than one in ten seconds.
#[derive(Debug)]
pub(crate) struct Outages {
    told: Told,
    throttle: Throttle,
    current: Mutex<Option<Outage>>,
}

/// An outage that has not ended.
#[derive(Debug)]
struct Outage {
    began: Instant,
    failures: u64,
    /// When the throttle was last asked for a line.
    asked: Instant,
    is_logged: bool,
}

impl Outages {
    pub(crate) fn new(told: Told) -> Self {
        Self {
            told,
            throttle: Throttle::new(1),
            current: Mutex::default(),
        }
    }

    /// Records the result of an operation.
    pub(super) fn record<T>(
        &self,
        result: &Result<T, StoreError>,
        when_down: WhenDown,
        logger: &Logger,
    ) {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        match (result, current.as_mut()) {
            (Ok(_), None) => {}
            (Ok(_), Some(_)) => {
                let ended = current.take().filter(|outage| outage.is_logged);
                drop(current);
                if let Some(outage) = ended {
                    logger.info(outage.end_line());
                }
            }
            (Err(error), Some(outage)) => {
                outage.failures += 1;
                // It began soon after another one, and goes on.
                if outage.is_logged || outage.asked.elapsed() < WHILE {
                    return;
                }
                outage.asked = Instant::now();
                let omitted = self.throttle.admit();
                outage.is_logged = omitted.is_some();
                drop(current);
                // The throttle has counted this outage, too.
                if let Some(omitted) = omitted {
                    let others = omitted.saturating_sub(1);
                    logger.error(self.begin_line(error, when_down, others));
                }
            }
            (Err(error), None) => {
                let (now, omitted) = (Instant::now(), self.throttle.admit());
                *current = Some(Outage {
                    began: now,
                    failures: 1,
                    asked: now,
                    is_logged: omitted.is_some(),
                });
                drop(current);
                if let Some(omitted) = omitted {
                    logger.error(self.begin_line(error, when_down, omitted));
                }
            }
        }
    }

    fn begin_line(&self, error: &StoreError, when_down: WhenDown, omitted: u64) -> String {
        let consequence = match when_down {
            WhenDown::Refuse => self.told.refusing,
            WhenDown::Proceed => self.told.proceeding,
        };
        let error = error.full_message();
        let line = format!("the store is down ({error}): {consequence} until it answers");
        match omitted {
            0 => line,
            _ => format!("{line}; {omitted} outages before are not logged"),
        }
    }
}

impl Outage {
    fn end_line(&self) -> String {
        let seconds = Duration::as_secs(&self.began.elapsed());
        let failures = self.failures;
        format!("the store answers again after {seconds} s; {failures} operations failed")
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::logger::Log;
    use crate::testing::LogRecorder;

    const TOLD: Told = Told {
        refusing: "work is refused",
        proceeding: "work is done twice",
    };

    fn record(when_down: WhenDown, results: &[Result<(), &str>]) -> Vec<String> {
        let recorder = LogRecorder::new();
        let log = Log {
            sink: Arc::new(recorder.clone()),
            ..Log::default()
        };
        let (outages, logger) = (Outages::new(TOLD), Logger::for_process(&log));
        for result in results {
            let result = result.map_err(StoreError::new);
            outages.record(&result, when_down, &logger);
        }
        let lines = recorder.lines().into_iter();
        lines.map(|line| line.text).collect()
    }

    #[test]
    fn an_outage_is_logged_when_it_begins_and_when_it_ends() {
        let down = Err("no route");
        let lines = record(
            WhenDown::Refuse,
            &[Ok(()), down, down, down, Ok(()), Ok(())],
        );
        assert_eq!(
            lines,
            [
                "the store is down (no route): work is refused until it answers",
                "the store answers again after 0 s; 3 operations failed",
            ]
        );
        let lines = record(WhenDown::Proceed, &[down]);
        assert!(lines[0].contains("work is done twice"), "{lines:?}");
    }

    #[test]
    fn a_long_outage_soon_after_a_logged_one_is_logged_in_the_next_window() {
        let recorder = LogRecorder::new();
        let log = Log {
            sink: Arc::new(recorder.clone()),
            ..Log::default()
        };
        let (outages, logger) = (Outages::new(TOLD), Logger::for_process(&log));
        let record = |result| outages.record(&result, WhenDown::Refuse, &logger);
        let down = || Err::<(), _>(StoreError::new("no route"));
        record(down());
        record(Ok(()));
        record(down());
        record(down());
        assert_eq!(recorder.lines().len(), 2);
        // The window ends, and the store is still down.
        outages.throttle.forget();
        let earlier = Instant::now().checked_sub(WHILE).expect("an earlier time");
        outages.current.lock().unwrap().as_mut().unwrap().asked = earlier;
        record(down());
        record(down());
        record(Ok(()));
        let lines = recorder.lines().into_iter();
        let lines: Vec<_> = lines.skip(2).map(|line| line.text).collect();
        assert_eq!(
            lines,
            [
                "the store is down (no route): work is refused until it answers",
                "the store answers again after 0 s; 4 operations failed",
            ]
        );
    }

    #[test]
    fn a_store_that_fails_and_recovers_often_is_logged_once() {
        let flapping = (0..100).map(|n| if n % 2 == 0 { Err("x") } else { Ok(()) });
        let flapping: Vec<_> = flapping.collect();
        assert_eq!(record(WhenDown::Refuse, &flapping).len(), 2);
    }
}
