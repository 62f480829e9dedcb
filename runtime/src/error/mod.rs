//! What handlers fail with, and what Botpress sees of it.
//!
//! A handler's [`Error`] is one of two things. Either it has an answer: an [`ApiError`], made by
//! [`Error::runtime`], [`Error::invalid_payload`], [`bail!`](crate::bail), [`Explain::explain`],
//! carried by an author's own error as an [`Explanation`], or given by the Botpress API to the client;
//! a state that no longer fits its schema ([`ClientError::Stale`](crate::ClientError::Stale)) has one,
//! too. Or it has none: it came through `?` from anything that
//! is an error, is logged whole, and Botpress gets a text that gives nothing away.
//!
//! | error | status | body |
//! |---|---|---|
//! | [`Runtime`](ApiErrorKind::Runtime), [`InvalidPayload`](ApiErrorKind::InvalidPayload) | 400 | the error itself |
//! | another kind of [`ApiError`] | 500 | `Runtime` with the error's message |
//! | anything else | 500 | `Runtime` with the official opaque text |

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
pub use self::{
    api_error::ApiError,
    client_error::ClientError,
    explain::Explain,
    explanation::Explanation,
    failure::{Error, Result},
    kind::ApiErrorKind,
};
