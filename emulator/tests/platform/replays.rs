use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use contexture::Secret;
use contexture::webhook::WebhookRequest;
use contexture::webhook::signature;
use contexture_emulator::definition::Definition;
use contexture_emulator::exchange::ExchangeKind;
use contexture_emulator::platform::{
    CallProblem, NewInstance, PlatformError, Provider, ReplayEdit, WebhookSigning,
};
use serde_json::{Value, json};

use crate::bench::{API_KEY, Bench, configuration, parity_definition};
use crate::scripted::{self, done, response};

#[tokio::test]
async fn a_call_is_repeated_with_the_present_configuration_and_names_its_source() {
    let bench = Bench::parity().await;
    let id = bench.install().await.webhook_id;
    let input = json!({ "value": { "key": API_KEY } });
    let first = bench
        .platform
        .call_action(&id, "echo", &input)
        .await
        .unwrap();
    let oauth = json!({ "clientId": "a", "clientSecret": "b-secret-b" });
    bench
        .platform
        .configure(&id, Some("oauth"), &oauth)
        .await
        .unwrap();
    // The secret of the old configuration is not known any more.
    let refused = bench
        .platform
        .replay(&first.exchange, ReplayEdit::default())
        .await;
    let refused = refused.unwrap_err().to_string();
    assert!(refused.contains("/apiKey"), "{refused}");

    let back = bench.platform.configure(&id, None, &configuration()).await;
    back.unwrap();
    let replayed = bench
        .platform
        .replay(&first.exchange, ReplayEdit::default())
        .await
        .unwrap();
    assert_eq!(replayed.problem, None);
    let exchange = bench.exchange(&replayed.exchange);
    assert_eq!(exchange.source.as_ref(), Some(&first.exchange));
    assert_eq!(exchange.subject.as_deref(), Some("echo"));
    let answer = exchange.response.unwrap();
    assert_eq!(
        answer.body.text(),
        bench
            .exchange(&first.exchange)
            .response
            .unwrap()
            .body
            .text()
    );
    assert_ne!(exchange.trace, bench.exchange(&first.exchange).trace);
}

#[tokio::test]
async fn the_integration_gets_the_secrets_that_the_record_lacks() {
    let bench = Bench::of(parity_definition()).await;
    let seen = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&seen);
    let address = scripted::serve(move |call| {
        let has_secret = call
            .body
            .windows(API_KEY.len())
            .any(|part| part == API_KEY.as_bytes());
        counted.fetch_add(usize::from(has_secret), Ordering::SeqCst);
        async { done() }
    })
    .await;
    bench.call_at(address);
    let id = bench.install().await.webhook_id;
    let input = json!({ "inner": json!({ "key": API_KEY }).to_string() });
    let first = bench
        .platform
        .call_action(&id, "hello", &input)
        .await
        .unwrap();
    bench
        .platform
        .replay(&first.exchange, ReplayEdit::default())
        .await
        .unwrap();
    assert_eq!(seen.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn an_edited_call_has_the_new_body_and_the_problem_of_its_answer() {
    let bench = Bench::parity().await;
    let id = bench.install().await.webhook_id;
    let first = bench
        .platform
        .call_action(&id, "hello", &json!({ "name": "Ada" }))
        .await
        .unwrap();
    let edit = ReplayEdit {
        body: Some(br#"{"type":"hello","input":{"name":7}}"#.to_vec()),
        ..ReplayEdit::default()
    };
    let replayed = bench.platform.replay(&first.exchange, edit).await.unwrap();
    let problem = replayed.problem.unwrap();
    assert!(matches!(problem, CallProblem::Failed { .. }));
    assert!(problem.to_string().contains("/name"), "{problem}");
    assert_eq!(
        bench.exchange(&replayed.exchange).source.as_ref(),
        Some(&first.exchange)
    );
}

#[tokio::test]
async fn edited_headers_of_a_call_have_the_secrets_and_a_new_signature() {
    use base64::Engine as _;
    use base64::prelude::BASE64_STANDARD;

    let bench = Bench::of(parity_definition()).await;
    let (sender, mut calls) = tokio::sync::mpsc::unbounded_channel();
    let address = scripted::serve(move |call| {
        let _ = sender.send(call.headers.clone());
        async { done() }
    })
    .await;
    bench.call_at(address);
    let id = bench.install().await.webhook_id;
    let first = bench.platform.ping(&id).await.unwrap();
    let mut headers = bench.exchange(&first.exchange).request.headers;
    headers.push(("x-added".to_owned(), "1".to_owned()));
    for (name, value) in &mut headers {
        if name == "x-bp-configuration" {
            let shown = BASE64_STANDARD.decode(&*value).unwrap();
            let shown = String::from_utf8(shown).unwrap();
            *value = BASE64_STANDARD.encode(shown.replace("\"eu\"", "\"us\""));
        }
    }
    let edit = ReplayEdit {
        headers: Some(headers),
        ..ReplayEdit::default()
    };
    bench.platform.replay(&first.exchange, edit).await.unwrap();
    let (_register, before, after) = (
        calls.recv().await.unwrap(),
        calls.recv().await.unwrap(),
        calls.recv().await.unwrap(),
    );
    assert_eq!(after["x-added"], "1");
    let sent = BASE64_STANDARD
        .decode(&after["x-bp-configuration"])
        .unwrap();
    let sent: Value = serde_json::from_slice(&sent).unwrap();
    assert_eq!(
        sent,
        json!({ "apiKey": API_KEY, "region": "us", "debug": true })
    );
    for name in ["x-bp-signature", "traceparent", "x-bp-operation"] {
        assert_eq!(after.get_all(name).iter().count(), 1, "{name}");
    }
    assert_ne!(after["traceparent"], before["traceparent"]);
    let signature = after["x-bp-signature"].to_str().unwrap();
    assert!(signature.contains(','), "{signature}");
}

#[tokio::test]
async fn an_exchange_that_is_unknown_or_cut_is_not_replayed() {
    let bench = Bench::parity().await;
    let unknown = bench
        .platform
        .replay("exch_none", ReplayEdit::default())
        .await;
    assert!(matches!(unknown, Err(PlatformError::UnknownExchange(_))));
    let id = bench.install().await.webhook_id;
    let input = json!({ "value": "a".repeat(300 * 1024) });
    let long = bench
        .platform
        .call_action(&id, "echo", &input)
        .await
        .unwrap();
    let cut = bench
        .platform
        .replay(&long.exchange, ReplayEdit::default())
        .await;
    let cut = cut.unwrap_err().to_string();
    assert!(cut.contains("bytes were recorded"), "{cut}");
}

#[tokio::test]
async fn an_api_request_is_repeated_in_the_name_of_the_integration() {
    let bench = Bench::parity().await;
    let instance = bench.install().await;
    let body = json!({ "tags": { "id": "u1" } });
    bench.api(&instance, "POST", "/v1/chat/users", &body).await;
    let first = bench.last(ExchangeKind::Api);
    let edit = ReplayEdit {
        body: Some(json!({ "tags": { "id": "u2" } }).to_string().into_bytes()),
        ..ReplayEdit::default()
    };
    let replayed = bench.platform.replay(&first.id, edit).await.unwrap();
    let exchange = bench.exchange(&replayed.exchange);
    assert_eq!(exchange.source, Some(first.id));
    let answer = exchange.response.unwrap();
    assert_eq!(answer.status, 201);
    let answer: Value = serde_json::from_str(answer.body.text().unwrap()).unwrap();
    assert_eq!(answer["user"]["tags"], json!({ "id": "u2" }));
}

const WEBHOOK_SECRET: &str = "a secret that Slack shares";

/// An emulator for an integration that verifies Slack's signatures with a secret of its configuration.
async fn slack() -> (Bench, String) {
    let definition = Definition::new(json!({
        "name": "acme",
        "configuration": { "schema": {
            "type": "object",
            "properties": { "signingSecret": { "type": "string", "x-zui": { "secret": true } } },
        } },
    }));
    let bench = Bench::of(definition).await;
    let address = scripted::serve(|call| async move {
        if call.operation() != "webhook_received" {
            return done();
        }
        let received = &call.json()["req"];
        let text = |name: &str| received[name].as_str().unwrap_or_default().to_owned();
        let request = WebhookRequest::new(text("method"), text("path")).with_body(text("body"));
        let headers = received["headers"].as_object().unwrap().iter();
        let request = headers.fold(request, |request, (name, value)| {
            request.with_header(name, value.as_str().unwrap())
        });
        let verified = signature::slack(&Secret::from(WEBHOOK_SECRET.to_owned())).verify(request);
        response(if verified.is_ok() { 200 } else { 401 }, "seen")
    })
    .await;
    bench.call_at(address);
    let new = NewInstance {
        configuration: json!({ "signingSecret": WEBHOOK_SECRET }),
        ..NewInstance::default()
    };
    let id = bench.platform.install(new).await.unwrap().webhook_id;
    (bench, id)
}

/// Sends a webhook with Slack's signature, at the time of the emulator's clock.
async fn send_signed(bench: &Bench, id: &str, secret: &str) -> http::Response<Bytes> {
    use std::time::{Duration, UNIX_EPOCH};
    let verifier = signature::slack(&Secret::from(secret.to_owned()));
    let request = WebhookRequest::new("POST", "/events").with_body(r#"{"event":1}"#);
    let now = UNIX_EPOCH + Duration::from_millis(bench.clock.now());
    let signed = verifier.sign_at(request, now).unwrap();
    let request = http::Request::post(format!("/webhook/{id}/events"));
    let request = signed
        .headers
        .iter()
        .fold(request, |request, (name, value)| {
            request.header(name, value)
        });
    bench
        .send(request.body(Bytes::from(r#"{"event":1}"#)).unwrap())
        .await
}

#[tokio::test]
async fn an_old_webhook_is_signed_anew_with_the_secret_that_it_was_signed_with() {
    let (bench, id) = slack().await;
    // The clock of the test is years behind that of the integration.
    assert_eq!(send_signed(&bench, &id, WEBHOOK_SECRET).await.status(), 401);
    let first = bench.last(ExchangeKind::Webhook);
    let replayed = bench
        .platform
        .replay(&first.id, ReplayEdit::default())
        .await
        .unwrap();
    let webhook = bench.exchange(&replayed.exchange);
    assert_eq!(
        webhook.response.as_ref().unwrap().status,
        200,
        "{:?}",
        webhook.note
    );
    assert_eq!(webhook.note, None);
    assert_eq!(webhook.source.as_ref(), Some(&first.id));

    // The call of the webhook cannot be signed by itself, so the webhook is repeated.
    let call = bench.exchanges(ExchangeKind::Call);
    let call = call
        .iter()
        .find(|call| call.parent.as_ref() == Some(&first.id))
        .unwrap();
    let replayed = bench
        .platform
        .replay(&call.id, ReplayEdit::default())
        .await
        .unwrap();
    let webhook = bench.exchange(&replayed.exchange);
    assert_eq!(webhook.kind, ExchangeKind::Webhook);
    assert_eq!(webhook.response.unwrap().status, 200);
}

#[tokio::test]
async fn an_edited_webhook_is_signed_anew_too() {
    let (bench, id) = slack().await;
    send_signed(&bench, &id, WEBHOOK_SECRET).await;
    let first = bench.last(ExchangeKind::Webhook);
    let edit = ReplayEdit {
        body: Some(br#"{"event":2}"#.to_vec()),
        path: Some(format!("/webhook/{id}/other?a=b")),
        ..ReplayEdit::default()
    };
    let replayed = bench.platform.replay(&first.id, edit).await.unwrap();
    let webhook = bench.exchange(&replayed.exchange);
    assert_eq!(webhook.request.body.text(), Some(r#"{"event":2}"#));
    assert_eq!(webhook.response.unwrap().status, 200);
}

#[tokio::test]
async fn a_webhook_of_an_unknown_secret_says_why_it_will_not_verify() {
    let (bench, id) = slack().await;
    send_signed(&bench, &id, "another secret").await;
    let first = bench.last(ExchangeKind::Webhook);
    let replayed = bench
        .platform
        .replay(&first.id, ReplayEdit::default())
        .await
        .unwrap();
    let webhook = bench.exchange(&replayed.exchange);
    assert_eq!(webhook.response.unwrap().status, 401);
    let note = webhook.note.unwrap();
    assert!(
        note.contains("slack") && note.contains("will not verify"),
        "{note}"
    );

    let edit = ReplayEdit {
        signing: Some(WebhookSigning {
            provider: Provider::Slack,
            secret: Secret::from(WEBHOOK_SECRET.to_owned()),
        }),
        ..ReplayEdit::default()
    };
    let replayed = bench.platform.replay(&first.id, edit).await.unwrap();
    assert_eq!(
        bench.exchange(&replayed.exchange).response.unwrap().status,
        200
    );
}

#[tokio::test]
async fn a_replay_lacks_the_headers_that_were_not_recorded_and_says_so() {
    let bench = Bench::parity().await;
    let id = bench.install().await.webhook_id;
    let request = http::Request::post(format!("/webhook/{id}/in"))
        .header("authorization", "Bearer abc")
        .header("x-kept", "1")
        .header("content-length", "2")
        .body(Bytes::from("hi"))
        .unwrap();
    bench.send(request).await;
    let first = bench.last(ExchangeKind::Webhook);
    let replayed = bench
        .platform
        .replay(&first.id, ReplayEdit::default())
        .await
        .unwrap();
    let webhook = bench.exchange(&replayed.exchange);
    let note = webhook.note.unwrap();
    assert!(note.contains("`authorization` is missing"), "{note}");
    let seen: Value = serde_json::from_str(webhook.response.unwrap().body.text().unwrap()).unwrap();
    assert_eq!(seen["body"], "hi");
    assert_eq!(seen["headers"]["x-kept"], "1");
    assert_eq!(seen["headers"].get("authorization"), None);
    let edit = ReplayEdit {
        headers: Some(first.request.headers.clone()),
        ..ReplayEdit::default()
    };
    let edited = bench.platform.replay(&first.id, edit).await.unwrap();
    let edited = bench.exchange(&edited.exchange);
    assert_eq!(edited.note, Some(note));
    assert!(
        !edited
            .request
            .headers
            .iter()
            .any(|(name, _)| name == "authorization")
    );
    let edit = ReplayEdit {
        body: Some(b"longer".to_vec()),
        ..ReplayEdit::default()
    };
    let replayed = bench.platform.replay(&first.id, edit).await.unwrap();
    let response = bench.exchange(&replayed.exchange).response.unwrap();
    let seen: Value = serde_json::from_str(response.body.text().unwrap()).unwrap();
    assert_eq!(seen["headers"]["content-length"], "6");
}
