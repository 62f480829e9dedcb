//! The measurement of size, in one run.

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

/// The number of generations of each side, in turn. The median counts.
const ROUNDS: usize = 7;

/// The dependencies of typify's code.
const THEIR_DEPENDENCIES: &str = "serde = { version = \"1\", features = [\"derive\"] }\nserde_json = \"1\"\n\
    regress = \"0.10\"\nchrono = { version = \"0.4\", features = [\"serde\"] }\n\
    uuid = { version = \"1\", features = [\"serde\"] }\n";

/// A measure of contexture's code and of the code of typify alone.
#[derive(Clone, Copy, Debug)]
pub struct Beside<T> {
    /// The measure of contexture's code.
    pub ours: T,
    /// The measure of typify's code.
    pub theirs: T,
}

/// The results.
#[derive(Clone, Debug)]
pub struct Size {
    /// The number of generated definitions.
    pub generated: usize,
    /// The number of schemas for typify.
    pub roots: usize,
    /// The schemas that typify fails at.
    pub failed: Vec<String>,
    /// The lines.
    pub lines: Beside<Lines>,
    /// The time to generate and format.
    pub time: Beside<Duration>,
    /// The growth of contexture's code with the number of actions.
    pub growth: Vec<Growth>,
    /// The time of `cargo check`, if it was requested.
    pub check: Option<Beside<Duration>>,
}

/// Generates and prints everything, in a folder. With `is_checked`, also runs `cargo check` on it, for which the
/// dependencies of typify's code are fetched.
///
/// # Errors
///
/// Returns an error if the folder cannot be used or if the generated code does not compile.
pub fn measure(folder: &Path, definitions: &[Definition], is_checked: bool) -> io::Result<Size> {
    // This is first because a build also generates in a fresh process.
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
    /// The lines of contexture's code, in percent of typify's.
    #[must_use]
    pub fn percent(&self) -> f64 {
        percent(count(self.ours.code), count(self.theirs.code))
    }
}

impl Beside<Duration> {
    /// The time of contexture, in percent of typify's.
    #[must_use]
    pub fn percent(&self) -> f64 {
        percent(self.ours.as_secs_f64(), self.theirs.as_secs_f64())
    }
}

impl Size {
    /// The time and the lines of an action in the largest definition, in percent of the definition before.
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
    reason = "the counts are far below the limit"
)]
fn count(number: usize) -> f64 {
    number as f64
}
