//! The results as a table, and the faults in them.

use std::collections::BTreeSet;
use std::time::Duration;

use crate::Kind;
use crate::measure::{Cost, measure};

/// A candidate at each size.
#[derive(Debug)]
pub struct Measured {
    /// The name of the candidate.
    pub candidate: &'static str,
    /// The sizes and their costs.
    pub costs: Vec<(usize, Cost)>,
}

/// The factor by which a cost may exceed linear growth.
const TOLERATED: f64 = 3.0;

/// The minimum that counts as the cost of a smaller input: the fixed cost of every input.
const LEAST_TIME: Duration = Duration::from_micros(250);
const LEAST_BYTES: u64 = 16 * 1024;

/// The maximum length of a rejection in bytes: the texts of the violations twice, once as a list, plus escapes.
pub const REFUSAL_BOUND: usize = 96 * 1024;

/// The sizes at which every candidate is measured. The worst candidates are also measured at the limit.
const SIZES: [usize; 3] = [1000, 10_000, 100_000];

impl Measured {
    /// Measures the candidates of a kind, and the worst of them also at the limit unless the run is quick.
    #[must_use]
    pub fn all(kind: &Kind, is_quick: bool) -> Vec<Self> {
        let sizes = SIZES.into_iter().skip(usize::from(is_quick));
        let sizes: Vec<_> = sizes.filter(|size| *size < kind.limit).collect();
        let candidates = kind.candidates.iter();
        let measured = candidates.map(|(candidate, prepare)| Self {
            candidate,
            costs: sizes
                .iter()
                .map(|size| (*size, measure(prepare(*size))))
                .collect(),
        });
        let mut measured: Vec<_> = measured.collect();
        if !is_quick {
            for place in worst(&measured) {
                let (_, prepare) = &kind.candidates[place];
                let cost = measure(prepare(kind.limit));
                measured[place].costs.push((kind.limit, cost));
            }
        }
        measured
    }

    /// Measures the candidate three more times, and keeps the shortest time of each size: another process may have
    /// disturbed the first measurement.
    pub fn measure_again(&mut self, kind: &Kind) {
        let mut candidates = kind.candidates.iter();
        let Some((_, prepare)) = candidates.find(|(name, _)| *name == self.candidate) else {
            return;
        };
        for (size, cost) in &mut self.costs {
            for _ in 0..3 {
                cost.time = cost.time.min(measure(prepare(*size)).time);
            }
        }
    }

    /// The growth of the time between the last two sizes.
    fn last_growth(&self) -> f64 {
        let last = self.costs.windows(2).last();
        last.map_or(0.0, |pair| {
            ratio(
                nanoseconds(pair[1].1.time),
                nanoseconds(pair[0].1.time.max(Duration::from_micros(20))),
            )
        })
    }

    fn last(&self) -> Cost {
        self.costs.last().map(|(_, cost)| *cost).unwrap_or_default()
    }

    /// Returns the costs that grow faster than the input, and the rejections that are too long.
    #[must_use]
    pub fn faults(&self, kind: &Kind) -> Vec<String> {
        let mut faults = Vec::new();
        for (size, cost) in &self.costs {
            if cost.outcome.refusal > REFUSAL_BOUND {
                let refusal = cost.outcome.refusal;
                faults.push(format!("a rejection of {refusal} bytes for {size} bytes"));
            }
        }
        for pair in self.costs.windows(2) {
            let [(smaller, before), (larger, after)] = pair else {
                continue;
            };
            let expected = ratio(*larger as u64, *smaller as u64);
            for (what, before, after, least, allowance) in [
                (
                    "time",
                    nanoseconds(before.time),
                    nanoseconds(after.time),
                    nanoseconds(LEAST_TIME),
                    nanoseconds(kind.allowance),
                ),
                ("memory", before.peak, after.peak, LEAST_BYTES, 0),
                (
                    "allocations",
                    before.allocated,
                    after.allocated,
                    LEAST_BYTES,
                    0,
                ),
            ] {
                let growth = ratio(after.saturating_sub(allowance), before.max(least));
                if growth > TOLERATED * expected {
                    faults.push(format!(
                        "{what} grows by {growth:.0} from {smaller} to {larger} bytes"
                    ));
                }
            }
        }
        faults
    }
}

#[expect(clippy::cast_precision_loss, reason = "a ratio is an estimate")]
fn ratio(one: u64, other: u64) -> f64 {
    one as f64 / other as f64
}

/// The indexes of the candidates with the most time, memory and allocations, and of the one that grew fastest.
fn worst(measured: &[Measured]) -> BTreeSet<usize> {
    let most = |measure: fn(&Measured) -> f64| {
        let places = 0..measured.len();
        places.max_by(|one, other| measure(&measured[*one]).total_cmp(&measure(&measured[*other])))
    };
    let places = [
        most(|one| one.last().time.as_secs_f64()),
        most(|one| ratio(one.last().peak, 1)),
        most(|one| ratio(one.last().allocated, 1)),
        most(Measured::last_growth),
    ];
    places.into_iter().flatten().collect()
}

/// The first lines of the table.
#[must_use]
pub fn header() -> String {
    "| work | worst input | time and allocated bytes, by size | growth | per byte: ns, peak, allocated |\n|---|---|---|---|---|".to_owned()
}

/// The worst candidate of a kind, by its time at the largest size, and the worst by its memory if that is another.
#[must_use]
pub fn row(kind: &Kind, measured: &[Measured]) -> String {
    // The candidates that were measured at the largest size.
    let size = |one: &&Measured| one.costs.len();
    let most = measured.iter().map(|one| one.costs.len()).max();
    let largest = || measured.iter().filter(|one| Some(size(one)) == most);
    let by_time = largest().max_by_key(|one| one.last().time);
    let by_memory = largest().max_by_key(|one| one.last().allocated);
    let mut worst: Vec<_> = by_time.into_iter().chain(by_memory).collect();
    worst.dedup_by_key(|one| one.candidate);
    let lines: Vec<_> = worst.into_iter().map(|one| one.line(&kind.name)).collect();
    lines.join("\n")
}

impl Measured {
    fn line(&self, kind: &str) -> String {
        let costs: Vec<_> = self.costs.iter().map(|(_, cost)| shown(cost)).collect();
        let growth: Vec<_> = self.costs.windows(2).map(growth).collect();
        let (size, last) = self.costs.last().copied().unwrap_or((1, Cost::default()));
        let size = size as u64;
        format!(
            "| {kind} | {} | {} | {} | {:.0}, {:.1}, {:.1} |",
            self.candidate,
            costs.join("; "),
            growth.join(", "),
            ratio(nanoseconds(last.time), size),
            ratio(last.peak, size),
            ratio(last.allocated, size),
        )
    }
}

fn shown(cost: &Cost) -> String {
    let milliseconds = cost.time.as_secs_f64() * 1000.0;
    let kilobytes = cost.allocated / 1000;
    format!("{milliseconds:.2} ms {kilobytes} kB")
}

/// The growth of the time relative to the growth of the input.
fn growth(pair: &[(usize, Cost)]) -> String {
    let [(smaller, before), (larger, after)] = pair else {
        return String::new();
    };
    let expected = ratio(*larger as u64, *smaller as u64);
    let growth = after.time.as_secs_f64() / before.time.as_secs_f64().max(1e-9);
    format!("{:.2}", growth / expected)
}

fn nanoseconds(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}
