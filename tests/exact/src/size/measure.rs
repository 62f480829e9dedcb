//! Everything about size, measured in one run.

use std::io;
use std::path::Path;
use std::time::Duration;

use super::check::check_seconds;
use super::growth::{Growth, growth};
use super::lines::{Lines, count_lines};
use super::ours::generate_all;
use super::theirs::{print_all, questions};
use crate::corpus::Definition;
use crate::environment::workspace;

/// How often each side generates, in turn; the median counts.
const ROUNDS: usize = 7;

/// What typify's code needs.
const THEIR_DEPENDENCIES: &str = "serde = { version = \"1\", features = [\"derive\"] }\nserde_json = \"1\"\n\
    regress = \"0.10\"\nchrono = { version = \"0.4\", features = [\"serde\"] }\n\
    uuid = { version = \"1\", features = [\"serde\"] }\n";

/// A measure of ours beside the same of typify alone.
#[derive(Clone, Copy, Debug)]
pub struct Beside<T> {
    /// What was measured of ours.
    pub ours: T,
    /// What was measured of typify's.
    pub theirs: T,
}

/// What was measured.
#[derive(Clone, Debug)]
pub struct Size {
    /// How many definitions are generated.
    pub generated: usize,
    /// How many schemas typify is given.
    pub roots: usize,
    /// The schemas that typify fails at.
    pub failed: Vec<String>,
    /// The lines.
    pub lines: Beside<Lines>,
    /// The time to generate and format.
    pub time: Beside<Duration>,
    /// How ours grows with the number of actions.
    pub growth: Vec<Growth>,
    /// The time of `cargo check`, if it was asked for.
    pub check: Option<Beside<Duration>>,
}

/// Generates and prints everything, in a folder; with `is_checked` also has cargo check it, for which the dependencies
/// of typify's code are fetched.
///
/// # Errors
///
/// Returns an error if the folder cannot be worked in or if what was generated does not compile.
pub fn measure(folder: &Path, definitions: &[Definition], is_checked: bool) -> io::Result<Size> {
    // First, since a build generates in a process whose memory is fresh, too.
    let growth = growth(&folder.join("growth"), &[10, 100, 1000])?;
    let questions = questions(definitions);
    let (mut our_times, mut their_times) = (Vec::new(), Vec::new());
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let time;
        (ours, time) = generate_all(definitions);
        our_times.push(time);
        let time;
        (theirs, time) = print_all(&questions);
        their_times.push(time);
    }
    let check = is_checked
        .then(|| check(folder, &ours, &theirs))
        .transpose()?;
    Ok(Size {
        generated: ours.len(),
        roots: questions.roots,
        failed: questions.failed,
        lines: Beside {
            ours: total(&ours),
            theirs: total(&theirs),
        },
        time: Beside {
            ours: median(our_times),
            theirs: median(their_times),
        },
        growth,
        check,
    })
}

fn check(
    folder: &Path,
    ours: &[(String, String)],
    theirs: &[(String, String)],
) -> io::Result<Beside<Duration>> {
    let runtime = format!(
        "contexture = {{ path = '{}' }}\n",
        workspace().join("runtime").display()
    );
    Ok(Beside {
        ours: check_seconds(&folder.join("ours"), &runtime, ours)?,
        theirs: check_seconds(&folder.join("theirs"), THEIR_DEPENDENCIES, theirs)?,
    })
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn total(files: &[(String, String)]) -> Lines {
    files.iter().map(|(_, code)| count_lines(code)).sum()
}

impl Beside<Lines> {
    /// Our lines of code, of a hundred of typify's.
    #[must_use]
    pub fn percent(&self) -> f64 {
        percent(count(self.ours.code), count(self.theirs.code))
    }
}

impl Beside<Duration> {
    /// Our time, of a hundred of typify's.
    #[must_use]
    pub fn percent(&self) -> f64 {
        percent(self.ours.as_secs_f64(), self.theirs.as_secs_f64())
    }
}

impl Size {
    /// What an action costs in the largest definition, of a hundred in the one before: time, and lines of code.
    #[must_use]
    pub fn growth_percent(&self) -> (f64, f64) {
        let [.., small, large] = self.growth.as_slice() else {
            return (100.0, 100.0);
        };
        let time = |grown: &Growth| grown.time.as_secs_f64() / count(grown.actions);
        let lines = |grown: &Growth| count(grown.lines.code) / count(grown.actions);
        (
            percent(time(large), time(small)),
            percent(lines(large), lines(small)),
        )
    }
}

fn percent(part: f64, whole: f64) -> f64 {
    part * 100.0 / whole
}

#[expect(
    clippy::cast_precision_loss,
    reason = "what is counted here is far below the limit"
)]
fn count(number: usize) -> f64 {
    number as f64
}
