//! Messages for the bot's owner inside errors.

use std::error::Error as StdError;

use super::{ApiError, ApiErrorKind, ClientError, chain::chain};

/// A message for the bot's owner that is a source of another error.
///
/// Use it if an error type of your own has a helpful message, so that handlers do not need to add
/// one. An error with an explanation among its sources results in a response with status 400 and
/// this message. The whole error is logged.
///
/// ```
/// use contexture::{Explanation, Result};
///
/// #[derive(Debug, thiserror::Error)]
/// enum ShopError {
///     #[error("the shop refused with {code}")]
///     Refused { code: u16, #[source] advice: Option<Explanation> },
/// }
///
/// fn ask() -> Result<(), ShopError> {
///     let advice = Explanation::new("The shop's key has expired: enter a new one");
///     Err(ShopError::Refused { code: 401, advice: Some(advice) })
/// }
///
/// fn handler() -> Result {
///     Ok(ask()?)
/// }
/// let error = handler().unwrap_err();
/// assert_eq!(error.as_api().unwrap().message, "The shop's key has expired: enter a new one");
/// assert!(error.to_string().ends_with("the shop refused with 401"));
/// ```
///
/// Without an explanation, the response has a generic message. To add a message in a handler, use
/// [`explain`](super::Explain::explain).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Explanation {
    message: String,
}

impl Explanation {
    /// Creates an explanation with a message for the bot's owner.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
        }
    }
}

/// Returns the response to an error without an explicit message: from its explanation or, if a
/// stored state cannot be read, with advice on how to fix it.
pub(super) fn told(error: &(dyn StdError + 'static)) -> Option<ApiError> {
    for error in chain(error) {
        if let Some(explanation) = error.downcast_ref::<Explanation>() {
            return Some(ApiError::new(ApiErrorKind::Runtime, &explanation.message));
        }
        match error.downcast_ref() {
            Some(ClientError::Migration {
                answer: Some(answer),
                ..
            }) => return Some(ApiError::clone(answer)),
            Some(ClientError::Stale { name, .. } | ClientError::Migration { name, .. }) => {
                return Some(ApiError::new(ApiErrorKind::Runtime, stale(name)));
            }
            _ => {}
        }
    }
    None
}

fn stale(name: &str) -> String {
    format!(
        "The stored state `{name}` does not fit this version of the integration. Reinstall or \
         reconfigure the integration, which may store it again. If that does not help, contact the \
         author of the integration; the log has the details"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Explain as _, Result};

    #[derive(Debug, thiserror::Error)]
    #[error("outer")]
    struct Outer(#[source] Inner);

    #[derive(Debug, thiserror::Error)]
    #[error("inner")]
    struct Inner(#[source] Option<Explanation>);

    fn fails(advice: Option<&str>) -> Result {
        Err(Outer(Inner(advice.map(Explanation::new))))?;
        Ok(())
    }

    #[test]
    fn an_error_carries_its_explanation_through_the_question_mark() {
        let error = fails(Some("enter a new key")).unwrap_err();
        let told = error.as_api().unwrap();
        assert_eq!(
            (&told.kind, told.message.as_str()),
            (&ApiErrorKind::Runtime, "enter a new key")
        );
        assert_eq!(error.to_string(), "enter a new key: outer: inner");
        assert!(fails(None).unwrap_err().as_api().is_none());
    }

    #[test]
    fn what_is_explained_where_it_is_handled_counts_more() {
        let error = fails(Some("enter a new key")).explain("no issue was opened");
        let error = error.unwrap_err();
        assert_eq!(error.as_api().unwrap().message, "no issue was opened");
        assert_eq!(
            error.to_string(),
            "no issue was opened: enter a new key: outer: inner"
        );
    }
}
