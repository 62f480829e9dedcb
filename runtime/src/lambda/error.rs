//! The errors of starting on Lambda.

use crate::environment::variable;
use crate::{CheckError, SigningVariableError};

/// An error that prevents the start on AWS Lambda.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LambdaError {
    /// Variables that Lambda sets are not set.
    #[error("this is not AWS Lambda: {} not set", are(missing))]
    Elsewhere {
        /// The names of the variables.
        missing: Vec<&'static str>,
    },
    /// The service is not ready to answer calls.
    #[error(transparent)]
    Service(#[from] CheckError),
    /// A variable about signatures of calls has an invalid value.
    #[error(transparent)]
    Signing(#[from] SigningVariableError),
}

/// The address of the Runtime API. It is set on Lambda only.
const RUNTIME_API: &str = "AWS_LAMBDA_RUNTIME_API";

/// The variables without which `lambda_http` panics.
const REQUIRED: [&str; 4] = [
    RUNTIME_API,
    "AWS_LAMBDA_FUNCTION_NAME",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
    "AWS_LAMBDA_FUNCTION_VERSION",
];

/// Returns whether the process runs on Lambda.
#[cfg(feature = "server")]
pub(crate) fn is_here() -> bool {
    variable(RUNTIME_API).is_some()
}

/// Checks that the process runs on Lambda.
pub(super) fn check_environment() -> Result<(), LambdaError> {
    let is_missing = |name: &&str| variable(name).is_none();
    let missing: Vec<_> = REQUIRED.into_iter().filter(is_missing).collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(LambdaError::Elsewhere { missing })
}

fn are(names: &[&str]) -> String {
    let verb = if names.len() == 1 { "is" } else { "are" };
    format!("{} {verb}", names.join(", "))
}
