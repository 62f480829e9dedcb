//! The error that handlers return.

use std::{error::Error as StdError, fmt};

use super::{ApiError, ApiErrorKind, ClientError, chain::chain, explanation::told};

/// The result of a handler.
pub type Result<T = (), E = Error> = std::result::Result<T, E>;

pub(super) type Source = Box<dyn StdError + Send + Sync + 'static>;

/// The error of a handler.
///
/// `?` converts any error to it, including `anyhow::Error` and strings. The response then has a
/// generic message, and the whole error is logged. To send a message to the bot's owner, use
/// [`Error::runtime`], [`bail!`](crate::bail), [`explain`](super::Explain::explain), or an error
/// type of your own with an [`Explanation`](super::Explanation). `Debug` and `Display` show the
/// text that is logged.
pub struct Error {
    /// The error for Botpress; `None` for the generic message.
    pub(super) answer: Option<Box<ApiError>>,
    /// The cause, for the log.
    pub(super) source: Option<Source>,
}

impl Error {
    /// Creates an error whose message is shown to the bot's owner: a 400, which Botpress does not
    /// retry.
    pub fn runtime(message: impl Into<String>) -> Self {
        ApiError::new(ApiErrorKind::Runtime, message).into()
    }

    /// Creates an error for an invalid payload: a 400, which Botpress does not retry.
    pub fn invalid_payload(message: impl Into<String>) -> Self {
        ApiError::new(ApiErrorKind::InvalidPayload, message).into()
    }

    /// Creates an error from an error of the Botpress API. Its kind determines the response.
    #[must_use]
    pub fn api(error: ApiError) -> Self {
        Self {
            answer: Some(Box::new(error)),
            source: None,
        }
    }

    /// Returns the error in the API's form, if there is one. The response is created from it.
    #[must_use]
    pub fn as_api(&self) -> Option<&ApiError> {
        self.answer.as_deref()
    }

    /// Returns whether there is more to log than the response contains.
    pub(crate) fn has_source(&self) -> bool {
        self.source.is_some()
    }

    /// Returns the source if it has this type and the error has no explicit message.
    #[cfg(feature = "webhook-signatures")]
    pub(crate) fn source_as<E: StdError + 'static>(&self) -> Option<&E> {
        let unexplained = self.source.as_deref().filter(|_| self.answer.is_none());
        unexplained?.downcast_ref()
    }

    /// Converts the error to a source of another error.
    pub(super) fn into_source(self) -> Source {
        match (self.answer, self.source) {
            (Some(answer), None) => answer,
            (Some(answer), Some(source)) => Box::new(Explained {
                message: answer.message,
                source,
            }),
            (None, Some(source)) => source,
            (None, None) => "unknown error".into(),
        }
    }

    /// Returns all messages, outermost first. A message that is contained in the adjacent one is
    /// left out.
    pub(crate) fn messages(&self) -> Vec<String> {
        let mut messages = Vec::new();
        messages.extend(self.answer.as_ref().map(|answer| answer.message.clone()));
        let source = self.source.as_deref().map(|source| source as &dyn StdError);
        for error in source.into_iter().flat_map(chain) {
            let message = error.to_string();
            let is_told = messages.contains(&message);
            match messages.last_mut() {
                _ if is_told => {}
                Some(outer) if outer.contains(&message) => {}
                Some(outer) if message.contains(outer.as_str()) => *outer = message,
                _ => messages.push(message),
            }
        }
        messages
    }
}

impl<E: Into<Source>> From<E> for Error {
    fn from(error: E) -> Self {
        let source = match error.into().downcast::<ApiError>() {
            Ok(error) => return Self::api(*error),
            Err(source) => source,
        };
        let answer = match source.downcast_ref::<ClientError>() {
            Some(ClientError::Api(error)) => Some(error.clone()),
            _ => told(source.as_ref()).map(Box::new),
        };
        Self {
            answer,
            source: Some(source),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.messages().join(": "))
    }
}

impl fmt::Debug for Error {
    /// Like `Display`, because a `main` that returns an error prints its `Debug` output.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

/// An error with a message for the bot's owner, as the source of another error.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
struct Explained {
    message: String,
    source: Source,
}

/// Returns early from a function with an error whose message is shown to the bot's owner.
///
/// ```
/// fn check(title: &str) -> contexture::Result {
///     if title.is_empty() {
///         contexture::bail!("The issue needs a title");
///     }
///     Ok(())
/// }
/// assert_eq!(check("").unwrap_err().to_string(), "The issue needs a title");
/// ```
#[macro_export]
macro_rules! bail {
    ($($message:tt)+) => {
        return ::core::result::Result::Err($crate::Error::runtime(::std::format!($($message)+)))
    };
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    #[test]
    fn any_error_comes_through_the_question_mark() {
        fn fails() -> Result<()> {
            Err(io::Error::other("disk"))?;
            Ok(())
        }
        let error = fails().unwrap_err();
        assert!(error.as_api().is_none());
        assert_eq!(error.to_string(), "disk");
    }

    #[test]
    fn an_error_that_is_its_own_source_has_an_end() {
        #[derive(Debug)]
        struct Endless;
        impl fmt::Display for Endless {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("endless")
            }
        }
        impl StdError for Endless {
            fn source(&self) -> Option<&(dyn StdError + 'static)> {
                Some(&Endless)
            }
        }
        let error = Error::from(Endless);
        assert!(error.as_api().is_none());
        assert_eq!(error.to_string(), "endless");
    }

    #[test]
    fn anyhow_and_texts_come_through_too() {
        fn fails(how: bool) -> Result<()> {
            if how {
                Err(anyhow::anyhow!("disk").context("save"))?;
            }
            Err("told")?;
            Ok(())
        }
        assert_eq!(fails(true).unwrap_err().to_string(), "save: disk");
        assert_eq!(fails(false).unwrap_err().to_string(), "told");
    }

    #[test]
    fn an_api_error_keeps_its_answer_through_the_question_mark() {
        let api = ApiError::new(ApiErrorKind::Forbidden, "no");
        assert_eq!(Error::from(api.clone()).as_api(), Some(&api));
        let client = ClientError::Api(Box::new(api.clone()));
        let error = Error::from(client);
        assert_eq!(error.as_api(), Some(&api));
        assert_eq!(error.to_string(), "the API returned an error: no");
    }
}
