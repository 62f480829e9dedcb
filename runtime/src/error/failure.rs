//! The error that handlers return.

use std::{error::Error as StdError, fmt};

use super::{ApiError, ApiErrorKind, ClientError, chain::chain, explanation::told};

/// The result of a handler.
pub type Result<T = (), E = Error> = std::result::Result<T, E>;

pub(super) type Source = Box<dyn StdError + Send + Sync + 'static>;

/// What a handler fails with.
///
/// Anything that is an error becomes one through `?`, `anyhow::Error` and texts too, and is
/// answered with a text that gives nothing away, while the log has all of it. To tell the bot's
/// owner more, use [`Error::runtime`], [`bail!`](crate::bail),
/// [`explain`](super::Explain::explain), or an error of your own that carries an
/// [`Explanation`](super::Explanation). `Debug` and `Display` show what the log shows.
pub struct Error {
    /// What Botpress is told; without it, an opaque text.
    pub(super) answer: Option<Box<ApiError>>,
    /// What happened, for the log.
    pub(super) source: Option<Source>,
}

impl Error {
    /// An error whose message the bot's owner sees: a 400, which Botpress does not retry.
    pub fn runtime(message: impl Into<String>) -> Self {
        ApiError::new(ApiErrorKind::Runtime, message).into()
    }

    /// An error about what was sent: a 400, which Botpress does not retry.
    pub fn invalid_payload(message: impl Into<String>) -> Self {
        ApiError::new(ApiErrorKind::InvalidPayload, message).into()
    }

    /// An error of the Botpress API, answered by its kind.
    #[must_use]
    pub fn api(error: ApiError) -> Self {
        Self {
            answer: Some(Box::new(error)),
            source: None,
        }
    }

    /// The error in the API's shape, if it has one: what Botpress is told comes from it.
    #[must_use]
    pub fn as_api(&self) -> Option<&ApiError> {
        self.answer.as_deref()
    }

    /// Whether there is more to log than what Botpress is told.
    pub(crate) fn has_source(&self) -> bool {
        self.source.is_some()
    }

    /// What happened, when it is of this type and nobody explained it.
    #[cfg(feature = "webhook-signatures")]
    pub(crate) fn source_as<E: StdError + 'static>(&self) -> Option<&E> {
        let unexplained = self.source.as_deref().filter(|_| self.answer.is_none());
        unexplained?.downcast_ref()
    }

    /// The error as a source of another one.
    pub(super) fn into_source(self) -> Source {
        match (self.answer, self.source) {
            (Some(answer), None) => answer,
            (Some(answer), Some(source)) => Box::new(Explained {
                message: answer.message,
                source,
            }),
            (None, Some(source)) => source,
            (None, None) => "an error without a cause".into(),
        }
    }

    /// What happened, outermost first; a message that its neighbor contains is left out.
    fn messages(&self) -> Vec<String> {
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
    /// Written for people: a `main` that returns an error prints it so.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

/// An error with an answer of its own that became the source of another one.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
struct Explained {
    message: String,
    source: Source,
}

/// Returns from the function with an error whose message the bot's owner sees.
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
        assert_eq!(error.to_string(), "the API refused: no");
    }
}
