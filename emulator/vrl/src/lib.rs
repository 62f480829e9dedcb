//! Runs VRL scripts of Botpress integrations, with the functions that need no network, environment or system.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use serde_json::Value;
use vrl::compiler::state::RuntimeState;
use vrl::compiler::{Context, Program, TargetValue, TimeZone};
use vrl::diagnostic::Formatter;
use vrl::value::Secrets;

/// Why a script has no result.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum VrlError {
    /// The script does not compile. The text shows the places.
    #[error("the script does not compile: {0}")]
    Compile(String),
    /// The script failed.
    #[error("the script failed: {0}")]
    Run(String),
}

/// Compiles a script.
///
/// # Errors
///
/// The script does not compile.
pub fn check(script: &str) -> Result<(), VrlError> {
    compile(script).map(drop)
}

/// Runs a script with `input` as its event, and returns the value of its last expression.
///
/// # Errors
///
/// The script does not compile, or it fails.
pub fn run(script: &str, input: Value) -> Result<Value, VrlError> {
    let program = compile(script)?;
    let failed = |reason: String| VrlError::Run(reason);
    // A function of the library may panic with an unusual argument.
    let resolved = catch_unwind(AssertUnwindSafe(|| resolve(&program, input)));
    resolved
        .map_err(|_| failed("a function panicked".to_owned()))?
        .map_err(failed)
}

fn compile(script: &str) -> Result<Program, VrlError> {
    let compiled = vrl::compiler::compile(script, &vrl::stdlib::all());
    match compiled {
        Ok(compiled) => Ok(compiled.program),
        Err(diagnostics) => {
            let text = Formatter::new(script, diagnostics).to_string();
            Err(VrlError::Compile(text.trim().to_owned()))
        }
    }
}

fn resolve(program: &Program, input: Value) -> Result<Value, String> {
    let mut target = TargetValue {
        value: input.into(),
        metadata: vrl::value::Value::Object(BTreeMap::new()),
        secrets: Secrets::default(),
    };
    let mut state = RuntimeState::default();
    let timezone = TimeZone::default();
    let mut context = Context::new(&mut target, &mut state, &timezone);
    let value = program
        .resolve(&mut context)
        .map_err(|error| error.to_string())?;
    serde_json::to_value(value).map_err(|error| error.to_string())
}
