//! Scripts are run by a program, because the packages that VRL needs are too many for each build of the emulator.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde::Deserialize;
use serde_json::{Value, json};

use super::{ScriptEngine, ScriptError};

/// The name of the program in `PATH`.
const PROGRAM: &str = "contexture-vrl";

/// Runs scripts by the program `contexture-vrl`, which is started for each script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptProgram {
    path: PathBuf,
}

/// An answer of the program.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum Answer {
    Result(Value),
    Compile(String),
    Run(String),
}

impl ScriptProgram {
    /// Takes the program at a path.
    #[must_use]
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    fn answer(&self, request: &Value) -> Result<Value, ScriptError> {
        let broken = |reason: String| ScriptError::Program {
            program: self.path.display().to_string(),
            reason,
        };
        let answer = self.ask(request).map_err(broken)?;
        match serde_json::from_slice(&answer) {
            Ok(Answer::Result(value)) => Ok(value),
            Ok(Answer::Compile(reason)) => Err(ScriptError::Compile(reason)),
            Ok(Answer::Run(reason)) => Err(ScriptError::Run(reason)),
            // The answer could quote secrets.
            Err(_) => Err(broken("gave no answer".to_owned())),
        }
    }

    /// Writes a request to the program, and reads its answer.
    fn ask(&self, request: &Value) -> Result<Vec<u8>, String> {
        let mut process = Command::new(&self.path)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("cannot be started: {error}"))?;
        let failed = |error: std::io::Error| format!("failed: {error}");
        if let Some(mut input) = process.stdin.take() {
            writeln!(input, "{request}").map_err(failed)?;
        }
        Ok(process.wait_with_output().map_err(failed)?.stdout)
    }
}

impl Default for ScriptProgram {
    /// The program in `PATH`.
    fn default() -> Self {
        Self::new(PROGRAM)
    }
}

impl ScriptEngine for ScriptProgram {
    fn run(&self, script: &str, input: Value) -> Result<Value, ScriptError> {
        self.answer(&json!({ "script": script, "input": input }))
    }

    fn check(&self, script: &str) -> Result<(), ScriptError> {
        self.answer(&json!({ "script": script })).map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_is_missing_or_another_one_is_told() {
        let missing = ScriptProgram::new("/nowhere/contexture-vrl").run(".", json!({}));
        let missing = missing.unwrap_err().to_string();
        assert!(missing.contains("/nowhere/contexture-vrl"), "{missing}");
        assert!(
            missing.contains("cargo install --git") && missing.contains("contexture-vrl"),
            "{missing}"
        );
        let other = ScriptProgram::new("true").run(".", json!({})).unwrap_err();
        assert!(matches!(other, ScriptError::Program { .. }), "{other}");
    }
}
