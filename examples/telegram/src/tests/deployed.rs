//! The integration is deployed with `contexture deploy`, connected, called, and deployed again while it is called.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use bytes::Bytes;
use contexture::client::{HttpTransport, Transport as _};
use contexture::testing::{LogRecorder, Visitor};
use contexture::{Environment, Secret, Server, VerifyCallsLayer, WebhookRequest};
use contexture_emulator::admin::NewWorkspace;
use contexture_emulator::platform::{Instance, NewInstance, Platform, RegistrationStatus};
use contexture_emulator::server::{Emulator, EmulatorOptions};
use http::{Request, Response};
use serde_json::json;
use tokio::sync::oneshot;

use super::bot_api::BotApi;
use super::test_app::{TOKEN, WIZARD_KEY};
use crate::Telegram;
use crate::telegram::{self, Secrets};
use crate::telegram_api::TelegramApi;

const PAT: &str = "bp_pat_of_the_emulator";

/// A Botpress to deploy to, and the files of the command.
struct Deployment {
    emulator: Emulator,
    folder: tempfile::TempDir,
}

/// A copy of the integration that runs, until it is stopped.
struct Running {
    address: String,
    end: oneshot::Sender<()>,
}

impl Deployment {
    async fn start() -> Self {
        let options = EmulatorOptions {
            token: PAT.to_owned(),
            workspace: NewWorkspace {
                name: "Acme".to_owned(),
                handle: Some("acme".to_owned()),
            },
            ..EmulatorOptions::default()
        };
        let emulator = Emulator::start(options).await.unwrap();
        let interface = json!({
            "name": "typing-indicator", "version": "0.0.4", "actions": {}, "events": {}, "channels": {}, "entities": {},
        });
        let interface = interface.as_object().unwrap();
        emulator.admin.publish_interface(interface).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let profile = json!({ "test": {
            "apiUrl": emulator.address, "token": PAT, "workspaceId": emulator.workspace_id,
        } });
        fs::write(folder.path().join("profiles.json"), profile.to_string()).unwrap();
        Self { emulator, folder }
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }

    /// Runs `contexture deploy` with the address of a copy.
    async fn deploy(&self, url: &str, arguments: &[&str]) {
        let definition =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../../definitions/telegram.yaml");
        let mut all = vec!["contexture".to_owned(), "deploy".to_owned()];
        all.push(definition.to_str().unwrap().to_owned());
        let home = self.folder.path().to_str().unwrap();
        let env = self.path("env");
        let common = [
            "--url",
            url,
            "--yes",
            "--allow-deprecated",
            "--profile",
            "test",
            "--botpress-home",
            home,
            "--env-file",
            &env,
        ];
        all.extend(
            common
                .iter()
                .chain(arguments)
                .map(|text| (*text).to_owned()),
        );
        let deploy = tokio::task::spawn_blocking(move || {
            let mut printed = String::new();
            let outcome = contexture_cli::run_on(all, false, &mut |outcome| {
                printed += &outcome.errors;
                std::ops::ControlFlow::Continue(())
            });
            (outcome.status, printed + &outcome.errors)
        });
        let (status, printed) = deploy.await.unwrap();
        assert_eq!(status, 0, "{printed}");
    }

    /// A variable of the file that the command wrote.
    fn variable(&self, name: &str) -> String {
        let text = fs::read_to_string(self.path("env")).unwrap();
        let value = text
            .lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
        value.unwrap_or_else(|| panic!("no {name}")).to_owned()
    }

    fn platform(&self) -> Platform {
        let deployed = self.emulator.admin.integrations().deployed();
        assert_eq!(deployed.len(), 1);
        deployed[0].clone()
    }

    /// Serves the integration with the variables that the command wrote.
    async fn serve(&self, telegram: &str, calls: &Arc<AtomicUsize>) -> Running {
        let environment = Environment::new()
            .log_sink(Arc::new(LogRecorder::new()))
            .api_url(self.variable("BP_API_URL"))
            .token(self.variable("BP_TOKEN"))
            .webhook_url(self.platform().webhook_base_url());
        let handlers = Telegram::new(TelegramApi::new(telegram).unwrap());
        let service = telegram::service(handlers)
            .environment(environment)
            .secrets(Secrets {
                wizard_key: Secret::from(self.variable("SECRET_WIZARD_KEY")),
            });
        let signed = VerifyCallsLayer::new([self.variable("BP_SIGNING_SECRET")]).unwrap();
        let server = Server::new(service)
            .listen(([127, 0, 0, 1], 0))
            .verify_calls(signed);
        let server = server.bind().await.unwrap();
        let address = format!("http://{}", server.address());
        let (end, ended) = oneshot::channel::<()>();
        let calls = Arc::clone(calls);
        tokio::spawn(async move {
            server.run_until(async { drop(ended.await) }).await;
            calls.fetch_add(1, Ordering::SeqCst);
        });
        Running { address, end }
    }
}

/// Sends what a browser sends to the webhook address.
async fn browse(platform: &Platform, request: &WebhookRequest) -> Response<Bytes> {
    let base = platform.webhook_base_url();
    let (_, host) = base.split_once("://").unwrap();
    let path_of_base = host.find('/').map_or("", |at| &host[at..]);
    let path = request
        .path
        .strip_prefix(path_of_base)
        .unwrap_or(&request.path);
    let separator = if request.query.is_empty() { "" } else { "?" };
    let mut sent = Request::builder()
        .method(request.method.as_str())
        .uri(format!("{base}{path}{separator}{}", request.query));
    for (name, value) in request.headers.iter() {
        sent = sent.header(name, value);
    }
    let body = request.body.unverified_text().to_owned();
    let sent = sent.body(Bytes::from(body).into()).unwrap();
    HttpTransport::new().send(sent).await.unwrap()
}

/// Walks through the pages behind the authorization link.
async fn connect(platform: &Platform, instance: &Instance) {
    let mut visitor = Visitor::new();
    let link = format!("/oauth/wizard/start?state={}", instance.webhook_id);
    let page = browse(platform, &visitor.open(&link)).await;
    assert_eq!(page.status(), 200, "{page:?}");
    visitor.keep(&page);
    let sent = browse(platform, &visitor.submit(&page, &[("botToken", TOKEN)])).await;
    assert_eq!(sent.status(), 303, "{sent:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deployed_integration_is_connected_called_and_deployed_again_without_a_lost_call() {
    let botpress = Deployment::start().await;
    let (_telegram, telegram_address) = BotApi::start(&[TOKEN]).await;
    // The secrets are known before there is a process that could have an address.
    let key = format!("WIZARD_KEY={WIZARD_KEY}");
    botpress
        .deploy("http://127.0.0.1:9", &["--mint-key", "--secrets", &key])
        .await;
    let ended = Arc::new(AtomicUsize::new(0));
    let first = botpress.serve(&telegram_address, &ended).await;
    botpress.deploy(&first.address, &[]).await;

    let platform = botpress.platform();
    let new = NewInstance {
        configuration: json!({}),
        ..NewInstance::default()
    };
    let instance = platform.install(new).await.unwrap();
    assert_eq!(instance.status, RegistrationStatus::RegistrationFailed);
    connect(&platform, &instance).await;
    let instance = platform.instance(&instance.webhook_id).unwrap();
    assert_eq!(
        instance.status,
        RegistrationStatus::Registered,
        "{:?}",
        instance.reason
    );
    let unsigned = Request::post(&first.address).header("x-bp-operation", "ping");
    let unsigned = unsigned.body(Bytes::from_static(b"{}").into()).unwrap();
    let refused = HttpTransport::new().send(unsigned).await.unwrap();
    assert_eq!(refused.status(), 401);

    let second = botpress.serve(&telegram_address, &ended).await;
    let is_over = Arc::new(AtomicBool::new(false));
    let callers: Vec<_> = (0..4)
        .map(|_| {
            tokio::spawn(call_until(
                platform.clone(),
                instance.webhook_id.clone(),
                Arc::clone(&is_over),
            ))
        })
        .collect();
    botpress.deploy(&second.address, &[]).await;
    // Calls that have begun come to their end before the first copy does.
    first.end.send(()).unwrap();
    while ended.load(Ordering::SeqCst) == 0 {
        tokio::task::yield_now().await;
    }
    is_over.store(true, Ordering::SeqCst);
    let mut calls = 0;
    for caller in callers {
        calls += caller.await.unwrap();
    }
    assert!(calls > 0);
    let answer = platform.ping(&instance.webhook_id).await.unwrap();
    assert!(answer.status.is_success(), "{:?}", answer.json());
    drop(second.end);
}

/// Calls an installation until it is over, and once more. Gives the number of calls, all of which succeeded.
async fn call_until(platform: Platform, webhook_id: String, is_over: Arc<AtomicBool>) -> usize {
    let mut calls = 0;
    loop {
        let is_last = is_over.load(Ordering::SeqCst);
        let answer = platform.ping(&webhook_id).await.unwrap();
        assert!(answer.status.is_success(), "{:?}", answer.json());
        calls += 1;
        if is_last {
            return calls;
        }
    }
}
