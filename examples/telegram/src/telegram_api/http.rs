//! Requests to Telegram, with one pool of connections.

use std::time::Duration;

use reqwest::redirect::Policy;
use serde::Deserialize;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Bot, BotToken, TelegramError};

/// The address of the public API.
pub(crate) const PUBLIC_ADDRESS: &str = "https://api.telegram.org";

const TIME_OUT: Duration = Duration::from_secs(30);
/// How long a request waits at most when Telegram asks to.
const LONGEST_PAUSE: Duration = Duration::from_secs(15);

/// Telegram's API, as any bot reaches it.
#[derive(Clone, Debug)]
pub(crate) struct TelegramApi {
    http: reqwest::Client,
    address: String,
}

/// What Telegram answers to everything.
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
    /// Makes a client of the API at this address.
    pub(crate) fn new(address: impl Into<String>) -> reqwest::Result<Self> {
        let address = address.into();
        let http = http_client(&address)?;
        Ok(Self { http, address })
    }

    /// The API as the bot with this token reaches it.
    pub(crate) fn bot(&self, token: BotToken) -> Bot {
        Bot::new(self.clone(), token)
    }

    /// Calls a method. When Telegram asks for a pause, and it is short enough, the method is called once more after it.
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
                "without words that can be read".to_owned(),
                None,
            )),
            Err(error) => Err(TelegramError::unreadable(error)),
        }
    }

    /// Asks for a file that the bot may read.
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

/// How long to wait before the request is sent again; `None` when it is not.
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

/// Makes an HTTP client for one address. It follows no redirect: the address that it came from, token and all, would go
/// along.
///
/// An address without TLS is that of a stand-in on this machine: neither certificates nor a proxy are looked for, and
/// it works where there are none.
fn http_client(address: &str) -> reqwest::Result<reqwest::Client> {
    // The error says that the process has chosen before, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder()
        .user_agent("contexture-telegram-example")
        .redirect(Policy::none())
        .timeout(TIME_OUT);
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
    fn a_pause_is_as_long_as_telegram_asks_for() {
        assert_eq!(pause(&refusal(429, Some(3))), Some(Duration::from_secs(3)));
    }

    #[test]
    fn nobody_waits_for_minutes_or_for_another_reason() {
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
