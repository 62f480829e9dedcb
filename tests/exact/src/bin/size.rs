//! Compares generated code with what typify alone makes of the same schemas, in one run.
//!
//! ```text
//! CONTEXTURE_CORPUS=DIR cargo run --release -p contexture-exact --bin size -- [--check yes]
//! ```
//!
//! Prints lines of code, the time to generate and format, and how both grow with the number of actions; with
//! `--check yes` the time that `cargo check` takes as well, for which the dependencies of typify's code are fetched.
//! Fails if a bar is missed.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "it is a program that prints a report"
)]

use std::io;
use std::path::Path;
use std::process::ExitCode;

use contexture_exact::corpus::load_definitions;
use contexture_exact::environment::{argument, data_folder, work_folder, workspace};
use contexture_exact::size::{
    Lines, Printed, check_seconds, count_lines, generate_all, growth, print_all,
};

/// What typify's code needs.
const THEIR_DEPENDENCIES: &str = "serde = { version = \"1\", features = [\"derive\"] }\nserde_json = \"1\"\n\
    regress = \"0.10\"\nchrono = { version = \"0.4\", features = [\"serde\"] }\n\
    uuid = { version = \"1\", features = [\"serde\"] }\n";

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

/// Prints everything; says whether every bar is met.
fn run(corpus: &Path) -> io::Result<bool> {
    let definitions = load_definitions(&corpus.join("integrations"))?;
    let theirs = print_all(&definitions);
    let (ours, our_time) = generate_all(&definitions);
    let (our_lines, their_lines) = (total(&ours), total(&theirs.files));
    println!(
        "{} of {} definitions are generated",
        ours.len(),
        definitions.len()
    );
    print_theirs(&theirs);
    let is_short = compare(
        "lines of code",
        count(our_lines.code),
        count(their_lines.code),
        0.35,
    );
    println!(
        "  beside them {} lines of comments and {} blank ones, against {} and {}",
        our_lines.comment, our_lines.blank, their_lines.comment, their_lines.blank
    );
    let (our_time, their_time) = (our_time.as_secs_f64(), theirs.time.as_secs_f64());
    let is_fast = compare("seconds to generate and format", our_time, their_time, 2.0);
    for grown in growth(&work_folder("size").join("growth"), &[10, 100, 1000])? {
        let (lines, time) = (count(grown.lines.code), grown.time.as_secs_f64());
        let actions = count(grown.actions);
        println!(
            "{:5} actions: {lines:7} lines, {time:8.3} s; {:6.1} lines and {:6.3} ms for each",
            grown.actions,
            lines / actions,
            time * 1000.0 / actions
        );
    }
    let mut is_checked_fast = true;
    if argument("--check").as_deref() == Some("yes") {
        let folder = work_folder("size");
        let runtime = format!(
            "contexture = {{ path = '{}' }}\n",
            workspace().join("runtime").display()
        );
        let ours = check_seconds(&folder.join("ours"), &runtime, &ours)?.as_secs_f64();
        let theirs =
            check_seconds(&folder.join("theirs"), THEIR_DEPENDENCIES, &theirs.files)?.as_secs_f64();
        is_checked_fast = compare("seconds of `cargo check`", ours, theirs, 0.3);
    }
    Ok(is_short && is_fast && is_checked_fast)
}

fn print_theirs(theirs: &Printed) {
    println!(
        "typify prints {} of {} schemas",
        theirs.roots - theirs.failed.len(),
        theirs.roots
    );
    for place in &theirs.failed {
        println!("  it fails at {place}");
    }
}

/// Prints a comparison; says whether the bar is met.
fn compare(what: &str, ours: f64, theirs: f64, bar: f64) -> bool {
    let ratio = ours / theirs;
    println!(
        "{what}: {ours:.6} against {theirs:.6}, {:.1} % (at most {:.0} %)",
        ratio * 100.0,
        bar * 100.0
    );
    ratio <= bar
}

fn total(files: &[(String, String)]) -> Lines {
    files.iter().map(|(_, code)| count_lines(code)).sum()
}

#[expect(
    clippy::cast_precision_loss,
    reason = "what is counted here is far below the limit"
)]
fn count(number: usize) -> f64 {
    number as f64
}
