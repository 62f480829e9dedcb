//! The integration on a port, and an emulator with its inspector that calls it.

use std::sync::Arc;

use contexture::testing::LogRecorder;
use contexture::{Definition as _, Environment, Secret, Server};
use contexture_emulator::api::Api;
use contexture_emulator::clock::Clock;
use contexture_emulator::definition::Definition;
use contexture_emulator::exchange::{Exchange, ExchangeFilter, RecordLimits, Recorder};
use contexture_emulator::ids::Ids;
use contexture_emulator::inspector;
use contexture_emulator::platform::{
    Instance, Integration, NewInstance, Platform, PlatformOptions, PlatformParts, ScriptEngine,
    ScriptError,
};
use contexture_emulator::program::Program;
use contexture_emulator::server::{bind, platform_routes, serve};
use contexture_emulator::storage::Storage;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::bot_api::BotApi;
use super::test_app::{TOKEN, WIZARD_KEY};
use super::walk::filled_link;
use crate::Telegram;
use crate::telegram::{self, Secrets};
use crate::telegram_api::TelegramApi;

/// Fills in link templates. The program that runs VRL is not a part of the workspace.
#[derive(Debug)]
struct LinkTemplates;

impl ScriptEngine for LinkTemplates {
    fn run(&self, script: &str, input: Value) -> Result<Value, ScriptError> {
        let text = |name: &str| input[name].as_str().unwrap();
        Ok(filled_link(script, text("webhookUrl"), text("webhookId")).into())
    }

    fn check(&self, _: &str) -> Result<(), ScriptError> {
        Ok(())
    }
}

pub(super) struct LocalBotpress {
    pub(super) telegram: BotApi,
    pub(super) platform: Platform,
    api: Api,
    address: String,
}

impl LocalBotpress {
    pub(super) async fn start() -> Self {
        let listener = bind(0).await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let (parts, api) = parts(&address);
        let options = PlatformOptions {
            scripts: Arc::new(LinkTemplates),
            ..PlatformOptions::default()
        };
        let platform = Platform::new(parts, integration(""), options).unwrap();
        serve_pages(listener, api.clone(), &platform);
        let (telegram, telegram_address) = BotApi::start(&[TOKEN]).await;
        let served = serve_telegram(&telegram_address, &address, &platform).await;
        platform.set_integration(integration(&served)).unwrap();
        Self {
            telegram,
            platform,
            api,
            address,
        }
    }

    /// Installs the integration with the primary configuration, which has the link.
    pub(super) async fn install(&self) -> Instance {
        let new = NewInstance {
            configuration: json!({}),
            ..NewInstance::default()
        };
        self.platform.install(new).await.unwrap()
    }

    /// The address of an instance's page.
    pub(super) fn page_of(&self, instance: &Instance) -> String {
        format!(
            "{}/inspector/instances/{}",
            self.address, instance.webhook_id
        )
    }

    /// All that is recorded, the oldest first.
    pub(super) fn record(&self) -> Vec<Exchange> {
        let all = ExchangeFilter::default();
        let mut exchanges = self.platform.recorder().list(&all).unwrap();
        exchanges.reverse();
        exchanges
    }

    /// The token of the bot in the stored state `credentials`.
    pub(super) fn stored_token(&self, instance: &Instance) -> Option<String> {
        let states = self.api.states(&instance.bot_id, &instance.alias).unwrap();
        let stored = states.iter().find(|state| state["name"] == "credentials")?;
        stored["payload"]["botToken"].as_str().map(str::to_owned)
    }
}

fn parts(address: &str) -> (PlatformParts, Api) {
    let storage = Storage::in_memory().unwrap();
    let clock = Clock::system();
    let ids = Ids::new(clock.clone());
    let limits = RecordLimits::default();
    let api = Api::with_ids(storage.clone(), clock.clone(), ids.clone());
    let parts = PlatformParts {
        recorder: Recorder::new(storage.clone(), ids.clone(), clock.clone(), limits).unwrap(),
        api: api.clone(),
        storage,
        ids,
        clock,
        base_url: address.to_owned(),
    };
    (parts, api)
}

fn integration(address: &str) -> Integration {
    let document = telegram::Definition::DOCUMENT.json;
    Integration {
        definition: Definition::new(serde_json::from_str(document).unwrap()),
        address: address.to_owned(),
        secrets: [("WIZARD_KEY".to_owned(), WIZARD_KEY.to_owned())].into(),
    }
}

fn serve_pages(listener: TcpListener, api: Api, platform: &Platform) {
    let pages = inspector::routes(platform.clone(), Program::new());
    let routes = platform_routes(platform).merge(pages);
    tokio::spawn(serve(listener, api, routes, std::future::pending()));
}

/// Serves the integration on a free port, and returns its address.
async fn serve_telegram(telegram: &str, botpress: &str, platform: &Platform) -> String {
    let environment = Environment::new()
        .log_sink(Arc::new(LogRecorder::new()))
        .api_url(botpress)
        .token(platform.token())
        .webhook_url(platform.webhook_base_url());
    let handlers = Telegram::new(TelegramApi::new(telegram).unwrap());
    let service = telegram::service(handlers)
        .environment(environment)
        .secrets(Secrets {
            wizard_key: Secret::from(WIZARD_KEY),
        });
    let server = Server::new(service).listen(([127, 0, 0, 1], 0));
    let server = server.bind().await.unwrap();
    let address = format!("http://{}", server.address());
    tokio::spawn(server.run_until(std::future::pending()));
    address
}
