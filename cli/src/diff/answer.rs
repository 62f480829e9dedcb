//! The process that answers questions about schemas.

use std::io::{BufRead, Write};

use clap::Args;
use contexture_compare::ask::{InProcess, Judge};

use super::bounds::Bounds;
use crate::Outcome;

#[derive(Debug, Args)]
pub(crate) struct AnswerArguments {
    #[command(flatten)]
    bounds: Bounds,
}

/// Answers each line of the standard input, a question as JSON, by a line on the standard output.
pub(crate) fn run(arguments: &AnswerArguments) -> Result<Outcome, Outcome> {
    bound_memory(arguments.bounds.memory);
    let judge = InProcess::new(arguments.bounds.time());
    let failed = |error: &dyn std::error::Error| Outcome::failure(format!("error: {error}\n"));
    for line in std::io::stdin().lock().lines() {
        let line = line.map_err(|error| failed(&error))?;
        let question = serde_json::from_str(&line).map_err(|error| failed(&error))?;
        let answer =
            serde_json::to_string(&judge.ask(&question)).map_err(|error| failed(&error))?;
        let mut output = std::io::stdout().lock();
        let written = writeln!(output, "{answer}").and_then(|()| output.flush());
        written.map_err(|error| failed(&error))?;
    }
    Ok(Outcome::default())
}

/// Ends this process if it needs more than so many mebibytes.
#[cfg(unix)]
fn bound_memory(mebibytes: u64) {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    let limit = Rlimit {
        current: Some(mebibytes.saturating_mul(1 << 20)),
        maximum: getrlimit(Resource::As).maximum,
    };
    // Where it cannot be bound, the bound of time holds.
    let _ = setrlimit(Resource::As, limit);
}

#[cfg(not(unix))]
const fn bound_memory(_mebibytes: u64) {}
