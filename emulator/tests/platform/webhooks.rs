use bytes::Bytes;
use contexture_emulator::exchange::ExchangeKind;
use serde_json::json;

use crate::bench::{Bench, json_of, parity_definition};
use crate::scripted::{self, response};

#[tokio::test]
async fn a_request_is_passed_on_as_it_came() {
    let bench = Bench::parity().await;
    let id = bench.install().await.webhook_id;
    let request = http::Request::put(format!("/webhook/{id}/a%2Fb//c?x=1&y=%20&x=2"))
        .header("X-Odd", "1")
        .header("x-odd", "2")
        .header(
            "x-latin",
            http::HeaderValue::from_bytes(b"caf\xe9").unwrap(),
        )
        .header(
            "x-utf-8",
            http::HeaderValue::from_bytes("✓".as_bytes()).unwrap(),
        )
        .header("cookie", "a=1")
        .header("cookie", "b=2")
        .body(Bytes::from("{ \"not\" :  \"touched\"}\r\n\0✓"))
        .unwrap();
    let response = bench.send(request).await;
    assert_eq!(response.status(), 200);
    let seen = json_of(&response);
    assert_eq!(seen["method"], "PUT");
    assert_eq!(seen["path"], "/a%2Fb//c");
    assert_eq!(seen["query"], "x=1&y=%20&x=2");
    assert_eq!(seen["body"], "{ \"not\" :  \"touched\"}\r\n\0✓");
    for (name, value) in [
        ("x-odd", "1, 2"),
        ("x-latin", "café"),
        ("x-utf-8", "✓"),
        ("cookie", "a=1; b=2"),
    ] {
        assert_eq!(seen["headers"][name], value, "{name}");
    }
}

#[tokio::test]
async fn a_request_without_body_or_path_has_none() {
    let bench = Bench::parity().await;
    let id = bench.install().await.webhook_id;
    let seen = json_of(&bench.get(&format!("/webhook/{id}")).await);
    assert_eq!(seen["method"], "GET");
    assert_eq!(seen["path"], "/");
    assert_eq!(seen["query"], "");
    assert_eq!(seen.get("body"), None);
}

#[tokio::test]
async fn bytes_that_are_no_text_are_passed_as_botpress_does_and_noted() {
    let bench = Bench::parity().await;
    let id = bench.install().await.webhook_id;
    let request = http::Request::post(format!("/webhook/{id}"));
    let request = request.body(Bytes::from_static(b"a\xff\xfeb")).unwrap();
    let seen = json_of(&bench.send(request).await);
    assert_eq!(seen["body"], "a\u{fffd}\u{fffd}b");
    let webhook = bench.last(ExchangeKind::Webhook);
    assert!(webhook.note.unwrap().contains("not UTF-8"));
    assert_eq!(webhook.request.body.bytes(), b"a\xff\xfeb");
}

#[tokio::test]
async fn the_answer_of_the_integration_is_the_response() {
    let bench = Bench::parity().await;
    let id = bench.install().await.webhook_id;
    let created = bench.get(&format!("/webhook/{id}/created")).await;
    assert_eq!(created.status(), 201);
    assert_eq!(created.headers()["x-parity"], "yes");
    assert_eq!(&created.body()[..], b"made");
    let failed = bench.get(&format!("/webhook/{id}/fail/runtime")).await;
    assert_eq!(failed.status(), 400);
    assert_eq!(json_of(&failed)["message"], "webhook failed");
}

#[tokio::test]
async fn a_webhook_and_its_call_are_recorded_together() {
    let bench = Bench::parity().await;
    let id = bench.install().await.webhook_id;
    bench.post(&format!("/webhook/{id}/in?a=b"), "hi").await;
    let (webhook, call) = (
        bench.last(ExchangeKind::Webhook),
        bench.last(ExchangeKind::Call),
    );
    assert_eq!(webhook.name, format!("POST /webhook/{id}/in"));
    assert_eq!(webhook.request.path, format!("/webhook/{id}/in?a=b"));
    assert_eq!(webhook.request.body.text(), Some("hi"));
    assert_eq!(webhook.instance.as_ref(), Some(&id));
    assert_eq!(call.name, "webhook_received");
    assert_eq!(call.subject.as_deref(), Some("POST /in"));
    assert_eq!(call.parent.as_ref(), Some(&webhook.id));
    assert_eq!(call.trace, webhook.trace);
}

#[tokio::test]
async fn an_unknown_instance_and_a_silent_integration_are_told() {
    let bench = Bench::of(parity_definition()).await;
    let unknown = bench.get("/webhook/webhook_none/in").await;
    assert_eq!(unknown.status(), 404);
    assert!(text(&unknown).contains("webhook_none"));
    let id = bench.install().await.webhook_id;
    let silent = bench.get(&format!("/webhook/{id}")).await;
    assert_eq!(silent.status(), 502);
    assert!(text(&silent).contains("cannot be reached"));
    let webhook = bench.last(ExchangeKind::Webhook);
    assert!(webhook.error.unwrap().contains("cannot be reached"));
}

fn text(response: &http::Response<Bytes>) -> String {
    String::from_utf8(response.body().to_vec()).unwrap()
}

#[tokio::test]
async fn the_shared_oauth_address_leads_to_the_instance_of_the_state() {
    let bench = Bench::parity().await;
    let first = bench.install().await.webhook_id;
    let new = contexture_emulator::platform::NewInstance {
        configuration: crate::bench::configuration(),
        ..Default::default()
    };
    let second = bench.platform.install(new).await.unwrap().webhook_id;
    for id in [&first, &second] {
        for path in [
            "/oauth",
            "/oauth/wizard/start",
            "/webhook/oauth/wizard/a%20b",
        ] {
            let seen = json_of(&bench.get(&format!("{path}?code=1&state={id}")).await);
            assert_eq!(seen["path"], path.trim_start_matches("/webhook"));
            assert_eq!(seen["query"], format!("code=1&state={id}"));
            let webhook = bench.last(ExchangeKind::Webhook);
            assert_eq!(webhook.instance.as_ref(), Some(id));
        }
    }
    assert_eq!(bench.get("/oauth?code=1").await.status(), 400);
    assert_eq!(bench.get("/oauth?state=other").await.status(), 404);
}

#[tokio::test]
async fn a_form_of_the_wizard_is_posted_with_its_cookies() {
    let bench = Bench::of(parity_definition()).await;
    let address = scripted::serve(|call| async move {
        if call.operation() != "webhook_received" {
            return response(200, "{}");
        }
        let request = &call.json()["req"];
        let shown = json!([
            request["method"],
            request["body"],
            request["headers"]["cookie"]
        ]);
        let mut response = response(303, shown.to_string());
        let headers = response.headers_mut();
        headers.append("set-cookie", "a=1; Path=/; HttpOnly".parse().unwrap());
        headers.append("set-cookie", "b=2".parse().unwrap());
        headers.insert("location", "/oauth/wizard/next".parse().unwrap());
        response
    })
    .await;
    bench.call_at(address);
    let id = bench.install().await.webhook_id;
    let request = http::Request::post(format!("/oauth/wizard/finish?state={id}"))
        .header("content-type", "application/x-www-form-urlencoded")
        .header("cookie", "session=abc")
        .body(Bytes::from("key=a%26b"))
        .unwrap();
    let response = bench.send(request).await;
    assert_eq!(response.status(), 303);
    assert_eq!(response.headers()["location"], "/oauth/wizard/next");
    let cookies: Vec<_> = response.headers().get_all("set-cookie").iter().collect();
    assert_eq!(cookies, ["a=1; Path=/; HttpOnly", "b=2"]);
    assert_eq!(
        json_of(&response),
        json!(["POST", "key=a%26b", "session=abc"])
    );
    let recorded = bench.last(ExchangeKind::Webhook);
    let shown = format!(
        "{:?} {:?}",
        recorded.request.headers,
        recorded.response.unwrap().headers
    );
    assert!(shown.contains("session=[redacted]"), "{shown}");
    assert!(shown.contains("a=[redacted]; Path=/; HttpOnly"), "{shown}");
}

#[tokio::test]
async fn the_page_at_the_end_of_an_authorization_shows_how_it_went() {
    let bench = Bench::of(parity_definition()).await;
    let good = bench.get("/webhook/oauth/interstitial?success=true").await;
    assert!(text(&good).contains("Connected"));
    let bad = bench
        .get("/oauth/interstitial?success=false&errorMessage=%3Cb%3Eno%3C%2Fb%3E")
        .await;
    let bad = text(&bad);
    assert!(
        bad.contains("Not connected") && bad.contains("&lt;b&gt;no&lt;/b&gt;"),
        "{bad}"
    );
}

#[tokio::test]
async fn the_identifier_in_an_answer_is_kept() {
    let bench = Bench::of(parity_definition()).await;
    let address = scripted::serve(|_| async {
        let mut response = response(200, "{}");
        let headers = response.headers_mut();
        headers.insert("x-bp-integration-identifier", "team-1".parse().unwrap());
        response
    })
    .await;
    bench.call_at(address);
    let instance = bench.install().await;
    assert_eq!(bench.platform.identifier(&instance).unwrap(), None);
    bench
        .get(&format!("/oauth?state={}", instance.webhook_id))
        .await;
    let identifier = bench.platform.identifier(&instance).unwrap();
    assert_eq!(identifier.as_deref(), Some("team-1"));
}

#[tokio::test]
async fn a_webhook_reaches_the_integration_although_its_sender_goes_away() {
    let (sender, mut received) = tokio::sync::mpsc::unbounded_channel();
    let bench = Bench::of(parity_definition()).await;
    let address = scripted::serve(move |call| {
        let is_webhook = call.operation() == "webhook_received";
        let sender = sender.clone();
        async move {
            if is_webhook {
                let _ = sender.send(());
            }
            response(200, "{}")
        }
    })
    .await;
    bench.call_at(address);
    let id = bench.install().await.webhook_id;
    let url = format!("POST /webhook/{id} HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\n\r\nhi");
    let mut connection = tokio::net::TcpStream::connect(bench.address).await.unwrap();
    tokio::io::AsyncWriteExt::write_all(&mut connection, url.as_bytes())
        .await
        .unwrap();
    drop(connection);
    received.recv().await.unwrap();
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused() {
    let bench = Bench::of(parity_definition()).await;
    let id = bench.install().await.webhook_id;
    let body = "a".repeat(11 * 1024 * 1024);
    let refused = bench.post(&format!("/webhook/{id}"), &body).await;
    assert_eq!(refused.status(), 413);
    let problem = json_of(&refused)["error"].as_str().unwrap().to_owned();
    let recorded = bench.last(ExchangeKind::Webhook);
    assert_eq!(recorded.response.unwrap().status, 413);
    assert_eq!(recorded.error, Some(problem));
}
