//! The scripts of a definition, with an engine that stands in for VRL.

use std::sync::Arc;

use contexture_emulator::definition::Definition;
use contexture_emulator::exchange::ExchangeKind;
use contexture_emulator::platform::{
    Integration, NewInstance, PlatformOptions, ReplayEdit, ScriptEngine, ScriptError, ScriptProgram,
};
use serde_json::{Value, json};

use crate::bench::{Bench, say};
use crate::scripted::{self, response};

/// Runs scripts that are JSON pointers, or JSON with `$` for the whole input.
#[derive(Debug)]
struct Pointers;

impl ScriptEngine for Pointers {
    fn run(&self, script: &str, input: Value) -> Result<Value, ScriptError> {
        match script {
            "broken" => Err(ScriptError::Compile("unexpected token".to_owned())),
            "team" => {
                let body: Value = serde_json::from_str(input["body"].as_str().unwrap_or_default())
                    .map_err(|error| ScriptError::Run(error.to_string()))?;
                Ok(body["team"].clone())
            }
            "challenge" => Ok(json!({ "status": 202, "headers": { "x-a": "b" }, "body": input })),
            _ => Ok(json!(format!(
                "{}/start?state={}&env={}",
                input["webhookUrl"].as_str().unwrap_or_default(),
                input["webhookId"].as_str().unwrap_or_default(),
                input["env"].as_str().unwrap_or_default(),
            ))),
        }
    }

    fn check(&self, _: &str) -> Result<(), ScriptError> {
        Ok(())
    }
}

fn definition(name: &str) -> Definition {
    Definition::new(json!({
        "name": name,
        "configuration": {
            "schema": { "type": "object" },
            "identifier": { "required": true, "linkTemplateScript": "link" },
        },
        "configurations": { "manual": { "schema": { "type": "object" } } },
        "identifier": { "extractScript": "team", "fallbackHandlerScript": "challenge" },
    }))
}

fn options(engine: impl ScriptEngine + 'static) -> PlatformOptions {
    PlatformOptions {
        scripts: Arc::new(engine),
        ..PlatformOptions::default()
    }
}

async fn bench(name: &str) -> Bench {
    let bench = Bench::with(definition(name), options(Pointers)).await;
    let address = scripted::serve(|call| async move {
        let seen = call.json()["req"]["path"].to_string();
        let mut response = response(200, format!(r#"{{"path":{seen}}}"#));
        if call.operation() == "webhook_received" && seen.contains("connect") {
            let id = call.json()["req"]["query"]
                .as_str()
                .unwrap()
                .replace("state=", "team-");
            let headers = response.headers_mut();
            headers.insert("x-bp-integration-identifier", id.parse().unwrap());
        }
        response
    })
    .await;
    let integration = Integration {
        definition: definition(name),
        address: format!("http://{address}"),
        secrets: [("VERIFY".to_owned(), "a-verify-token".to_owned())].into(),
    };
    bench.platform.set_integration(integration).unwrap();
    bench
}

async fn install(bench: &Bench) -> String {
    let new = NewInstance {
        configuration: json!({}),
        ..NewInstance::default()
    };
    bench.platform.install(new).await.unwrap().webhook_id
}

#[tokio::test]
async fn the_shared_webhook_of_an_integration_leads_to_the_instance_with_the_identifier() {
    for name in ["acme", "acme/chat"] {
        let bench = bench(name).await;
        let (first, second) = (install(&bench).await, install(&bench).await);
        for id in [&first, &second] {
            bench.get(&format!("/oauth/connect?state={id}")).await;
        }
        for id in [&first, &second] {
            let body = json!({ "team": format!("team-{id}") }).to_string();
            let path = format!("/integration/global/{name}/events");
            let response = bench.post(&path, &body).await;
            assert_eq!(response.body(), r#"{"path":"/events"}"#);
            let webhook = bench.last(ExchangeKind::Webhook);
            assert_eq!(webhook.instance.as_ref(), Some(id));
        }
    }
}

#[tokio::test]
async fn only_an_authorization_that_sets_an_identifier_is_followed_by_a_registration() {
    for (identifier, registrations) in [(Some("team-1"), 2), (None, 1)] {
        let bench = Bench::with(definition("acme"), options(Pointers)).await;
        let address = scripted::serve(move |call| async move {
            if call.operation() != "webhook_received" {
                return scripted::done();
            }
            let mut response = response(302, "");
            let headers = response.headers_mut();
            let end = "http://127.0.0.1/webhook/oauth/interstitial?success=true";
            headers.insert("location", end.parse().unwrap());
            if let Some(identifier) = identifier {
                let identifier = identifier.parse().unwrap();
                headers.insert("x-bp-integration-identifier", identifier);
            }
            response
        })
        .await;
        bench.call_at(address);
        let id = install(&bench).await;
        bench.get(&format!("/oauth?state={id}")).await;
        let calls = bench.exchanges(ExchangeKind::Call);
        let registered = calls.iter().filter(|call| call.name == "register");
        assert_eq!(registered.count(), registrations, "{identifier:?}");
    }
}

#[tokio::test]
async fn the_definition_answers_requests_that_belong_to_no_instance() {
    let bench = bench("acme").await;
    install(&bench).await;
    for body in ["no JSON", r#"{"team":"unknown"}"#, r#"{"team":null}"#] {
        let response = bench.post("/integration/global/acme/x?a=b", body).await;
        assert_eq!(response.status(), 202, "{body}");
        assert_eq!(response.headers()["x-a"], "b");
        let input: Value = serde_json::from_slice(response.body()).unwrap();
        assert_eq!(input["path"], "/x");
        assert_eq!(input["query"], "a=b");
        assert_eq!(input["body"], body);
        assert_eq!(input["secrets"], json!({ "VERIFY": "a-verify-token" }));
        let webhook = bench.last(ExchangeKind::Webhook);
        assert_eq!(webhook.instance, None);
        let recorded = webhook.response.unwrap();
        assert!(recorded.body.text().unwrap().contains("[secret VERIFY]"));
        let failed = webhook
            .note
            .is_some_and(|note| note.contains("extractScript failed"));
        assert_eq!(failed, body == "no JSON");
    }
    assert_eq!(bench.get("/integration/global/other").await.status(), 404);
}

#[tokio::test]
async fn the_authorization_link_is_made_by_the_template_of_the_configuration_type() {
    let bench = bench("acme").await;
    let id = install(&bench).await;
    let link = bench.platform.authorization_link(&id).unwrap().unwrap();
    let base = bench.platform.webhook_base_url();
    assert_eq!(link.url, format!("{base}/start?state={id}&env=preview"));
    assert!(link.is_required);
    bench
        .platform
        .configure(&id, Some("manual"), &json!({}))
        .await
        .unwrap();
    assert_eq!(bench.platform.authorization_link(&id).unwrap(), None);
}

#[tokio::test]
async fn without_the_program_the_error_says_how_to_get_it() {
    let bench = Bench::with(definition("acme"), options(ScriptProgram::new("/nowhere"))).await;
    let id = install(&bench).await;
    let link = bench
        .platform
        .authorization_link(&id)
        .unwrap_err()
        .to_string();
    assert!(
        link.contains("/nowhere") && link.contains("cargo install"),
        "{link}"
    );
    let response = bench.post("/integration/global/acme", "{}").await;
    assert_eq!(response.status(), 500);
    let text = String::from_utf8(response.body().to_vec()).unwrap();
    assert!(text.contains("/nowhere"), "{text}");
}

/// The program that `CONTEXTURE_VRL` names, or that of `PATH`.
fn program() -> Option<ScriptProgram> {
    let named = std::env::var_os("CONTEXTURE_VRL").map(ScriptProgram::new);
    let is_required = named.is_some();
    let program = named.unwrap_or_default();
    match program.check(".a") {
        Ok(()) => Some(program),
        Err(missing) => {
            assert!(!is_required, "{missing}");
            say(&format!("skipped: {missing}"));
            None
        }
    }
}

#[tokio::test]
async fn scripts_run_in_vrl() {
    let Some(program) = program() else { return };
    let mut document = definition("acme").document().clone();
    document["identifier"] = json!({
        "extractScript": "to_string!(parse_json!(.body).team)",
        "fallbackHandlerScript": "{ \"status\": 202, \"body\": .secrets.VERIFY }",
    });
    document["configuration"]["identifier"]["linkTemplateScript"] = json!(
        "url = to_string!(.webhookUrl)\nid = to_string!(.webhookId)\n\"{{ url }}/oauth/wizard/start?state={{ id }}\""
    );
    let bench = Bench::with(Definition::new(document), options(program)).await;
    bench.call_at(scripted::serve(|_| async { response(200, "seen") }).await);
    let instance = bench.platform.instance(&install(&bench).await).unwrap();
    let link = bench.platform.authorization_link(&instance.webhook_id);
    let expected = format!(
        "{}/oauth/wizard/start?state={}",
        bench.platform.webhook_base_url(),
        instance.webhook_id
    );
    assert_eq!(link.unwrap().unwrap().url, expected);
    let configured = json!({ "identifier": "t1" });
    let path = "/v1/chat/integrations/configure";
    let configured = bench.api(&instance, "POST", path, &configured).await;
    assert_eq!(configured.status(), 200);
    let found = bench
        .post("/integration/global/acme", r#"{"team":"t1"}"#)
        .await;
    assert_eq!(&found.body()[..], b"seen");
    let other = bench
        .post("/integration/global/acme", r#"{"team":"t2"}"#)
        .await;
    assert_eq!(other.status(), 202);
}

#[tokio::test]
async fn without_a_fallback_the_answer_says_why_there_is_no_instance() {
    let mut document = definition("acme").document().clone();
    document["identifier"] = json!({ "extractScript": "team" });
    document["configuration"]["schema"] =
        json!({ "properties": { "key": { "x-zui": { "secret": true } } } });
    let bench = Bench::with(Definition::new(document), options(Pointers)).await;
    let new = NewInstance {
        configuration: json!({ "key": "a secret of an instance" }),
        ..NewInstance::default()
    };
    let id = bench.platform.install(new).await.unwrap().webhook_id;
    for (body, reason) in [
        (
            "a secret of an instance",
            "the extractScript failed: expected value",
        ),
        (r#"{"team":"t1"}"#, "no instance has the identifier `t1`"),
        ("{}", "the definition found no identifier"),
    ] {
        let response = bench.post("/integration/global/acme", body).await;
        assert_eq!(response.status(), 404);
        let text = String::from_utf8(response.body().to_vec()).unwrap();
        assert!(text.contains(reason), "{text}");
    }
    // No instance was found, so the secrets of all are looked for.
    let first = bench.exchanges(ExchangeKind::Webhook).remove(0);
    let shown = format!("[secret {id} /key]");
    assert_eq!(first.request.body.text(), Some(shown.as_str()));
    let replayed = bench.platform.replay(&first.id, ReplayEdit::default());
    let replayed = bench.exchange(&replayed.await.unwrap().exchange);
    assert_eq!(replayed.request.body.text(), Some(shown.as_str()));
}

#[tokio::test]
async fn a_script_that_does_not_compile_is_told() {
    let mut document = definition("acme").document().clone();
    document["identifier"]["extractScript"] = json!("broken");
    let bench = Bench::with(Definition::new(document), options(Pointers)).await;
    let response = bench.post("/integration/global/acme", "{}").await;
    let text = String::from_utf8(response.body().to_vec()).unwrap();
    assert!(
        text.contains("does not compile: unexpected token"),
        "{text}"
    );
}
