//! `contexture check`.

use std::fmt::Write as _;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};

use clap::{Args, ValueEnum};
use contexture_codegen::{Diagnostics, Severity};
use contexture_emulator::platform::{ScriptEngine as _, ScriptError, ScriptProgram};
use serde_json::Value;

use crate::folders::Folders;
use crate::watch::{Events, Watch, WatchError};
use crate::{Outcome, definition_file, explain};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  contexture check                          # ./definition.yaml
  contexture check --lint                   # also the rules of Botpress's linter
  contexture check --watch                  # again after each change, until Ctrl-C
  contexture check definitions/*.yaml --deny-warnings --format github
  contexture check --explain C0301

Scripts in VRL are compiled too if the program `contexture-vrl` is in PATH.")]
pub(crate) struct CheckArguments {
    /// The definitions: YAML or JSON files; ./definition.yaml by default.
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The format of diagnostics.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Fails on warnings too.
    #[arg(long)]
    deny_warnings: bool,
    /// Runs the rules of Botpress's own linter as well, such as missing titles and descriptions.
    #[arg(long)]
    lint: bool,
    /// Checks again when a file of the definitions changes, until Ctrl-C.
    #[arg(long)]
    watch: bool,
    #[command(flatten)]
    folders: Folders,
    /// Explains a code, with a wrong example and a right one; without a code, lists all of them.
    #[arg(
        long,
        value_name = "CODE",
        exclusive = true,
        num_args = 0..=1,
    )]
    #[expect(
        clippy::option_option,
        reason = "clap's form of an option whose value may be left out"
    )]
    explain: Option<Option<String>>,
}

/// The format of diagnostics.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people, in the style of rustc.
    Human,
    /// One JSON array.
    Json,
    /// Commands of GitHub Actions, which shows them beside the lines of a change.
    Github,
}

/// Checks definitions, or explains a code.
pub(crate) fn run(
    arguments: &CheckArguments,
    color: bool,
    print: &mut dyn FnMut(Outcome) -> ControlFlow<()>,
) -> Result<Outcome, Outcome> {
    match &arguments.explain {
        Some(Some(code)) => return explain::explain(code),
        Some(None) => return Ok(explain::list()),
        None => {}
    }
    let files = match arguments.files.as_slice() {
        [] => vec![definition_file::find(None)?],
        files => files.to_vec(),
    };
    let check = || {
        let findings = findings(&files, &arguments.folders, arguments.lint);
        report(&findings, arguments.format, arguments.deny_warnings, color)
    };
    if !arguments.watch {
        return check();
    }
    let again = || {
        let (Ok(outcome) | Err(outcome)) = check();
        outcome
    };
    watch(&files, &arguments.folders, &again, print)
        .map_err(|error| Outcome::failure(format!("error: cannot watch the files: {error}\n")))
}

/// Checks again after each change, until `print` breaks.
fn watch(
    files: &[PathBuf],
    folders: &Folders,
    check: &dyn Fn() -> Outcome,
    print: &mut dyn FnMut(Outcome) -> ControlFlow<()>,
) -> Result<Outcome, WatchError> {
    let read = || {
        let read = files
            .iter()
            .flat_map(|file| folders.generator(file).files());
        read.collect::<Vec<_>>()
    };
    let (sender, events) = channel();
    let mut watch = Watch::new(&read(), sender)?;
    loop {
        let mut outcome = check();
        outcome
            .errors
            .push_str("waiting for a change; Ctrl-C ends this\n\n");
        if print(outcome).is_break() {
            return Ok(Outcome::default());
        }
        wait(&watch, &events)?;
        watch.set(&read())?;
    }
}

/// Waits until some of the files change.
fn wait(watch: &Watch, events: &Receiver<Events>) -> Result<(), WatchError> {
    // The watch has the sender.
    while let Ok(told) = events.recv() {
        if !watch.changed(told)?.is_empty() {
            break;
        }
    }
    Ok(())
}

/// All diagnostics of each definition, refused or not.
fn findings(files: &[PathBuf], folders: &Folders, lint: bool) -> Vec<Diagnostics> {
    let find = |file: &PathBuf| {
        let generator = folders.generator(file).compile_scripts(compile_script);
        if lint {
            return generator.lint();
        }
        match generator.generate() {
            Ok(generated) => generated.warnings,
            Err(diagnostics) => diagnostics,
        }
    };
    files.iter().map(find).collect()
}

/// Compiles a script by the program for scripts, if it is installed.
fn compile_script(script: &str) -> Result<(), String> {
    match ScriptProgram::default().check(script) {
        Err(ScriptError::Compile(problem)) => Err(problem),
        // Scripts are checked where they can be.
        _ => Ok(()),
    }
}

/// Prints the diagnostics of each definition.
fn report(
    findings: &[Diagnostics],
    format: Format,
    deny_warnings: bool,
    color: bool,
) -> Result<Outcome, Outcome> {
    let is_refused =
        |found: &Diagnostics| found.has_errors() || (deny_warnings && found.has_warnings());
    let (output, errors) = match format {
        Format::Human => (String::new(), draw(findings, color)),
        Format::Json => (list(findings), String::new()),
        Format::Github => (
            findings.iter().map(Diagnostics::to_github).collect(),
            String::new(),
        ),
    };
    let outcome = |status| Outcome {
        output,
        errors,
        status,
    };
    if findings.iter().any(is_refused) {
        Err(outcome(1))
    } else {
        Ok(outcome(0))
    }
}

fn draw(findings: &[Diagnostics], color: bool) -> String {
    let text: String = findings.iter().map(|found| found.render(color)).collect();
    let count = |severity| {
        let all = findings.iter().flatten();
        all.filter(|finding| finding.severity() == severity).count()
    };
    let notes = match count(Severity::Note) {
        0 => String::new(),
        notes => format!(", {}", counted(notes, "note")),
    };
    text + &format!(
        "checked {}: {}, {}{notes}\n",
        counted(findings.len(), "definition"),
        counted(count(Severity::Error), "error"),
        counted(count(Severity::Warning), "warning")
    )
}

fn counted(count: usize, noun: &str) -> String {
    if count == 1 {
        format!("1 {noun}")
    } else {
        format!("{count} {noun}s")
    }
}

fn list(findings: &[Diagnostics]) -> String {
    let all = findings.iter().flat_map(|found| match found.to_json() {
        Value::Array(list) => list,
        other => vec![other],
    });
    escape_hidden(&format!("{:#}\n", Value::Array(all.collect())))
}

/// JSON of the same value, in which all characters that a terminal may obey are escaped, not only those that JSON
/// escapes. They stand in strings alone.
pub(crate) fn escape_hidden(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for character in json.chars() {
        match character {
            '\u{7f}'..='\u{9f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}' => {
                write!(escaped, "\\u{:04x}", u32::from(character))
                    .expect("a string takes any text");
            }
            _ => escaped.push(character),
        }
    }
    escaped
}
