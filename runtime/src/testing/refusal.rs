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
    /// The warnings and errors that were logged while the call ran, in order.
    pub log: Vec<String>,
}

impl fmt::Debug for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{self}")?;
        // The line for the bot's owner repeats the message of the response.
        let owners = format!("for the bot's owner: {}", self.error.message);
        let other = self.log.iter().filter(|line| !line.starts_with(&owners));
        for line in other {
            write!(formatter, "\n  log: {line}")?;
        }
        Ok(())
    }
}
