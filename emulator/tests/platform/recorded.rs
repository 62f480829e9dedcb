use contexture_emulator::definition::Definition;
use contexture_emulator::exchange::{ExchangeKind, ExchangeNotice};
use contexture_emulator::platform::{Integration, NewInstance, ReplayEdit};
use serde_json::{Value, json};

use crate::bench::{API_KEY, Bench, json_of, parity_definition};
use crate::scripted::{self, done, response};

#[tokio::test]
async fn the_configuration_in_the_record_lacks_its_secrets_alone() {
    use base64::Engine as _;
    let bench = Bench::parity().await;
    bench.install().await;
    let call = bench.last(ExchangeKind::Call);
    let header = |name: &str| {
        let mut headers = call.request.headers.iter();
        let found = headers.find(|(known, _)| known == name);
        found.map(|(_, value)| value.clone()).unwrap()
    };
    let shown = base64::prelude::BASE64_STANDARD
        .decode(header("x-bp-configuration"))
        .unwrap();
    let shown: Value = serde_json::from_slice(&shown).unwrap();
    assert_eq!(
        shown,
        json!({ "apiKey": "[secret /apiKey]", "region": "eu", "debug": true })
    );
    assert_eq!(header("x-bp-signature"), "[redacted]");
}

#[tokio::test]
async fn listeners_learn_of_the_beginning_and_the_end_of_exchanges() {
    let bench = Bench::parity().await;
    let mut notices = bench.platform.recorder().listen();
    bench.install().await;
    let id = bench.last(ExchangeKind::Call).id;
    assert_eq!(
        notices.recv().await.unwrap(),
        ExchangeNotice::Started { id: id.clone() }
    );
    assert_eq!(
        notices.recv().await.unwrap(),
        ExchangeNotice::Finished { id }
    );
}

#[tokio::test]
async fn a_secret_of_the_configuration_is_in_no_exchange_wherever_it_goes() {
    let bench = Bench::of(parity_definition()).await;
    let address = scripted::serve(|call| async move {
        let echoed = format!("{API_KEY} {}", String::from_utf8_lossy(&call.body));
        match call.operation() {
            "register" => done(),
            "webhook_received" => response(200, echoed),
            _ => {
                let error = json!({ "id": "e", "code": 400, "type": "Runtime", "message": echoed });
                response(400, error.to_string())
            }
        }
    })
    .await;
    bench.call_at(address);
    let instance = bench.install().await;
    let id = &instance.webhook_id;
    let input = json!({ "name": API_KEY, "nested": json!({ "key": API_KEY }).to_string() });
    let failed = bench.platform.call_action(id, "hello", &input).await;
    let shown = failed.unwrap_err().to_string();
    assert!(
        shown.contains("[secret /apiKey]") && !shown.contains(API_KEY),
        "{shown}"
    );
    bench
        .post(&format!("/webhook/{id}/{API_KEY}?key={API_KEY}"), API_KEY)
        .await;
    bench
        .api(
            &instance,
            "POST",
            "/v1/chat/users",
            &json!({ "tags": { "id": API_KEY } }),
        )
        .await;
    assert_eq!(dump(&bench, API_KEY), Vec::<String>::new());
    let token = bench.platform.token().to_owned();
    assert_eq!(dump(&bench, &token), Vec::<String>::new());
    // A call for each operation, a webhook with its call, and the request.
    assert_eq!(bench.exchanges(ExchangeKind::Call).len(), 3);
    assert_eq!(bench.exchanges(ExchangeKind::Webhook).len(), 1);
    assert_eq!(bench.exchanges(ExchangeKind::Api).len(), 1);
}

/// The values in the table of exchanges that contain a text.
fn dump(bench: &Bench, text: &str) -> Vec<String> {
    let found = bench.storage.read(|connection| {
        let mut statement = connection.prepare("SELECT * FROM exchanges")?;
        let columns = statement.column_count();
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            for column in 0..columns {
                let value = match row.get_ref(column)? {
                    rusqlite::types::ValueRef::Text(bytes)
                    | rusqlite::types::ValueRef::Blob(bytes) => bytes.to_vec(),
                    _ => continue,
                };
                let value = String::from_utf8_lossy(&value).into_owned();
                if value.contains(text) {
                    found.push(value);
                }
            }
        }
        Ok::<_, contexture_emulator::storage::StorageError>(found)
    });
    found.unwrap()
}

#[tokio::test]
async fn secrets_in_a_state_are_not_recorded_by_its_schema() {
    let definition = Definition::new(json!({
        "name": "acme",
        "states": { "credentials": { "type": "integration", "schema": {
            "type": "object",
            "properties": {
                "accessToken": { "type": "string", "x-zui": { "secret": true } },
                "account": { "type": "string" },
            },
        } } },
    }));
    let bench = Bench::of(definition).await;
    let new = NewInstance {
        configuration: json!({}),
        ..NewInstance::default()
    };
    let instance = bench.platform.install(new).await.unwrap();
    let path = format!(
        "/v1/chat/states/integration/{}/credentials",
        instance.integration_id
    );
    let payload = json!({ "accessToken": "gho_0123456789", "account": "ada" });
    let set = bench
        .api(&instance, "POST", &path, &json!({ "payload": payload }))
        .await;
    assert_eq!(set.status(), 200, "{}", json_of(&set));
    let got = bench.api(&instance, "GET", &path, &Value::Null).await;
    assert_eq!(json_of(&got)["state"]["payload"], payload);
    assert_eq!(dump(&bench, "gho_0123456789"), Vec::<String>::new());
    let recorded = bench.last(ExchangeKind::Api).response.unwrap();
    let recorded = recorded.body.text().unwrap().to_owned();
    assert!(
        recorded.contains("[secret state credentials /accessToken]"),
        "{recorded}"
    );
    assert!(recorded.contains("ada"), "{recorded}");

    let read = bench.last(ExchangeKind::Api).id;
    let replayed = bench.platform.replay(&read, ReplayEdit::default()).await;
    let replayed = bench.exchange(&replayed.unwrap().exchange);
    assert_eq!(replayed.response.unwrap().body.text(), Some(&*recorded));
    assert_eq!(dump(&bench, "gho_0123456789"), Vec::<String>::new());
}

#[tokio::test]
async fn secrets_in_inputs_outputs_and_events_are_not_recorded_by_their_schemas() {
    let secret = json!({ "type": "string", "x-zui": { "secret": true } });
    let definition = Definition::new(json!({
        "name": "acme",
        "actions": { "exchange": {
            "input": { "schema": { "properties": { "code": secret } } },
            "output": { "schema": { "properties": { "token": secret } } },
        } },
        "events": { "issued": { "schema": { "properties": { "key": secret } } } },
    }));
    let bench = Bench::of(definition).await;
    let address = scripted::serve(|call| async move {
        match call.operation() {
            "action_triggered" => {
                response(200, r#"{"output":{"token":"out-0123456789","expires":7}}"#)
            }
            _ => done(),
        }
    })
    .await;
    bench.call_at(address);
    let new = NewInstance {
        configuration: json!({}),
        ..NewInstance::default()
    };
    let instance = bench.platform.install(new).await.unwrap();
    let input = json!({ "code": "in-0123456789" });
    let answer = bench
        .platform
        .call_action(&instance.webhook_id, "exchange", &input)
        .await
        .unwrap();
    assert_eq!(answer.json()["output"]["token"], "out-0123456789");
    let call = bench.exchange(&answer.exchange);
    let recorded = call.response.unwrap().body.text().unwrap().to_owned();
    assert_eq!(
        recorded,
        r#"{"output":{"token":"[secret output of exchange /token]","expires":7}}"#
    );
    let event = json!({ "type": "issued", "payload": { "key": "event-0123456789" } });
    let created = bench
        .api(&instance, "POST", "/v1/chat/events", &event)
        .await;
    assert_eq!(created.status(), 201);
    bench
        .api(&instance, "GET", "/v1/chat/events", &Value::Null)
        .await;
    assert_eq!(bench.exchanges(ExchangeKind::Api).len(), 2);
    for secret in ["in-0123456789", "out-0123456789", "event-0123456789"] {
        assert_eq!(dump(&bench, secret), Vec::<String>::new());
    }
}

#[tokio::test]
async fn what_an_authorization_grants_and_an_owner_enters_is_not_recorded() {
    let bench = Bench::of(parity_definition()).await;
    let address = scripted::serve(|call| async move { response(200, call.body) }).await;
    bench.call_at(address);
    let id = bench.install().await.webhook_id;
    let granted = bench
        .get(&format!("/oauth?code=code-0123456789&state={id}"))
        .await;
    assert_eq!(
        json_of(&granted)["req"]["query"],
        format!("code=code-0123456789&state={id}")
    );
    let request = http::Request::post(format!("/oauth/wizard/key?state={id}"))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(format!("token=token%2F0123456789&step=key&state={id}").into())
        .unwrap();
    bench.send(request).await;
    for secret in ["code-0123456789", "token%2F0123456789", "token/0123456789"] {
        assert_eq!(dump(&bench, secret), Vec::<String>::new());
    }
    let entered = bench.last(ExchangeKind::Webhook);
    let shown = format!("token=[secret parameter token|component]&step=key&state={id}");
    assert_eq!(entered.request.body.text(), Some(shown.as_str()));

    let refused = bench
        .platform
        .replay(&entered.id, ReplayEdit::default())
        .await;
    let refused = refused.unwrap_err().to_string();
    assert!(refused.contains("parameter token"), "{refused}");
    let edit = ReplayEdit {
        body: Some(b"token=another-0123456789".to_vec()),
        ..ReplayEdit::default()
    };
    let replayed = bench.platform.replay(&entered.id, edit).await.unwrap();
    assert!(bench.exchange(&replayed.exchange).is_ok());
    assert_eq!(dump(&bench, "another-0123456789"), Vec::<String>::new());
}

#[tokio::test]
async fn secrets_of_the_integration_are_not_recorded() {
    let bench = Bench::of(parity_definition()).await;
    let address = scripted::serve(|_| async { response(200, r#"{"key":"sk-0123456789"}"#) }).await;
    let integration = Integration {
        definition: parity_definition(),
        address: format!("http://{address}"),
        secrets: [("OPENAI_KEY".to_owned(), "sk-0123456789".to_owned())].into(),
    };
    bench.platform.set_integration(integration).unwrap();
    bench.install().await;
    let recorded = bench.last(ExchangeKind::Call).response.unwrap();
    assert_eq!(
        recorded.body.text(),
        Some(r#"{"key":"[secret OPENAI_KEY]"}"#)
    );
}

#[tokio::test]
async fn the_contents_of_files_are_not_recorded() {
    let bench = Bench::parity().await;
    let instance = bench.install().await;
    let content = "the content of a file";
    let body = json!({ "key": "a.txt", "size": content.len(), "contentType": "text/plain" });
    let file = json_of(&bench.api(&instance, "PUT", "/v1/files", &body).await)["file"].clone();
    let address = file["uploadUrl"].as_str().unwrap();
    let path = address.split_once(&bench.address.to_string()).unwrap().1;
    let request = http::Request::put(path).header("content-type", "text/plain");
    let uploaded = bench.send(request.body(content.into()).unwrap()).await;
    assert_eq!(uploaded.status(), 200);
    let upload = bench.last(ExchangeKind::Api);
    assert_eq!(upload.request.body.size(), content.len() as u64);
    assert_eq!(upload.request.body.bytes(), b"");
    assert_eq!(dump(&bench, content), Vec::<String>::new());
}

#[tokio::test]
async fn a_request_with_a_wrong_token_is_recorded_as_it_was_refused() {
    let bench = Bench::parity().await;
    let request = http::Request::get("/v1/chat/users").header("authorization", "Bearer wrong");
    let refused = bench.send(request.body("".into()).unwrap()).await;
    assert_eq!(refused.status(), 401);
    let recorded = bench.last(ExchangeKind::Api);
    assert_eq!(recorded.response.unwrap().status, 401);
    assert_eq!((recorded.instance, recorded.parent), (None, None));
}
