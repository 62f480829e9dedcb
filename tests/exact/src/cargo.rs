//! Cargo, run in folders below the target folder.

use std::path::Path;
use std::process::Command;
use std::{env, io};

use serde_json::Value;

/// The outcome of a run of cargo.
#[derive(Debug)]
pub(crate) struct Ran {
    /// Whether cargo succeeded.
    pub(crate) is_success: bool,
    /// The JSON messages, if the arguments have `--message-format=json`.
    pub(crate) messages: Vec<Value>,
    /// The other lines of the standard output.
    pub(crate) lines: Vec<String>,
    /// The standard error stream.
    pub(crate) errors: String,
}

/// A command of the cargo that runs this program, in a folder.
pub(crate) fn cargo(folder: &Path) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(folder);
    command
}

/// Runs a command to its end, whether it succeeds or not.
///
/// # Errors
///
/// Returns an error if the command cannot be started.
pub(crate) fn run(command: &mut Command) -> io::Result<Ran> {
    let output = command.output()?;
    let mut ran = Ran {
        is_success: output.status.success(),
        messages: Vec::new(),
        lines: Vec::new(),
        errors: String::from_utf8_lossy(&output.stderr).into_owned(),
    };
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        match serde_json::from_str(line) {
            Ok(message) => ran.messages.push(message),
            Err(_) => ran.lines.push(line.to_owned()),
        }
    }
    Ok(ran)
}

impl Ran {
    /// The messages of the compiler and rustdoc, without cargo's messages about artifacts.
    pub(crate) fn diagnostics(&self) -> impl Iterator<Item = &Value> {
        let messages = self.messages.iter();
        messages
            .filter(|message| message["reason"] == "compiler-message")
            .map(|message| &message["message"])
    }
}
