//! The three servers, and a client for them.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use contexture::log::{LogFormat, LogLevel, LogSettings};
use contexture::prelude::*;
use contexture::{Environment, Server};
use serde_json::Value;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::botpress::Botpress;
use super::browser::http_client;
use super::github_service::GitHubService;
use super::journal::{Entry, Journal, Peer};
use super::setting::{
    ALIAS, BOT, BOT_USER, BOTPRESS_TOKEN, INTEGRATION, WEBHOOK, WEBHOOK_BASE_URL, secrets,
};
use super::stand_in::{self, Asked};
use super::step::Step;
use crate::GitHub;
use crate::github::service;

/// The running servers.
#[derive(Debug)]
pub(super) struct Stage {
    pub(super) integration: SocketAddr,
    pub(super) botpress: SocketAddr,
    pub(super) github: SocketAddr,
    http: reqwest::Client,
    pub(super) journal: Journal,
    stop: oneshot::Sender<()>,
    server: JoinHandle<()>,
}

/// The result of a request.
#[derive(Debug)]
pub(super) struct Outcome {
    pub(super) status: u16,
    /// The response as JSON, or as a string if it is not JSON.
    pub(super) answer: Value,
    /// The redirect target. The shown response has it without its query.
    pub(super) location: Option<String>,
    /// The cookie that the response sets: a name and a value.
    pub(super) cookie: String,
    /// The records of the request.
    pub(super) entries: Vec<Entry>,
}

impl Stage {
    /// Starts the servers, each on a free port of loopback.
    pub(super) async fn set_up() -> Result<Self> {
        let journal = Journal::default();
        let (at_botpress, at_github) = (Botpress::default(), GitHubService::new(WEBHOOK_BASE_URL));
        let answer = move |asked: &Asked| at_botpress.answer(asked);
        let botpress = stand_in::start(Peer::Botpress, journal.clone(), answer).await?;
        let answer = move |asked: &Asked| at_github.answer(asked);
        let github = stand_in::start(Peer::GitHub, journal.clone(), answer).await?;
        let environment = Environment::new()
            .api_url(format!("http://{botpress}"))
            .token(BOTPRESS_TOKEN)
            .webhook_url(WEBHOOK_BASE_URL)
            .log(LogSettings {
                level: Some(LogLevel::Debug),
                format: LogFormat::Json,
            })
            // Its durations would differ between transcripts.
            .access_log(false)
            .log_sink(Arc::new(journal.clone()));
        let address = format!("http://{github}");
        let service = service(GitHub::at(&address, &address))
            .secrets(secrets())
            .environment(environment);
        let server = Server::new(service).listen((Ipv4Addr::LOCALHOST, 0));
        let server = server.bind().await?;
        let integration = server.address();
        let (stop, stopped) = oneshot::channel();
        let server = tokio::spawn(server.run_until(async {
            // A dropped sender has the same meaning as a message.
            let _ = stopped.await;
        }));
        Ok(Self {
            integration,
            botpress,
            github,
            http: http_client()?,
            journal,
            stop,
            server,
        })
    }

    /// Sends a request as Botpress does.
    pub(super) async fn send(&self, step: &Step) -> Result<Outcome> {
        self.journal.take();
        let request = self
            .http
            .post(format!("http://{}", self.integration))
            .header("x-bot-id", BOT)
            .header("x-bot-user-id", BOT_USER)
            .header("x-integration-id", INTEGRATION)
            .header("x-integration-alias", ALIAS)
            .header("x-webhook-id", WEBHOOK)
            .header("x-bp-operation", step.operation.as_str())
            .header("x-bp-configuration-type", step.configuration_type)
            .header("x-bp-configuration", &step.configuration);
        let response = request.json(&step.body).send().await?;
        let status = response.status().as_u16();
        let location = location(&response);
        let cookie = cookie(&response);
        let text = response.text().await?;
        let answer = match location
            .as_deref()
            .and_then(|address| address.split('?').next())
        {
            Some(page) => Value::String(format!("→ {page}")),
            None => serde_json::from_str(&text).unwrap_or(Value::String(text)),
        };
        Ok(Outcome {
            status,
            answer,
            location,
            cookie,
            entries: self.journal.take(),
        })
    }

    /// Opens a page as a browser does, and returns the redirect target.
    pub(super) async fn browse(&self, address: &str) -> Result<String> {
        let response = self.http.get(address).send().await?;
        Ok(location(&response).ok_or("the page leads nowhere")?)
    }

    /// Stops the integration gracefully: running calls complete first.
    pub(super) async fn tear_down(self) -> Result {
        drop(self.http);
        // An error means that the server stopped by itself. Joining it returns the reason.
        let _ = self.stop.send(());
        self.server.await?;
        Ok(())
    }
}

pub(super) fn location(response: &reqwest::Response) -> Option<String> {
    let location = response.headers().get("location")?;
    location.to_str().ok().map(str::to_owned)
}

fn cookie(response: &reqwest::Response) -> String {
    let cookie = response.headers().get("set-cookie");
    let cookie = cookie.and_then(|cookie| cookie.to_str().ok());
    let pair = cookie.and_then(|cookie| cookie.split(';').next());
    pair.unwrap_or_default().to_owned()
}
