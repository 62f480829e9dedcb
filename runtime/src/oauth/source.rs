//! Sources of tokens.

use super::{OauthError, Tokens};
use crate::{Context, Definition};

/// An application that gets tokens: an [`OauthApp`](super::OauthApp), which acts for a user, or a
/// [`ClientApp`](super::ClientApp), which acts for itself.
///
/// Clones get the same tokens.
pub trait TokenSource: Clone + Send + Sync + 'static {
    /// Requests new tokens in place of the stored ones, if there are any.
    ///
    /// # Errors
    ///
    /// Returns [`OauthError::NotAuthorized`] if a user must authorize the application first, or
    /// another error if the provider fails.
    fn renew<D: Definition>(
        &self,
        ctx: &Context<D>,
        tokens: Option<&Tokens>,
    ) -> impl Future<Output = Result<Tokens, OauthError>> + Send;
}
