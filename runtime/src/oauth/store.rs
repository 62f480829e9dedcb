//! Storage of tokens.

use serde_json::Value;

use super::{OauthError, Tokens};
use crate::Payload;
use crate::client::State;
use crate::payload::parse_typed;

/// Stores the tokens of an installation. A declared state implements it if its schema is that of
/// [`Tokens`].
///
/// Clones access the same tokens.
pub trait TokenStore: Clone + Send + Sync + 'static {
    /// Reads the tokens. Returns `None` if none are stored.
    fn load(&self) -> impl Future<Output = Result<Option<Tokens>, OauthError>> + Send;

    /// Stores the tokens and replaces the stored ones.
    fn save(&self, tokens: &Tokens) -> impl Future<Output = Result<(), OauthError>> + Send;
}

impl<T: Payload> TokenStore for State<T> {
    async fn load(&self) -> Result<Option<Tokens>, OauthError> {
        let Some(state) = self.get().await? else {
            return Ok(None);
        };
        let value = state.to_value().map_err(OauthError::Unfit)?;
        parse_typed(value).map(Some).map_err(OauthError::Unfit)
    }

    async fn save(&self, tokens: &Tokens) -> Result<(), OauthError> {
        let state = T::from_value(to_value(tokens)).or_else(|_| {
            // Without the optional lifetime, which the schema of the state may not declare.
            let tokens = Tokens {
                lifetime: None,
                ..tokens.clone()
            };
            T::from_value(to_value(&tokens))
        });
        Ok(self.set(&state.map_err(OauthError::Unfit)?).await?)
    }
}

fn to_value(tokens: &Tokens) -> Value {
    // Strings, numbers and times always serialize.
    serde_json::to_value(tokens).unwrap_or(Value::Null)
}
