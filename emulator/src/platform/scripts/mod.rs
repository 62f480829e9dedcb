//! VRL scripts of a definition.

mod program;

use std::fmt;

use serde_json::Value;

pub use self::program::ScriptProgram;

/// Runs VRL scripts.
pub trait ScriptEngine: fmt::Debug + Send + Sync {
    /// Runs a script with `input` as its event, and returns the value of its last expression.
    ///
    /// # Errors
    ///
    /// The script does not compile, or it fails.
    fn run(&self, script: &str, input: Value) -> Result<Value, ScriptError>;

    /// Compiles a script.
    ///
    /// # Errors
    ///
    /// The script does not compile.
    fn check(&self, script: &str) -> Result<(), ScriptError>;
}

/// Why a script has no result.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ScriptError {
    /// The program that runs scripts is missing or broken.
    #[error(
        "the definition has scripts in VRL, and the program `{program}` that runs them {reason}; \
         `cargo install --git https://github.com/contexture-rs/contexture contexture-vrl` installs it"
    )]
    Program {
        /// The program.
        program: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The script does not compile.
    #[error("the script does not compile: {0}")]
    Compile(String),
    /// The engine panicked.
    #[error("the engine of scripts panicked")]
    Panicked,
    /// The script fails.
    #[error("the script failed: {0}")]
    Run(String),
    /// The result has the wrong type.
    #[error("the {script} must return {expected}")]
    WrongResult {
        /// The name of the script in the definition.
        script: &'static str,
        /// What it must return.
        expected: &'static str,
    },
}
