//! Cargo, run in folders below the target folder.

use std::path::Path;
use std::process::Command;
use std::{env, io};

use serde_json::Value;

/// What came of a run of cargo.
#[derive(Debug)]
pub(crate) struct Ran {
    /// Whether cargo ended well.
    pub(crate) is_success: bool,
    /// What it said line by line, if it was asked for `--message-format=json`.
    pub(crate) messages: Vec<Value>,
    /// The other lines.
    pub(crate) lines: Vec<String>,
    /// What it said to the person before it.
    pub(crate) errors: String,
}

/// The cargo that runs this program, in a folder.
pub(crate) fn cargo(folder: &Path) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(folder);
    command
}

/// Runs a command to its end, however it ends.
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
    /// What the compiler and rustdoc said, without what cargo says of the files it made.
    pub(crate) fn diagnostics(&self) -> impl Iterator<Item = &Value> {
        let messages = self.messages.iter();
        messages
            .filter(|message| message["reason"] == "compiler-message")
            .map(|message| &message["message"])
    }
}
