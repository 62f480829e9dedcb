//! The measurement of work.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

use crate::Work;

/// The outcome of the work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The length in bytes of the text that explains a rejection.
    pub refusal: usize,
}

/// The cost of work.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cost {
    /// The CPU time, the minimum of several runs.
    pub time: Duration,
    /// The peak of allocated bytes.
    pub peak: u64,
    /// The total of allocated bytes.
    pub allocated: u64,
    /// The outcome.
    pub outcome: Outcome,
}

/// The number of runs, and the time after which no further run starts.
const RUNS: usize = 4;
const ENOUGH: Duration = Duration::from_millis(10);

/// Does the work several times.
#[must_use]
pub fn measure(mut work: Work) -> Cost {
    // The first run initializes lazy state, such as a compiled schema, and is not representative.
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

/// The CPU time of this thread.
fn processor_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::try_from(time).unwrap_or_default()
}
