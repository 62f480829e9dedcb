//! An integration from its deployment to its removal: called signed, authorized, and deployed again during calls.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::extract::Request;
use contexture::Environment;
use contexture_emulator::clock::Clock;
use contexture_emulator::exchange::{ExchangeFilter, ExchangeKind, ExchangeNotice};
use contexture_emulator::platform::{
    CallProblem, PlatformError, PlatformOptions, RegistrationStatus, ScriptEngine, ScriptError,
};
use contexture_emulator::server::{Emulator, EmulatorOptions};
use http::Method;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

use crate::bench::{Bench, NOW, TOKEN, id, small, workspace};
use crate::connects::{Connects, TEAM, walk};
use crate::service::{body, deployed, install, parity, serve};

const DAY: u64 = 24 * 60 * 60 * 1000;

/// Creates the reference integration. Its address follows.
async fn created(bench: &Bench) -> (String, String) {
    let created = bench.create(&body()).await;
    let secret = created["signingSecret"].as_str().unwrap().to_owned();
    (format!("/v1/admin/integrations/{}", id(&created)), secret)
}

fn id_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap()
}

#[tokio::test]
async fn a_deployed_integration_is_registered_and_called_with_its_signing_secret() {
    let bench = Bench::new().await;
    let (path, secret) = created(&bench).await;
    let url = parity(&[&secret]).await;
    bench.done(Method::PUT, &path, &json!({ "url": url })).await;
    let platform = deployed(&bench, id_of(&path));
    let instance = install(&platform).await;
    assert_eq!(instance.status, RegistrationStatus::Registered);
    let webhook = &instance.webhook_id;
    let input = json!({ "name": "Ada" });
    let answer = platform
        .call_action(webhook, "hello", &input)
        .await
        .unwrap();
    assert_eq!(answer.json()["output"]["message"], "hello Ada");
    let request = http::Request::post(platform.webhook_url(webhook));
    let (status, _) = bench.send(request, &json!({})).await;
    assert_eq!(status, 200, "a webhook reaches the integration");
}

#[tokio::test]
async fn an_integration_with_another_signing_secret_refuses_the_calls() {
    let bench = Bench::new().await;
    let (path, _) = created(&bench).await;
    let url = parity(&["YW5vdGhlciBzZWNyZXQ"]).await;
    bench.done(Method::PUT, &path, &json!({ "url": url })).await;
    let instance = install(&deployed(&bench, id_of(&path))).await;
    assert_eq!(instance.status, RegistrationStatus::RegistrationFailed);
}

#[tokio::test]
async fn code_is_kept_and_a_call_says_that_it_is_not_run() {
    let bench = Bench::new().await;
    let mut body = body();
    body["code"] = "module.exports = {}".into();
    let created = bench.create(&body).await;
    let instance = install(&deployed(&bench, id(&created))).await;
    assert_eq!(instance.status, RegistrationStatus::RegistrationFailed);
    let reason = instance.reason.unwrap();
    assert!(reason.contains("does not run its code"), "{reason}");
}

#[tokio::test]
async fn an_old_signing_secret_is_accepted_for_a_day_after_its_rotation() {
    let bench = Bench::new().await;
    let (path, old) = created(&bench).await;
    let rotated = bench
        .done(
            Method::POST,
            &format!("{path}/signing-secrets/rotate"),
            &json!({}),
        )
        .await;
    let new = rotated["newSigningSecret"].as_str().unwrap();
    let platform = deployed(&bench, id_of(&path));
    let [with_old, with_new] = [parity(&[&old]).await, parity(&[new]).await];
    let called_at = async |url: &str| {
        bench.done(Method::PUT, &path, &json!({ "url": url })).await;
        let instance = install(&platform).await;
        platform.ping(&instance.webhook_id).await
    };
    called_at(&with_old).await.unwrap();
    called_at(&with_new).await.unwrap();
    bench.clock.advance(DAY + 1);
    called_at(&with_new).await.unwrap();
    match called_at(&with_old).await.unwrap_err() {
        PlatformError::Call(failed) => assert_eq!(failed.problem, CallProblem::Unauthorized),
        other => panic!("{other}"),
    }
}

/// An integration that answers each call once it is allowed to, and counts the calls that it answered.
async fn held(permits: Arc<Semaphore>, answered: Arc<AtomicUsize>) -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let router = Router::new().fallback(async move |request: Request| {
        if request.headers()["x-bp-operation"] == "action_triggered" {
            permits.acquire().await.unwrap().forget();
            answered.fetch_add(1, Ordering::SeqCst);
            return r#"{"output":{}}"#;
        }
        "{}"
    });
    tokio::spawn(async move { axum::serve(listener, router).await });
    url
}

#[tokio::test]
async fn no_call_is_lost_while_an_integration_is_deployed_again() {
    const CALLS: usize = 200;
    const DEPLOYMENTS: usize = 20;

    let bench = Bench::new().await;
    let (permits, answered) = (Arc::new(Semaphore::new(0)), Arc::new(AtomicUsize::new(0)));
    let urls = [
        held(permits.clone(), answered.clone()).await,
        held(permits.clone(), answered.clone()).await,
    ];
    let mut body = small("1.0.0");
    body["url"] = urls[0].as_str().into();
    let created = bench.create(&body).await;
    let path = format!("/v1/admin/integrations/{}", id(&created));
    let platform = deployed(&bench, id(&created));
    let new = contexture_emulator::platform::NewInstance {
        configuration: json!({}),
        ..Default::default()
    };
    let webhook = platform.install(new).await.unwrap().webhook_id;
    let mut calls = Vec::new();
    for deployment in 0..DEPLOYMENTS {
        for _ in 0..CALLS / DEPLOYMENTS {
            let (platform, webhook) = (platform.clone(), webhook.clone());
            calls.push(tokio::spawn(async move {
                platform.call_action(&webhook, "greet", &json!({})).await
            }));
        }
        // The calls wait for their permits while another address and another definition are deployed.
        let update = json!({
            "url": urls[(deployment + 1) % 2],
            "events": { format!("event{deployment}"): { "schema": {} } },
        });
        bench.done(Method::PUT, &path, &update).await;
        permits.add_permits(CALLS / DEPLOYMENTS / 2);
    }
    permits.add_permits(CALLS);
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(answered.load(Ordering::SeqCst), CALLS);
    assert_eq!(platform.definition().events().count(), DEPLOYMENTS);
    assert_eq!(platform.address(), urls[DEPLOYMENTS % 2]);
}

#[tokio::test]
async fn the_instances_of_an_updated_integration_are_registered_again() {
    let bench = Bench::new().await;
    let (path, secret) = created(&bench).await;
    let url = parity(&[&secret]).await;
    bench.done(Method::PUT, &path, &json!({ "url": url })).await;
    let platform = deployed(&bench, id_of(&path));
    install(&platform).await;
    let mut notices = platform.recorder().listen();
    bench
        .done(Method::PUT, &path, &json!({ "title": "Other" }))
        .await;
    let finished = loop {
        if let ExchangeNotice::Finished { id } = notices.recv().await.unwrap() {
            break platform.recorder().find(&id).unwrap().unwrap();
        }
    };
    assert_eq!(finished.name, "register");
    assert!(finished.is_ok());
}

/// Runs a script that stands for the link to a wizard.
#[derive(Debug)]
struct Links;

impl ScriptEngine for Links {
    fn run(&self, _: &str, input: Value) -> Result<Value, ScriptError> {
        let text = |name: &str| input[name].as_str().unwrap().to_owned();
        let (base, webhook) = (text("webhookUrl"), text("webhookId"));
        Ok(json!(format!("{base}/oauth/wizard/start?state={webhook}")))
    }

    fn check(&self, _: &str) -> Result<(), ScriptError> {
        Ok(())
    }
}

async fn bench_with_links() -> Bench {
    let clock = Clock::manual(NOW);
    let options = EmulatorOptions {
        token: TOKEN.to_owned(),
        workspace: workspace("acme"),
        clock: clock.clone(),
        platform: PlatformOptions {
            scripts: Arc::new(Links),
            ..PlatformOptions::default()
        },
        ..EmulatorOptions::default()
    };
    let emulator = Emulator::start(options).await.unwrap();
    Bench { emulator, clock }
}

#[tokio::test]
async fn the_wizard_of_a_deployed_integration_is_walked_from_its_link() {
    let bench = bench_with_links().await;
    // Others are deployed too, so that the right one has to be found.
    bench.create(&small("1.0.0")).await;
    let mut body = body();
    body["configuration"]["identifier"] = json!({ "required": true, "linkTemplateScript": "link" });
    let created = bench.create(&body).await;
    bench.create(&small("2.0.0")).await;
    let key = json!({ "integrationId": created["id"] });
    let key = bench
        .done(Method::POST, "/v1/admin/integrations/iaks", &key)
        .await;
    let platform = deployed(&bench, id(&created));
    let environment = Environment::new()
        .api_url(bench.emulator.address.clone())
        .token(key["value"].as_str().unwrap())
        .webhook_url(platform.webhook_base_url());
    let secret = created["signingSecret"].as_str().unwrap();
    let address = serve(parity::parity::service(Connects), environment, &[secret]).await;
    let path = format!("/v1/admin/integrations/{}", id(&created));
    let update = json!({ "url": format!("http://{address}") });
    bench.done(Method::PUT, &path, &update).await;

    let instance = install(&platform).await;
    let link = platform
        .authorization_link(&instance.webhook_id)
        .unwrap()
        .unwrap();
    assert!(link.is_required);
    let (end, _) = walk(&link.url).await;
    assert!(end.contains("Connected"), "{end}");
    let identifier = platform.identifier(&instance).unwrap();
    assert_eq!(identifier.as_deref(), Some(TEAM));
    let filter = ExchangeFilter {
        kind: Some(ExchangeKind::Call),
        ..ExchangeFilter::default()
    };
    let calls = platform.recorder().list(&filter).unwrap();
    let calls: Vec<_> = calls.iter().rev().map(|call| call.name.as_str()).collect();
    let received = "webhook_received";
    assert_eq!(calls, ["register", received, received, "register"]);
}

#[tokio::test]
async fn what_was_deployed_is_called_after_a_restart_and_its_key_is_accepted() {
    let folder = tempfile::tempdir().unwrap();
    let start = async || {
        let clock = Clock::system();
        let options = EmulatorOptions {
            token: TOKEN.to_owned(),
            workspace: workspace("acme"),
            storage: Some(folder.path().join("emulator.sqlite")),
            clock: clock.clone(),
            ..EmulatorOptions::default()
        };
        let emulator = Emulator::start(options).await.unwrap();
        Bench { emulator, clock }
    };
    let bench = start().await;
    let (path, secret) = created(&bench).await;
    let url = parity(&[&secret]).await;
    bench.done(Method::PUT, &path, &json!({ "url": url })).await;
    let key = json!({ "integrationId": id_of(&path) });
    let key = bench
        .done(Method::POST, "/v1/admin/integrations/iaks", &key)
        .await;
    let instance = install(&deployed(&bench, id_of(&path))).await;
    let before = bench.emulator.workspace_id.clone();
    bench.emulator.end().await;

    let bench = start().await;
    assert_eq!(bench.emulator.workspace_id, before);
    let platform = deployed(&bench, id_of(&path));
    platform.ping(&instance.webhook_id).await.unwrap();
    let request = http::Request::post(format!("{}/v1/chat/users", bench.emulator.address))
        .header(
            "authorization",
            format!("Bearer {}", key["value"].as_str().unwrap()),
        )
        .header("x-bot-id", &instance.bot_id);
    let (status, _) = bench.send(request, &json!({ "tags": { "id": "1" } })).await;
    assert_eq!(status, 201);
}
