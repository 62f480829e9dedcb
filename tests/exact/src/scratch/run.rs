//! Runs the built program.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::{fs, io};

use super::build::program;

/// A value for a payload.
#[derive(Clone, Debug)]
pub struct Question {
    /// The module.
    pub module: String,
    /// The index of the payload in the module.
    pub payload: usize,
    /// The value, as JSON on one line.
    pub text: String,
}

/// The result for a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It was decoded, and encoded as this text.
    Accepts(String),
    /// It was rejected, for this reason.
    Refuses(String),
    /// It was decoded and could not be encoded, for this reason.
    Unwritable(String),
    /// Directly and through a JSON value, the results differ in this way.
    Differs(String),
    /// It made the code panic, with this message.
    Panics(String),
    /// It aborted the program: the stack overflowed.
    Aborts,
}

/// Runs the program that was built in a folder.
///
/// # Errors
///
/// Returns an error if the values cannot be written or the program cannot be started.
pub fn run(folder: &Path, questions: &[Question]) -> io::Result<Vec<Answer>> {
    let path = folder.join("questions.tsv");
    let mut lines = String::new();
    for Question {
        module,
        payload,
        text,
    } in questions
    {
        writeln!(lines, "{module}\t{payload}\t{text}").expect("writing to a string does not fail");
    }
    fs::write(&path, lines)?;
    let mut answers = Vec::new();
    while answers.len() < questions.len() {
        let output = Command::new(program(folder))
            .arg(&path)
            .arg(answers.len().to_string())
            .output()?;
        let text = String::from_utf8_lossy(&output.stdout);
        answers.extend(text.lines().filter_map(read_answer));
        if answers.len() < questions.len() {
            answers.push(Answer::Aborts);
        }
    }
    Ok(answers)
}

fn read_answer(line: &str) -> Option<Answer> {
    let (word, rest) = line.split_once('\t')?;
    let rest = rest.to_owned();
    Some(match word {
        "accepts" => Answer::Accepts(rest),
        "refuses" => Answer::Refuses(rest),
        "unwritable" => Answer::Unwritable(rest),
        "differs" => Answer::Differs(rest),
        _ => Answer::Panics(rest),
    })
}
