use bytes::Bytes;
use contexture::client::{HttpTransport, Transport as _};
use contexture_emulator::exchange::ExchangeFilter;
use contexture_emulator::platform::NewInstance;
use http::{Method, Request};
use serde_json::{Value, json};

use crate::bench::{Bench, TOKEN, id, small};

/// Makes a request to the API of integrations with a token, and returns its status.
async fn status(bench: &Bench, token: &str, integration: &str, bot: &str) -> u16 {
    let request = Request::post(format!(
        "{}/v1/chat/users/get-or-create",
        bench.emulator.address
    ))
    .header("authorization", format!("Bearer {token}"))
    .header("x-bot-id", bot)
    .header("x-integration-id", integration)
    .body(Bytes::from(r#"{ "tags": { "id": "7" } }"#).into())
    .unwrap();
    let response = HttpTransport::new().send(request).await.unwrap();
    response.status().as_u16()
}

/// Creates an integration, and installs it in a bot. Its `register` fails, which does not matter here.
async fn installed(bench: &Bench, body: &Value) -> (String, String) {
    let mut body = body.clone();
    body["url"] = "http://127.0.0.1:9".into();
    body["user"] = json!({ "tags": { "id": {} } });
    let created = bench.create(&body).await;
    let platform = bench
        .emulator
        .admin
        .integrations()
        .find(id(&created))
        .unwrap();
    let new = NewInstance {
        configuration: json!({}),
        ..NewInstance::default()
    };
    let instance = platform.install(new).await.unwrap();
    (id(&created).to_owned(), instance.bot_id)
}

#[tokio::test]
async fn a_key_gives_access_to_the_api_of_its_integration_until_it_is_deleted() {
    let bench = Bench::new().await;
    let (first, bot) = installed(&bench, &small("1.0.0")).await;
    let (second, other_bot) = installed(&bench, &small("2.0.0")).await;
    let keys = "/v1/admin/integrations/iaks";
    let new = json!({ "integrationId": first, "note": "for the server" });
    let key = bench.done(Method::POST, keys, &new).await;
    let value = key["value"].as_str().unwrap();
    assert_eq!(status(&bench, value, &first, &bot).await, 200);
    assert_eq!(status(&bench, value, &second, &other_bot).await, 403);
    assert_eq!(status(&bench, TOKEN, &first, &bot).await, 401);

    let listed = bench.get(&format!("{keys}?integrationId={first}")).await;
    assert_eq!(
        listed["iaks"],
        json!([{ "id": key["id"], "createdAt": key["createdAt"], "note": "for the server" }])
    );
    assert!(!listed.to_string().contains(value));

    let path = format!("{keys}/{}", id(&key));
    bench.done(Method::DELETE, &path, &json!({})).await;
    assert_eq!(status(&bench, value, &first, &bot).await, 401);
    let (kind, _) = bench.refused(Method::DELETE, &path, &json!({})).await;
    assert_eq!(kind, "ResourceNotFound");
}

#[tokio::test]
async fn the_token_of_the_author_calls_the_api_of_an_integration_under_development() {
    let bench = Bench::new().await;
    let mut body = small("1.0.0");
    body["dev"] = true.into();
    let (dev, bot) = installed(&bench, &body).await;
    assert!(dev.starts_with("devint_"), "{dev}");
    assert_eq!(status(&bench, TOKEN, &dev, &bot).await, 200);
}

#[tokio::test]
async fn no_key_is_in_the_record_of_exchanges() {
    let bench = Bench::new().await;
    let (first, bot) = installed(&bench, &small("1.0.0")).await;
    let new = json!({ "integrationId": first });
    let key = bench
        .done(Method::POST, "/v1/admin/integrations/iaks", &new)
        .await;
    let value = key["value"].as_str().unwrap();
    let request = Request::post(format!("{}/v1/chat/users", bench.emulator.address))
        .header("authorization", format!("Bearer {value}"))
        .header("x-bot-id", &bot)
        .body(Bytes::from(json!({ "name": value }).to_string()).into())
        .unwrap();
    HttpTransport::new().send(request).await.unwrap();
    let recorded = bench
        .emulator
        .parts
        .recorder
        .list(&ExchangeFilter::default())
        .unwrap();
    assert!(recorded.iter().any(|one| one.name == "POST /v1/chat/users"));
    for exchange in &recorded {
        let body = String::from_utf8_lossy(exchange.request.body.bytes()).into_owned();
        assert!(!format!("{exchange:?}{body}").contains(value));
    }
}
