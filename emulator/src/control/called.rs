//! What became of a call.

use super::body::Refusal;
use crate::platform::{Answer, CallError, PlatformError};

/// What became of a call: the id of its exchange, if there was one, and what was wrong.
pub(super) struct Called {
    pub(super) exchange: Option<String>,
    pub(super) problem: Option<String>,
}

/// What became of a call by its result.
pub(super) fn called(result: Result<Answer, PlatformError>) -> Result<Called, Refusal> {
    match result {
        Ok(answer) => Ok(answered(Ok(answer))),
        Err(PlatformError::Call(failed)) => Ok(answered(Err(failed))),
        Err(other) => Err(other.into()),
    }
}

pub(super) fn answered(answer: Result<Answer, CallError>) -> Called {
    match answer {
        Ok(answer) => Called {
            exchange: Some(answer.exchange),
            problem: None,
        },
        Err(failed) => Called {
            problem: Some(failed.to_string()),
            exchange: Some(failed.exchange),
        },
    }
}
