//! Error responses of a harness.

use std::fmt;

use http::StatusCode;

use crate::ApiError;

/// An error response to a call.
///
/// `Debug`, and so the message of `unwrap`, also shows the warnings and errors that the call wrote
/// to the log. They have the causes that the response hides. The log shows no secrets.
#[derive(Clone, PartialEq, thiserror::Error)]
#[error("{status}: {error}")]
#[non_exhaustive]
pub struct Refusal {
    /// The HTTP status. It may differ from the code of the error.
    pub status: StatusCode,
    /// The error in the API's format.
    pub error: ApiError,
    /// The warnings and errors in the log of the call, in order.
    pub log: Vec<String>,
}

impl fmt::Debug for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{self}")?;
        // The log repeats the message of the response, for the bot's owner.
        let other = self.log.iter().filter(|line| **line != self.error.message);
        for line in other {
            write!(formatter, "\n  log: {line}")?;
        }
        Ok(())
    }
}
