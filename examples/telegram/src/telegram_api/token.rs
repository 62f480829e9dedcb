//! A bot's token, and the secret that is derived from it.

use contexture::Secret;
use contexture::webhook::signature::Algorithm;

/// The token of a bot: its identifier, a colon and a secret part.
///
/// It contains only characters that need no escaping in a path.
#[derive(Clone, Debug)]
pub(crate) struct BotToken(Secret);

/// The error for a text that is not a bot's token. It does not quote the text.
#[derive(Debug, thiserror::Error)]
#[error(
    "a bot token is digits, a colon, and then letters, digits, `-` and `_`, as @BotFather shows it"
)]
pub(crate) struct InvalidToken;

impl BotToken {
    /// Parses a token. White space around it is ignored.
    pub(crate) fn parse(text: &str) -> Result<Self, InvalidToken> {
        let text = text.trim();
        let (id, key) = text.split_once(':').ok_or(InvalidToken)?;
        let is_id = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
        let in_key = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
        if is_id && !key.is_empty() && key.bytes().all(in_key) {
            Ok(Self(Secret::from(text)))
        } else {
            Err(InvalidToken)
        }
    }

    /// The token itself.
    pub(crate) fn expose(&self) -> &str {
        self.0.expose()
    }

    /// The identifier of the bot, which is not a secret.
    pub(crate) fn bot_id(&self) -> &str {
        let (id, _) = self.expose().split_once(':').unwrap_or_default();
        id
    }

    /// The secret that Telegram sends with every update to this webhook.
    ///
    /// It is derived from the token, so it is stored nowhere and changes with the token.
    pub(crate) fn webhook_secret(&self, webhook_id: &str) -> Secret {
        let message = format!("the secret of the webhook {webhook_id}");
        let signature = Algorithm::Sha256.sign(self.expose().as_bytes(), message.as_bytes());
        Secret::from(signature.hex())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11";

    #[test]
    fn a_token_is_read_with_white_space_around_it() {
        let token = BotToken::parse(&format!(" {TOKEN}\n")).unwrap();
        assert_eq!((token.expose(), token.bot_id()), (TOKEN, "123456"));
        assert!(!format!("{token:?}").contains("ABC"));
    }

    #[test]
    fn text_that_would_change_the_path_of_a_request_is_not_a_token() {
        for text in [
            "", "123", ":abc", "123:", "a1:abc", "1:a/../b", "1:a?b", "1:a b", "1:é",
        ] {
            assert!(BotToken::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_secret_of_a_webhook_is_its_own() {
        let secret = |token: &str, webhook_id: &str| {
            let token = BotToken::parse(token).unwrap();
            token.webhook_secret(webhook_id).into_exposed()
        };
        let own = secret(TOKEN, "webhook-1");
        assert_eq!(own, secret(TOKEN, "webhook-1"));
        assert_ne!(own, secret(TOKEN, "webhook-2"));
        assert_ne!(own, secret("123456:another", "webhook-1"));
        // Telegram allows up to 256 letters, digits, `-` and `_`.
        assert_eq!(own.len(), 64);
        assert!(own.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    }
}
