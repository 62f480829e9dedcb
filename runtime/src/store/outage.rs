//! Stores that are down: what happens with the work, and what is logged.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::StoreError;
use crate::Logger;
use crate::logger::Throttle;

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
    /// The work is done without a claim, so that nothing waits for the store. Other processes may do
    /// it at the same time.
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
            (Err(_), Some(outage)) => outage.failures += 1,
            (Err(error), None) => {
                let omitted = self.throttle.admit();
                *current = Some(Outage {
                    began: Instant::now(),
                    failures: 1,
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
            _ => format!("{line}; {omitted} short outages before are not logged"),
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
    fn a_store_that_fails_and_recovers_often_is_logged_once() {
        let flapping = (0..100).map(|n| if n % 2 == 0 { Err("x") } else { Ok(()) });
        let flapping: Vec<_> = flapping.collect();
        assert_eq!(record(WhenDown::Refuse, &flapping).len(), 2);
    }
}
