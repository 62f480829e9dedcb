//! What work costs.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

use crate::Work;

/// What came of the work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// How many bytes the text has that says why the input was refused.
    pub refusal: usize,
}

/// What work took.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cost {
    /// The processor's time, the least of several runs.
    pub time: Duration,
    /// How many bytes were allocated at once, at the most.
    pub peak: u64,
    /// How many bytes were allocated in all.
    pub allocated: u64,
    /// What came of it.
    pub outcome: Outcome,
}

/// How often work is done, and the time after which it is not done again.
const RUNS: usize = 4;
const ENOUGH: Duration = Duration::from_millis(10);

/// Does the work several times.
#[must_use]
pub fn measure(mut work: Work) -> Cost {
    // The first run makes what is made once, such as a compiled schema, and is no request like others.
    let mut cost = measure_once(&mut work);
    let mut spent = cost.time;
    for _ in 1..RUNS {
        if spent > ENOUGH {
            break;
        }
        let next = measure_once(&mut work);
        spent += next.time;
        cost = Cost {
            time: cost.time.min(next.time),
            ..next
        };
    }
    cost
}

/// Does the work once.
pub fn measure_once(mut work: impl FnMut() -> Outcome) -> Cost {
    let mut outcome = Outcome::default();
    let before = processor_time();
    let allocations = allocation_counter::measure(|| outcome = work());
    Cost {
        time: processor_time().saturating_sub(before),
        peak: allocations.bytes_max,
        allocated: allocations.bytes_total,
        outcome,
    }
}

/// The time for which this thread had a processor.
fn processor_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::try_from(time).unwrap_or_default()
}
