//! Makes projects with `contexture new`, and builds, lints and tests them as members of one workspace.
//!
//! ```text
//! CONTEXTURE_CORPUS=DIR cargo run -p contexture-exact --bin projects -- [--only TEXT] [--every N] [--at-least N]
//! ```
//!
//! `DIR/integrations` has definitions as `bp read --json` prints them. There is a project for each of them, for some of the
//! repository's own, and a few without a definition; `--every 8` takes each eighth of them. Prints a line for each. Fails if fewer than `N` (default: all) build,
//! pass clippy with warnings denied, pass their tests, and have all handlers.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this program prints a table"
)]

use std::io;
use std::num::NonZero;
use std::path::Path;
use std::process::ExitCode;

use contexture_exact::environment::{argument, data_folder, work_folder};
use contexture_exact::projects::{measure, report, wanted};

fn main() -> ExitCode {
    let corpus = match data_folder("CONTEXTURE_CORPUS") {
        Ok(corpus) => corpus,
        Err(reason) => {
            eprintln!("error: {reason}");
            return ExitCode::from(2);
        }
    };
    match run(&corpus) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Prints the results; returns whether they are as required.
fn run(corpus: &Path) -> io::Result<bool> {
    let mut projects = wanted(&corpus.join("integrations"))?;
    if let Some(part) = argument("--only") {
        projects.retain(|project| project.name.contains(&part));
    }
    if let Some(step) = argument("--every") {
        let step: NonZero<usize> = step.parse().map_err(io::Error::other)?;
        projects = projects.into_iter().step_by(step.get()).collect();
    }
    let at_least = match argument("--at-least") {
        Some(count) => count.parse().map_err(io::Error::other)?,
        None => projects.len(),
    };
    let outcomes = measure(&work_folder("projects"), &projects)?;
    print!("{}", report(&outcomes));
    let right = outcomes.iter().filter(|outcome| outcome.is_right()).count();
    Ok(right >= at_least)
}
