//! The errors of handlers, and the responses that they result in.
//!
//! A handler's [`Error`] may contain the error that Botpress receives: an [`ApiError`] that was
//! created by [`Error::runtime`], [`Error::invalid_payload`], [`bail!`](crate::bail) or
//! [`Explain::explain`], comes from an [`Explanation`] in an error type of the author, or was
//! returned by the Botpress API. A stored state that does not fit its schema
//! ([`ClientError::Stale`]) also results in such an error. All other
//! errors are converted by `?`: the whole error is logged, and Botpress receives a generic message.
//!
//! | error | status | body |
//! |---|---|---|
//! | [`Runtime`](ApiErrorKind::Runtime), [`InvalidPayload`](ApiErrorKind::InvalidPayload) | 400 | the error itself |
//! | another kind of [`ApiError`] | 500 | `Runtime` with the error's message |
//! | anything else | 500 | `Runtime` with the official SDK's generic message |

mod answer;
mod api_error;
mod chain;
mod client_error;
mod error_id;
mod explain;
mod explanation;
mod failure;
mod kind;

pub(crate) use self::answer::{ErrorResponse, answer_error, refusal};
pub(crate) use self::chain::chain;
pub use self::{
    api_error::ApiError,
    client_error::ClientError,
    explain::Explain,
    explanation::Explanation,
    failure::{Error, Result},
    kind::ApiErrorKind,
};
