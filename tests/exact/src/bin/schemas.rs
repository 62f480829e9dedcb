//! Runs schemas of any origin, with valid and invalid values, against generated types.
//!
//! ```text
//! CONTEXTURE_SCHEMAS=DIR RUSTFLAGS=--deny=warnings cargo run -p contexture-exact --bin schemas
//! ```
//!
//! `DIR` holds `schemas`, files of the form of the JSON Schema Test Suite, and `remotes`, the files behind
//! `http://localhost:1234/`. Prints a line for each case without code that compiles and for each value with a wrong
//! result, then the counts. `--only TEXT` selects files whose name contains the text, `--batch N` compiles so many
//! schemas at a time, and `--compile no` generates only and prints the slowest schemas.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this program prints a report"
)]

use std::io;
use std::path::Path;
use std::process::ExitCode;

use contexture_exact::environment::{argument, data_folder, work_folder};
use contexture_exact::generate::Fate;
use contexture_exact::suite::{Case, Group, Outcome, generate_cases, load_folder, measure};

/// The number of cases that are compiled as one program, unless the arguments have another.
const BATCH: usize = 150;

/// How many of the slowest schemas are printed.
const SLOWEST: usize = 20;

/// The counts of a run.
#[derive(Default)]
struct Counts {
    cases: usize,
    usable: usize,
    valid: (usize, usize),
    invalid: (usize, usize),
}

fn main() -> ExitCode {
    let folder = match data_folder("CONTEXTURE_SCHEMAS") {
        Ok(folder) => folder,
        Err(reason) => {
            eprintln!("error: {reason}");
            return ExitCode::from(2);
        }
    };
    match measure_all(&folder) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn measure_all(folder: &Path) -> io::Result<bool> {
    let mut cases = load_folder(&folder.join("schemas"), Group::Required)?;
    if let Some(text) = argument("--only") {
        cases.retain(|case| case.file.contains(&text));
    }
    if argument("--compile").as_deref() == Some("no") {
        return generate_all(&cases, folder);
    }
    let size = match argument("--batch") {
        Some(size) => size.parse().map_err(io::Error::other)?,
        None => BATCH,
    };
    let mut counts = Counts::default();
    for batch in cases.chunks(size.max(1)) {
        count(&mut counts, batch, folder)?;
    }
    println!(
        "{} of {} schemas generate and compile; {} of {} valid values come back unchanged; {} of {} invalid values are refused",
        counts.usable,
        counts.cases,
        counts.valid.0,
        counts.valid.1,
        counts.invalid.0,
        counts.invalid.1
    );
    let is_right = counts.usable == counts.cases
        && counts.valid.0 == counts.valid.1
        && counts.invalid.0 == counts.invalid.1;
    Ok(is_right)
}

/// Generates every case; returns whether none is refused.
fn generate_all(cases: &[Case], folder: &Path) -> io::Result<bool> {
    let fates = generate_cases(&work_folder("schemas"), cases, &folder.join("remotes"))?;
    let mut generated = 0;
    let mut times = Vec::new();
    for (case, (fate, time)) in cases.iter().zip(fates) {
        match fate {
            Fate::Generated(_) => generated += 1,
            Fate::Refused { message, .. } => println!("{}: {message}", case.file),
            Fate::Panicked(why) => println!("{}: the generator panicked: {why}", case.file),
        }
        times.push((time, &case.file));
    }
    times.sort_by(|first, second| second.cmp(first));
    for (time, file) in times.iter().take(SLOWEST) {
        println!("{:8.2} s  {file}", time.as_secs_f64());
    }
    println!("{generated} of {} schemas generate", cases.len());
    Ok(generated == cases.len())
}

fn count(counts: &mut Counts, cases: &[Case], folder: &Path) -> io::Result<()> {
    let measured = measure(&work_folder("schemas"), cases, &folder.join("remotes"))?;
    counts.cases += cases.len();
    counts.usable += cases.len() - measured.unusable.len();
    for (case, cause) in &measured.unusable {
        println!("{}: {}", cases[*case].file, line(cause));
    }
    for result in &measured.results {
        let case = &cases[result.case];
        let test = &case.tests[result.test];
        let is_right = result.outcome == Outcome::Right;
        let of_kind = if test.is_valid {
            &mut counts.valid
        } else {
            &mut counts.invalid
        };
        of_kind.0 += usize::from(is_right);
        of_kind.1 += 1;
        if !is_right && !measured.unusable.contains_key(&result.case) {
            println!(
                "{}, {}: {}",
                case.file,
                test.description,
                line(&result.outcome)
            );
        }
    }
    Ok(())
}

fn line(outcome: &Outcome) -> String {
    let text = match outcome {
        Outcome::Right => "right".to_owned(),
        Outcome::NotLossless(back) => format!("came back as {back}"),
        Outcome::Wrong(why) => why.clone(),
        Outcome::Refused(_, message) => format!("not generated: {message}"),
        Outcome::Panicked(message) => format!("the generator panicked: {message}"),
        Outcome::DoesNotCompile(error) => format!("does not compile: {error}"),
    };
    let one_line: String = text.replace('\n', " ");
    one_line.chars().take(600).collect()
}
