use contexture_emulator::exchange::ExchangeKind;
use contexture_emulator::platform::{PlatformError, RawCall};
use serde_json::{Map, Value, json};

use crate::bench::{Bench, configuration};
use crate::scripted::{self, done, response};

fn tags(id: &str) -> Map<String, Value> {
    let tags = json!({ "id": id });
    tags.as_object().cloned().unwrap()
}

#[tokio::test]
async fn an_action_is_called_with_its_input_and_returns_its_output() {
    let bench = Bench::parity().await;
    let id = bench.install().await.webhook_id;
    let answer = bench
        .platform
        .call_action(&id, "hello", &json!({ "name": "Ünïcødé ✓" }))
        .await
        .unwrap();
    assert_eq!(
        answer.json(),
        json!({
            "output": { "message": "hello Ünïcødé ✓", "configurationType": null },
            "meta": { "cost": 0.5 },
        })
    );
    let call = bench.last(ExchangeKind::Call);
    assert_eq!(call.id, answer.exchange);
    assert_eq!(call.subject.as_deref(), Some("hello"));
    assert_eq!(
        call.request.body.text(),
        Some(r#"{"type":"hello","input":{"name":"Ünïcødé ✓"}}"#)
    );
}

#[tokio::test]
async fn a_call_has_the_headers_of_the_protocol() {
    let (sender, mut calls) = tokio::sync::mpsc::unbounded_channel();
    let address = scripted::serve(move |call| {
        let _ = sender.send(call.headers.clone());
        async { done() }
    })
    .await;
    let bench = Bench::of(crate::bench::parity_definition()).await;
    bench.call_at(address);
    let instance = bench.install().await;
    let oauth = json!({ "clientId": "a", "clientSecret": "b-secret-b" });
    let configured = bench
        .platform
        .configure(&instance.webhook_id, Some("oauth"), &oauth)
        .await
        .unwrap();
    let (first, second) = (calls.recv().await.unwrap(), calls.recv().await.unwrap());
    let text = |headers: &http::HeaderMap, name: &str| {
        headers
            .get(name)
            .map(|value| value.to_str().unwrap().to_owned())
    };
    for (name, value) in [
        ("x-bot-id", &instance.bot_id),
        ("x-bot-user-id", &instance.bot_user_id),
        ("x-integration-id", &instance.integration_id),
        ("x-integration-alias", &instance.alias),
        ("x-webhook-id", &instance.webhook_id),
    ] {
        assert_eq!(text(&first, name).as_ref(), Some(value), "{name}");
        assert_eq!(text(&second, name).as_ref(), Some(value), "{name}");
    }
    assert_eq!(text(&first, "x-bp-operation").as_deref(), Some("register"));
    assert_eq!(text(&first, "x-bp-configuration-type"), None);
    assert_eq!(
        text(&second, "x-bp-configuration-type").as_deref(),
        Some("oauth")
    );
    assert_eq!(decoded(&first), configuration());
    assert_eq!(decoded(&second), configured.configuration);
    let traces = [&first, &second].map(|headers| text(headers, "traceparent").unwrap());
    assert_ne!(traces[0], traces[1]);
    assert!(text(&first, "x-bp-signature").unwrap().contains(','));
}

fn decoded(headers: &http::HeaderMap) -> Value {
    use base64::Engine as _;
    let text = headers["x-bp-configuration"].as_bytes();
    let json = base64::prelude::BASE64_STANDARD.decode(text).unwrap();
    serde_json::from_slice(&json).unwrap()
}

#[tokio::test]
async fn users_and_conversations_are_created_by_the_integration() {
    let bench = Bench::parity().await;
    let id = bench.install().await.webhook_id;
    let user = bench.platform.create_user(&id, &tags("u1")).await.unwrap();
    assert_eq!(
        user.json(),
        json!({ "user": { "id": "user_1" }, "tags": { "id": "u1" } })
    );
    let conversation = bench
        .platform
        .create_conversation(&id, "channel", &tags("c1"))
        .await
        .unwrap();
    assert_eq!(
        conversation.json(),
        json!({ "conversation": { "id": "conv_1" }, "channel": "channel", "tags": { "id": "c1" } })
    );
    let refused = bench
        .platform
        .create_conversation(&id, "elsewhere", &tags("c1"))
        .await;
    let refused = refused.unwrap_err().to_string();
    assert!(refused.contains("Channel elsewhere not found"), "{refused}");
}

#[tokio::test]
async fn an_error_of_the_integration_is_told_with_its_exchange() {
    let bench = Bench::parity().await;
    let id = bench.install().await.webhook_id;
    let input = json!({ "how": "runtime", "message": "it failed" });
    let failed = bench
        .platform
        .call_action(&id, "fail", &input)
        .await
        .unwrap_err();
    let PlatformError::Call(failed) = failed else {
        panic!("{failed}");
    };
    assert_eq!(
        failed.to_string(),
        "the integration answered with Runtime (400 Bad Request): it failed"
    );
    let call = bench.exchange(&failed.exchange);
    assert_eq!(call.response.as_ref().unwrap().status, 400);
    assert_eq!(call.error, None);
    assert!(!call.is_ok());
}

#[tokio::test]
async fn an_operation_of_any_name_and_a_call_of_any_form_are_sent() {
    let bench = Bench::parity().await;
    let id = bench.install().await.webhook_id;
    let unknown = bench.platform.call(&id, "frobnicate", &json!({})).await;
    let unknown = unknown.unwrap_err().to_string();
    assert!(
        unknown.contains("Unknown operation frobnicate"),
        "{unknown}"
    );

    bench.call_at(
        scripted::serve(|call| async move {
            let is_right = call.headers.get("x-bot-id").is_none()
                && call.headers["x-bp-configuration"] == "@@@"
                && call.body == "{";
            response(if is_right { 200 } else { 500 }, "not JSON")
        })
        .await,
    );
    let raw = RawCall {
        headers: vec![("x-bp-configuration".to_owned(), "@@@".to_owned())],
        without: vec!["x-bot-id".to_owned()],
        body: b"{".to_vec(),
        ..RawCall::default()
    };
    let answer = bench.platform.call_raw(&id, raw).await.unwrap();
    assert_eq!(
        (answer.status.as_u16(), &answer.body[..]),
        (200, &b"not JSON"[..])
    );
}
