//! What needs the stand-ins: the demo itself, and what goes wrong at GitHub and on the way from it.

use std::time::{Duration, SystemTime};

use contexture::Operation;
use contexture::webhook::signature::Algorithm;
use serde_json::{Value, json};

use super::journal::Entry;
use super::setting::{self, HIDDEN};
use super::stage::{Outcome, Stage};
use super::step::{Expected, Step};
use super::style::Style;
use super::{authorization, authorize, operations, payloads, play};
use crate::github::{Configuration, ConfigurationType, PersonalAccessTokenConfiguration};

const KINDS: &[ConfigurationType] = ConfigurationType::ALL;

fn step(operation: Operation, configuration: &Configuration, body: Value) -> Step {
    Step {
        operation,
        title: "",
        configuration_type: configuration
            .configuration_type()
            .wire_name()
            .unwrap_or_default(),
        configuration: setting::encode(configuration).unwrap(),
        body,
        shown: None,
        expected: Expected::json(json!({})),
    }
}

async fn send(
    stage: &Stage,
    operation: Operation,
    kind: ConfigurationType,
    body: Value,
) -> Outcome {
    let step = step(operation, &setting::configuration(kind), body);
    stage.send(&step).await.unwrap()
}

/// What the integration asked of others.
fn calls(outcome: &Outcome) -> Vec<String> {
    let calls = outcome.entries.iter().filter_map(|entry| match entry {
        Entry::Call(call) => Some(format!("{} {}", call.method, call.path)),
        Entry::Log(_) => None,
    });
    calls.collect()
}

/// A webhook about an issue that was changed at a time, signed with a secret.
fn webhook(changed: SystemTime, delivery: &str, secret: &str) -> Value {
    let body = json!({
        "action": "opened",
        "issue": {
            "number": 7, "title": "Quiet", "html_url": "https://github.test/7", "state": "open",
            "updated_at": humantime::format_rfc3339_seconds(changed).to_string(),
        },
        "repository": { "full_name": "octo-org/hello-world" },
        "sender": { "login": "octocat" },
    });
    let body = body.to_string();
    let tag = Algorithm::Sha256.sign(secret.as_bytes(), body.as_bytes());
    let headers = json!({
        "X-GitHub-Event": "issues",
        "X-GitHub-Delivery": delivery,
        "X-Hub-Signature-256": format!("sha256={}", tag.hex()),
    });
    json!({ "req": { "method": "POST", "path": "/", "headers": headers, "body": body } })
}

fn right_secret() -> String {
    setting::secrets().webhook_secret.into_exposed()
}

#[tokio::test]
async fn a_webhook_that_is_forged_stale_replayed_or_wrongly_keyed_is_refused() {
    let stage = Stage::set_up().await.unwrap();
    let (now, secret) = (SystemTime::now(), right_secret());
    let ago = |seconds| now - Duration::from_secs(seconds);
    let ahead = now + Duration::from_hours(2);
    let mut forged = webhook(now, "1", &secret);
    forged["req"]["body"] = forged["req"]["body"]
        .as_str()
        .unwrap()
        .replace("Quiet", "Loud")
        .into();
    let mut unsigned = webhook(now, "1", &secret);
    unsigned["req"]["headers"] = json!({ "x-github-event": "issues", "x-github-delivery": "1" });
    let refused = [
        ("forged", forged, 401),
        ("unsigned", unsigned, 401),
        ("wrongly keyed", webhook(now, "1", "another secret"), 401),
        ("stale", webhook(ago(7200), "1", &secret), 401),
        ("of the future", webhook(ahead, "1", &secret), 401),
    ];
    let kind = ConfigurationType::PersonalAccessToken;
    for (what, body, status) in refused {
        let outcome = send(&stage, Operation::WebhookReceived, kind, body).await;
        assert_eq!(outcome.status, status, "{what}: {outcome:?}");
        assert_eq!(calls(&outcome), [""; 0], "{what}");
    }
    let genuine = webhook(now, "1", &secret);
    let outcome = send(&stage, Operation::WebhookReceived, kind, genuine.clone()).await;
    assert_eq!(
        (outcome.status, calls(&outcome).len()),
        (200, 4),
        "{outcome:?}"
    );
    let outcome = send(&stage, Operation::WebhookReceived, kind, genuine).await;
    assert_eq!(
        (outcome.status, calls(&outcome).len()),
        (409, 0),
        "replayed: {outcome:?}"
    );
    stage.tear_down().await.unwrap();
}

#[tokio::test]
async fn an_app_gets_a_token_by_the_whole_flow_and_its_code_is_good_once() {
    let stage = Stage::set_up().await.unwrap();
    let kind = ConfigurationType::Oauth;
    let before = send(
        &stage,
        Operation::ActionTriggered,
        kind,
        payloads::create_issue(),
    )
    .await;
    assert_eq!(before.status, 400, "{before:?}");
    assert_eq!(
        before.answer["message"],
        "Nobody has allowed the app to act for them at GitHub yet"
    );

    let start = authorization::start(&stage).unwrap();
    let github = stage.send(&start).await.unwrap().location.unwrap();
    let back = stage.browse(&github).await.unwrap();
    let finish = authorization::finish(&back).unwrap();
    let page = stage.send(&finish).await.unwrap().location.unwrap();
    assert_eq!(page, format!("{}?success=true", setting::INTERSTITIAL));
    let after = send(
        &stage,
        Operation::ActionTriggered,
        kind,
        payloads::create_issue(),
    )
    .await;
    assert_eq!(after.status, 200, "{after:?}");

    let again = stage.send(&finish).await.unwrap().location.unwrap();
    assert!(again.contains("success=false"), "{again}");
    let mut elsewhere = authorization::finish(&back).unwrap();
    elsewhere.body["req"]["query"] = back
        .split_once('?')
        .unwrap()
        .1
        .replace("wh_demo", "wh_other")
        .into();
    let refused = stage.send(&elsewhere).await.unwrap();
    assert!(
        refused
            .location
            .as_deref()
            .unwrap_or_default()
            .contains("success=false")
    );
    assert_eq!(
        calls(&refused),
        [""; 0],
        "GitHub is asked nothing for a state that is not ours"
    );
    stage.tear_down().await.unwrap();
}

#[tokio::test]
async fn a_refusal_of_github_is_explained_and_logged_whole() {
    let stage = Stage::set_up().await.unwrap();
    let configuration = PersonalAccessTokenConfiguration::new("another-token");
    let configuration = Configuration::PersonalAccessToken(configuration);
    let create = step(
        Operation::ActionTriggered,
        &configuration,
        payloads::create_issue(),
    );
    let outcome = stage.send(&create).await.unwrap();
    assert_eq!(outcome.status, 400);
    assert_eq!(outcome.answer["message"], "Could not create the issue");
    let log = stage.journal.log();
    assert!(log.contains("401 Unauthorized: Bad credentials"), "{log}");
    assert!(!log.contains("another-token"), "{log}");
    stage.tear_down().await.unwrap();
}

#[tokio::test]
async fn a_name_that_would_change_the_path_is_not_sent() {
    let stage = Stage::set_up().await.unwrap();
    let mut body = payloads::create_issue();
    body["input"]["owner"] = json!("..");
    let kind = ConfigurationType::PersonalAccessToken;
    let outcome = send(&stage, Operation::ActionTriggered, kind, body).await;
    assert_eq!(
        (outcome.status, calls(&outcome).len()),
        (400, 0),
        "{outcome:?}"
    );
    stage.tear_down().await.unwrap();
}

/// Everything that the demo does, and everything that goes wrong, logged at level debug.
#[tokio::test]
async fn the_log_of_a_run_has_no_secret() {
    let stage = Stage::set_up().await.unwrap();
    let mut output = Vec::new();
    let mut transcript = super::transcript::Transcript::new(Style::plain(), &mut output);
    assert_eq!(authorize(&stage, &mut transcript).await.unwrap(), 0);
    for kind in KINDS {
        for step in operations::all(*kind).unwrap() {
            let outcome = stage.send(&step).await.unwrap();
            assert!(outcome.status < 400, "{outcome:?}");
        }
        for secret in [right_secret(), "another secret".to_owned()] {
            let old = webhook(SystemTime::UNIX_EPOCH, "2", &secret);
            let outcome = send(&stage, Operation::WebhookReceived, *kind, old).await;
            assert_eq!(outcome.status, 401);
        }
    }
    let mut denied =
        authorization::finish("https://x.test?code=demo-code-of-a-person&state=x").unwrap();
    denied.body["req"]["headers"] = json!({ "authorization": setting::app_authorization() });
    stage.send(&denied).await.unwrap();
    let (log, shown) = (stage.journal.log(), String::from_utf8(output).unwrap());
    assert!(
        log.contains("\"level\":\"debug\"") && log.contains("refused a webhook"),
        "{log}"
    );
    for secret in HIDDEN {
        assert!(!log.contains(secret), "{secret} is in the log: {log}");
        assert!(!shown.contains(secret), "{secret} is shown: {shown}");
    }
    assert!(
        !log.contains(setting::app_authorization().trim_start_matches("Basic ")),
        "{log}"
    );
    stage.tear_down().await.unwrap();
}

#[tokio::test]
async fn the_demo_goes_as_it_should_and_shows_no_secret() {
    let mut output = Vec::new();
    let result = play(Style::plain(), &mut output).await;
    let transcript = String::from_utf8(output).unwrap();
    assert!(result.is_ok(), "{transcript}");
    assert!(transcript.contains("✓ 24 requests"), "{transcript}");
    for secret in setting::HIDDEN {
        assert!(!transcript.contains(secret));
    }
}
