//! Requests to Telegram with one connection pool.

use std::time::Duration;

use reqwest::redirect::Policy;
use serde::Deserialize;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Bot, BotToken, TelegramError};

/// The base URL of the public API.
pub(crate) const PUBLIC_ADDRESS: &str = "https://api.telegram.org";

const TIMEOUT: Duration = Duration::from_secs(30);
/// The longest pause before a retry.
const LONGEST_PAUSE: Duration = Duration::from_secs(15);

/// Telegram's API for any bot.
#[derive(Clone, Debug)]
pub(crate) struct TelegramApi {
    http: reqwest::Client,
    address: String,
}

/// The common form of Telegram's responses.
#[derive(Deserialize)]
struct Answer<T> {
    result: Option<T>,
    #[serde(default)]
    error_code: u16,
    #[serde(default)]
    description: String,
    #[serde(default)]
    parameters: AnswerParameters,
}

#[derive(Default, Deserialize)]
struct AnswerParameters {
    retry_after: Option<u64>,
}

impl TelegramApi {
    /// Creates a client of the API at this base URL.
    pub(crate) fn new(address: impl Into<String>) -> reqwest::Result<Self> {
        let address = address.into();
        let http = http_client(&address)?;
        Ok(Self { http, address })
    }

    /// The API for the bot with this token.
    pub(crate) fn bot(&self, token: BotToken) -> Bot {
        Bot::new(self.clone(), token)
    }

    /// Calls a method. If the response requires a short pause, retries once after it.
    pub(super) async fn call<T: DeserializeOwned>(
        &self,
        token: &BotToken,
        method: &str,
        parameters: &impl Serialize,
    ) -> Result<T, TelegramError> {
        let answer = self.call_once(token, method, parameters).await;
        let Some(pause) = answer.as_ref().err().and_then(pause) else {
            return answer;
        };
        tokio::time::sleep(pause).await;
        self.call_once(token, method, parameters).await
    }

    async fn call_once<T: DeserializeOwned>(
        &self,
        token: &BotToken,
        method: &str,
        parameters: &impl Serialize,
    ) -> Result<T, TelegramError> {
        let url = format!("{}/bot{}/{method}", self.address, token.expose());
        let response = self.http.post(url).json(parameters).send().await;
        let response = response.map_err(TelegramError::unreachable)?;
        let status = response.status();
        match response.json::<Answer<T>>().await {
            Ok(Answer {
                result: Some(result),
                ..
            }) => Ok(result),
            Ok(answer) => Err(TelegramError::refused(
                Some(answer.error_code)
                    .filter(|code| *code != 0)
                    .unwrap_or(status.as_u16()),
                answer.description.replace(token.expose(), "…"),
                answer.parameters.retry_after,
            )),
            Err(_) if !status.is_success() => Err(TelegramError::refused(
                status.as_u16(),
                "no description".to_owned(),
                None,
            )),
            Err(error) => Err(TelegramError::unreadable(error)),
        }
    }

    /// Requests a file.
    pub(super) async fn file(
        &self,
        token: &BotToken,
        path: &str,
    ) -> Result<reqwest::Response, TelegramError> {
        let url = format!("{}/file/bot{}/{path}", self.address, token.expose());
        let response = self.http.get(url).send().await;
        let response = response.map_err(TelegramError::unreachable)?;
        if response.status().is_success() {
            return Ok(response);
        }
        let description = "the file cannot be fetched".to_owned();
        let code = response.status().as_u16();
        Err(TelegramError::refused(code, description, None))
    }
}

/// The pause before a retry. `None` for no retry.
fn pause(error: &TelegramError) -> Option<Duration> {
    let TelegramError::Refused {
        code: 429,
        retry_after,
        ..
    } = error
    else {
        return None;
    };
    retry_after
        .map(Duration::from_secs)
        .filter(|pause| *pause <= LONGEST_PAUSE)
}

/// Creates an HTTP client for one base URL. It follows no redirects, because the referrer would contain the token.
///
/// A URL without TLS belongs to a mock on this machine. The client then loads neither certificates nor proxy settings,
/// so it works on a machine without them.
fn http_client(address: &str) -> reqwest::Result<reqwest::Client> {
    // An error means that the process already has a provider.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder()
        .user_agent("contexture-telegram-example")
        .redirect(Policy::none())
        .timeout(TIMEOUT);
    if address.starts_with("http://") {
        client.tls_certs_only([]).no_proxy().build()
    } else {
        client.build()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(code: u16, retry_after: Option<u64>) -> TelegramError {
        TelegramError::refused(code, String::new(), retry_after)
    }

    #[test]
    fn the_retry_waits_for_the_time_in_the_response() {
        assert_eq!(pause(&refusal(429, Some(3))), Some(Duration::from_secs(3)));
    }

    #[test]
    fn long_pauses_and_other_errors_are_not_retried() {
        assert_eq!(pause(&refusal(429, Some(600))), None);
        assert_eq!(pause(&refusal(429, None)), None);
        assert_eq!(pause(&refusal(400, Some(1))), None);
    }

    #[tokio::test]
    async fn an_error_of_the_connection_shows_no_token() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        drop(listener);
        let api = TelegramApi::new(format!("http://{address}")).unwrap();
        let token = BotToken::parse("1:nobody-may-see-this").unwrap();
        let answer: Result<bool, _> = api.call(&token, "getMe", &()).await;
        let error = answer.unwrap_err();
        assert!(matches!(error, TelegramError::Unreachable(_)), "{error}");
        let shown = format!("{error:?} {error}");
        assert!(!shown.contains("nobody-may-see-this"), "{shown}");
    }
}
