//! Errors of Telegram, and their messages for the bot's owner.

use contexture::Explanation;

/// The error of a request to Telegram. Neither `Debug` nor `Display` shows a URL, because it contains the token.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TelegramError {
    #[error("cannot reach Telegram")]
    Unreachable(#[source] reqwest::Error),
    #[error("cannot decode Telegram's response")]
    Unreadable(#[source] reqwest::Error),
    #[error("Telegram responded with {code}: {description}")]
    Refused {
        code: u16,
        description: String,
        /// The number of seconds to wait before a retry.
        retry_after: Option<u64>,
        /// The advice for the bot's owner. Without it, Botpress may retry.
        #[source]
        advice: Option<Explanation>,
    },
}

impl TelegramError {
    pub(super) fn unreachable(error: reqwest::Error) -> Self {
        Self::Unreachable(error.without_url())
    }

    pub(super) fn unreadable(error: reqwest::Error) -> Self {
        Self::Unreadable(error.without_url())
    }

    pub(crate) fn refused(code: u16, description: String, retry_after: Option<u64>) -> Self {
        let advice = advice(code, &description, retry_after).map(Explanation::new);
        Self::Refused {
            code,
            description,
            retry_after,
            advice,
        }
    }

    /// Whether Telegram rejects the request permanently.
    pub(crate) fn is_bad_request(&self) -> bool {
        matches!(self, Self::Refused { code: 400, .. })
    }
}

/// The message for the bot's owner, if there is something that they can do.
fn advice(code: u16, description: &str, retry_after: Option<u64>) -> Option<String> {
    let advice = match code {
        // Telegram responds with 404 to an unknown token.
        401 | 404 => "Telegram does not accept the bot token: \
            open the authorization link again and enter the token that @BotFather shows"
            .to_owned(),
        403 => format!(
            "The bot may not write to this chat: \
             the user blocked it, or it is no longer in the group ({description})"
        ),
        409 => format!("Another program uses this bot ({description})"),
        429 => match retry_after {
            Some(seconds) => {
                format!("Telegram limits the rate of messages: try again in {seconds} seconds")
            }
            None => "Telegram limits the rate of messages: try again later".to_owned(),
        },
        400..500 => format!("Telegram rejected the request: {description}"),
        _ => return None,
    };
    Some(advice)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(code: u16) -> Option<String> {
        let description = "Bad Request: the reason".to_owned();
        let error = contexture::Error::from(TelegramError::refused(code, description, None));
        error.as_api().map(|error| error.message.clone())
    }

    #[test]
    fn errors_that_the_owner_can_fix_have_advice() {
        assert!(told(401).unwrap().contains("authorization link"));
        assert!(told(403).unwrap().contains("blocked"));
        assert!(told(400).unwrap().ends_with("the reason"));
    }

    #[test]
    fn a_server_error_of_telegram_is_retryable() {
        assert_eq!(told(502), None);
    }
}
