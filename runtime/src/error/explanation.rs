//! What an error says to the bot's owner, wherever it goes.

use std::error::Error as StdError;

use super::{ApiError, ApiErrorKind, ClientError, chain::chain};

/// A message for the bot's owner that an author's own error carries, as its source, through `?`.
///
/// Where one error fails with words that somebody can act on, in whichever handler, it need not be
/// explained there: whatever has an explanation among its sources is answered with a 400 and this
/// message, and is logged whole.
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
/// Without an explanation the error is answered with a text that gives nothing away. To explain a
/// failure where it is handled, use [`explain`](super::Explain::explain).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Explanation {
    message: String,
}

impl Explanation {
    /// Takes what the bot's owner is told.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
        }
    }
}

/// What the bot's owner is told of an error that nobody explained: what it carries itself, or what
/// they can do about a state that does not fit any more.
pub(super) fn told(error: &(dyn StdError + 'static)) -> Option<ApiError> {
    for error in chain(error) {
        if let Some(explanation) = error.downcast_ref::<Explanation>() {
            return Some(ApiError::new(ApiErrorKind::Runtime, &explanation.message));
        }
        if let Some(ClientError::Stale { name, .. }) = error.downcast_ref() {
            return Some(ApiError::new(ApiErrorKind::Runtime, stale(name)));
        }
    }
    None
}

fn stale(name: &str) -> String {
    format!(
        "What is stored as the state `{name}` does not fit this version of the integration. Set the \
         integration up again, which may store it anew; if that does not help, tell its author, who \
         finds in the log what does not fit"
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
