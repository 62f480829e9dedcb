//! Clippy and the tests of all projects.

use std::path::Path;
use std::process::Command;
use std::{fs, io};

use serde_json::Value;

use super::Outcome;
use crate::cargo::{Ran, cargo, run};
use crate::scratch::target;

/// Lints and tests the projects that were made; notes the first fault of each.
pub(super) fn build(folder: &Path, outcomes: &mut [Outcome]) -> io::Result<()> {
    let mut clippy = command(folder, "clippy");
    let linted = run(clippy.args(["--all-targets", "--", "-D", "warnings"]))?;
    note(outcomes, &linted);
    let built = run(command(folder, "build").arg("--tests"))?;
    note(outcomes, &built);
    for outcome in outcomes.iter_mut() {
        if outcome.fault.is_some() {
            continue;
        }
        match test_program(&built, &outcome.name) {
            Some(program) => test(&folder.join(&outcome.name), &program, outcome)?,
            None => outcome.fault = Some(built.errors.clone()),
        }
        if outcome.fault.is_none() {
            outcome.fault = format(&folder.join(&outcome.name))?;
        }
    }
    Ok(())
}

fn command(folder: &Path, subcommand: &str) -> Command {
    let mut command = cargo(folder);
    command
        .args([subcommand, "--workspace", "--offline", "--keep-going"])
        .args(["--message-format=json", "--target-dir"])
        .arg(target(folder));
    command
}

/// Notes the first message about each project.
fn note(outcomes: &mut [Outcome], ran: &Ran) {
    let messages = ran.messages.iter();
    for message in messages.filter(|message| message["reason"] == "compiler-message") {
        let name = &message["target"]["name"];
        let about = outcomes.iter_mut().find(|outcome| *name == *outcome.name);
        if let Some(outcome) = about.filter(|outcome| outcome.fault.is_none()) {
            let rendered = message["message"]["rendered"].as_str();
            outcome.fault = Some(rendered.unwrap_or_default().to_owned());
        }
    }
}

/// The program with the tests of a project.
fn test_program(built: &Ran, name: &str) -> Option<String> {
    let found = built.messages.iter().find(|message| {
        message["target"]["name"] == *name
            && message["profile"]["test"] == true
            && message["executable"].is_string()
    });
    found.and_then(|message: &Value| message["executable"].as_str().map(str::to_owned))
}

/// Runs the tests of a project.
fn test(folder: &Path, program: &str, outcome: &mut Outcome) -> io::Result<()> {
    let ran = run(Command::new(program).current_dir(folder))?;
    let passed = ran.lines.iter().filter(|line| line.ends_with(" ... ok"));
    outcome.tests = passed.count();
    if !ran.is_success {
        outcome.fault = Some(ran.lines.join("\n"));
    }
    Ok(())
}

/// Whether the sources are formatted, if rustfmt is there.
fn format(folder: &Path) -> io::Result<Option<String>> {
    let sources = ["build.rs", "src/main.rs"].map(|file| folder.join(file));
    for source in &sources {
        fs::metadata(source)?;
    }
    let mut rustfmt = Command::new("rustfmt");
    rustfmt.args(["--check", "--edition", "2024"]).args(sources);
    match run(&mut rustfmt) {
        Ok(ran) if !ran.is_success => Ok(Some(ran.lines.join("\n"))),
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(None),
    }
}
