//! Any value, for any schema of a family and for any operation, at a bounded cost.

use std::cell::OnceCell;
use std::time::Duration;

use contexture_cost::kinds::{Validation, validations};
use contexture_cost::measure::{Cost, Outcome, measure_once};
use contexture_cost::report::REFUSAL_BOUND;

use crate::bodies::ask;
use crate::service::TestApp;
use crate::{Use, named};

/// The limits on the cost of every input, and on the additional cost of each byte.
const ALLOCATED: u64 = 4 * 1024 * 1024;
const ALLOCATED_PER_BYTE: u64 = 4 * 1024;
const PEAK_PER_BYTE: u64 = 1024;
const TIME: Duration = Duration::from_secs(if cfg!(debug_assertions) { 60 } else { 3 });
const TIME_PER_BYTE: Duration =
    Duration::from_micros(if cfg!(debug_assertions) { 200 } else { 20 });

thread_local! {
    static VALIDATIONS: OnceCell<Vec<Validation>> = const { OnceCell::new() };
}

/// Validates a value. The input is a line with the name of a schema or of an operation, then the value.
///
/// # Panics
///
/// Panics if it takes more memory or CPU time than a value of its size may, or if a rejection is too long.
#[must_use]
pub fn cost(text: &[u8]) -> Use {
    let Some((name, body)) = named(text) else {
        return Use::Rejected;
    };
    let cost = VALIDATIONS.with(|validations_of_thread| {
        let all = validations_of_thread.get_or_init(validations);
        all.iter()
            .find(|validation| validation.name == name)
            .map(|validation| validation.cost(body))
    });
    let cost = cost.unwrap_or_else(|| cost_of_call(name, body));
    let Some(cost) = cost else {
        return Use::Rejected;
    };
    check(body.len() as u64, &cost);
    Use::Kept
}

/// The cost of the second call. The first call initializes lazy state, such as a compiled schema.
fn cost_of_call(operation: &str, body: &[u8]) -> Option<Cost> {
    let ask = ask(operation, body)?;
    let bench = TestApp::new();
    let work = || {
        let answer = bench.ask(ask.clone());
        let is_refusal = !answer.status().is_success();
        Outcome {
            refusal: if is_refusal { answer.body().len() } else { 0 },
        }
    };
    work();
    Some(measure_once(work))
}

fn check(size: u64, cost: &Cost) {
    let allocated = ALLOCATED + ALLOCATED_PER_BYTE * size;
    assert!(
        cost.allocated <= allocated,
        "allocates more than {allocated}: {cost:?}"
    );
    let peak = ALLOCATED + PEAK_PER_BYTE * size;
    assert!(
        cost.peak <= peak,
        "holds more than {peak} bytes at once: {cost:?}"
    );
    let time = TIME + TIME_PER_BYTE * u32::try_from(size).unwrap_or(u32::MAX);
    assert!(cost.time <= time, "takes longer than {time:?}: {cost:?}");
    assert!(
        cost.outcome.refusal <= REFUSAL_BOUND,
        "a long rejection: {cost:?}"
    );
}
