//! Error messages for the bot's owner.

use super::{ApiError, ApiErrorKind, Error, Result};

/// Adds a message for the bot's owner to an error.
pub trait Explain<T> {
    /// Converts the error to a response with status 400 and this message. The error itself is
    /// logged.
    ///
    /// ```
    /// use contexture::{Explain, Result};
    ///
    /// fn issue_number(text: &str) -> Result<u32> {
    ///     text.parse().explain("The issue's number is not a number")
    /// }
    /// let error = issue_number("x").unwrap_err();
    /// assert_eq!(error.as_api().unwrap().message, "The issue's number is not a number");
    /// assert!(error.to_string().ends_with("invalid digit found in string"));
    /// ```
    ///
    /// # Errors
    ///
    /// Returns the original error with the message.
    fn explain(self, message: impl Into<String>) -> Result<T>;
}

impl<T, E: Into<Error>> Explain<T> for Result<T, E> {
    fn explain(self, message: impl Into<String>) -> Result<T> {
        self.map_err(|error| Error {
            answer: Some(Box::new(ApiError::new(ApiErrorKind::Runtime, message))),
            source: Some(error.into().into_source()),
        })
    }
}

impl<T> Explain<T> for Option<T> {
    fn explain(self, message: impl Into<String>) -> Result<T> {
        self.ok_or_else(|| Error::runtime(message))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_explained_error_keeps_every_message_for_the_log() {
        let inner: Result<()> = Err(std::io::Error::other("disk")).explain("could not save");
        let error = inner.explain("could not create the issue").unwrap_err();
        assert_eq!(
            error.as_api().unwrap().message,
            "could not create the issue"
        );
        assert_eq!(
            error.to_string(),
            "could not create the issue: could not save: disk"
        );
    }

    #[test]
    fn nothing_is_explained_too() {
        let error = None::<u8>.explain("no issue is open").unwrap_err();
        assert_eq!(error.as_api().unwrap().kind, ApiErrorKind::Runtime);
    }
}
