//! The admin API against its document: which bodies it takes, and what it answers.

use std::collections::BTreeSet;

use contexture::client::{HttpTransport, Transport as _};
use contexture_emulator::admin::{NewWorkspace, check_body, operation_names};
use contexture_emulator::platform::NewInstance;
use contexture_emulator::server::{Emulator, EmulatorOptions};
use http::{Method, Request};
use jsonschema::Draft;
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use serde_json::{Value, json};

use crate::documents::Documents;
use crate::draw::{draw, mutate};
use crate::{OPENAPI, folder};

/// How many bodies are drawn for each operation, and as many are drawn and mutated.
const DRAWN: usize = 1000;

fn documents() -> Option<Documents> {
    Some(Documents::read(
        &folder(OPENAPI)?.join("1.86"),
        &["admin.json"],
    ))
}

#[test]
#[expect(clippy::print_stderr, reason = "the counts are the result")]
fn the_tables_take_the_bodies_that_the_document_takes_and_no_other() {
    let Some(documents) = documents() else { return };
    let mut random = StdRng::seed_from_u64(18);
    for operation in operation_names() {
        let Some(schema) = documents.body(operation) else {
            continue;
        };
        let options = jsonschema::options().with_draft(Draft::Draft7);
        let validator = options.build(&schema).unwrap();
        let mut counts = [0; 2];
        for number in 0..2 * DRAWN {
            let mut body = draw(&schema, &mut random);
            if number < DRAWN {
                assert!(validator.is_valid(&body), "{operation}: {body}");
            } else {
                mutate(&schema, &mut body, &mut random);
            }
            let fits = validator.is_valid(&body);
            let checked = check_body(operation, &body);
            assert_eq!(checked.is_ok(), fits, "{operation}: {checked:?}: {body}");
            counts[usize::from(fits)] += 1;
        }
        let [refused, taken] = counts;
        eprintln!("{operation}: {taken} bodies taken, {refused} refused, as by the document");
        assert!(refused > DRAWN / 10, "{operation}: {refused}");
    }
}

/// An emulator whose answers are judged.
struct Judge {
    emulator: Emulator,
    documents: Documents,
    /// The operations that were answered with success.
    done: BTreeSet<String>,
}

impl Judge {
    async fn call(&mut self, operation: &str, method: Method, path: &str, body: Value) -> Value {
        let request = Request::builder()
            .method(&method)
            .uri(format!("{}{path}", self.emulator.address))
            .header("authorization", "Bearer token")
            .header("x-workspace-id", &self.emulator.workspace_id)
            .body(bytes::Bytes::from(body.to_string()).into())
            .unwrap();
        let response = HttpTransport::new().send(request).await.unwrap();
        let status = response.status().as_u16();
        let answer: Value = serde_json::from_slice(response.body()).unwrap();
        assert_eq!(status, 200, "{operation}: {answer}");
        let path = path.split('?').next().unwrap();
        let fits = self.documents.check(&method, path, status, &answer);
        assert_eq!(fits, Ok(()), "{operation}");
        self.done.insert(operation.to_owned());
        answer
    }

    async fn get(&mut self, operation: &str, path: &str) -> Value {
        self.call(operation, Method::GET, path, json!({})).await
    }

    async fn post(&mut self, operation: &str, path: &str, body: Value) -> Value {
        self.call(operation, Method::POST, path, body).await
    }

    async fn put(&mut self, operation: &str, path: &str, body: Value) -> Value {
        self.call(operation, Method::PUT, path, body).await
    }

    async fn delete(&mut self, operation: &str, path: &str) {
        self.call(operation, Method::DELETE, path, json!({})).await;
    }
}

fn body(version: &str) -> Value {
    let schema = json!({ "type": "object" });
    json!({
        "name": "acme/judged",
        "version": version,
        "title": "Judged",
        "url": "https://example.com",
        "icon": "PHN2Zy8+",
        "readme": "IyBKdWRnZWQ=",
        "attributes": { "category": "x" },
        "identifier": { "extractScript": ".a" },
        "configuration": { "schema": schema, "identifier": { "required": true } },
        "configurations": { "oauth": { "title": "OAuth" } },
        "actions": { "greet": { "input": { "schema": schema }, "output": { "schema": schema } } },
        "events": { "greeted": { "schema": schema, "attributes": { "a": "b" } } },
        "states": { "session": { "type": "user", "schema": schema } },
        "entities": { "item": { "schema": schema } },
        "channels": { "chat": { "messages": { "text": { "schema": schema } }, "message": { "tags": { "id": {} } } } },
        "user": { "tags": { "id": { "title": "Id" } } },
        "secrets": { "KEY": "value" },
        "extraOperations": { "ping": { "enabled": true } },
        "sdkVersion": "1.0.0",
        "layers": ["layer"],
    })
}

#[tokio::test]
async fn every_answer_of_the_admin_api_fits_its_document() {
    let Some(documents) = documents() else { return };
    let options = EmulatorOptions {
        token: "token".to_owned(),
        workspace: NewWorkspace {
            name: "Acme".to_owned(),
            handle: Some("acme".to_owned()),
        },
        ..EmulatorOptions::default()
    };
    let emulator = Emulator::start(options).await.unwrap();
    let done = BTreeSet::new();
    let mut judge = Judge {
        emulator,
        documents,
        done,
    };
    workspaces(&mut judge).await;
    integrations(&mut judge).await;
    hub(&mut judge).await;
    let known: BTreeSet<_> = operation_names().map(str::to_owned).collect();
    assert_eq!(judge.done, known);
}

async fn workspaces(judge: &mut Judge) {
    let workspace = format!("/v1/admin/workspaces/{}", judge.emulator.workspace_id);
    judge.get("listWorkspaces", "/v1/admin/workspaces").await;
    judge.get("getWorkspace", &workspace).await;
    let update =
        json!({ "about": "about", "socialAccounts": ["a"], "spendingLimit": 7, "isPublic": true });
    judge.put("updateWorkspace", &workspace, update).await;
    let path = "/v1/admin/workspaces/handle-availability";
    for handle in ["acme", "free"] {
        let body = json!({ "handle": handle });
        judge.put("checkHandleAvailability", path, body).await;
    }
}

const ALL: &str = "/v1/admin/integrations";

async fn integrations(judge: &mut Judge) {
    let validate = format!("{ALL}/validate");
    judge
        .post("validateIntegrationCreation", &validate, body("1.0.0"))
        .await;
    let created = judge.post("createIntegration", ALL, body("1.0.0")).await;
    let id = created["integration"]["id"].as_str().unwrap();
    let one = format!("{ALL}/{id}");
    let update = json!({ "title": "Other", "maxExecutionTime": 30 });
    let validate = format!("{one}/validate");
    judge
        .put("validateIntegrationUpdate", &validate, update.clone())
        .await;
    judge.put("updateIntegration", &one, update).await;
    judge.get("getIntegration", &one).await;
    let latest = format!("{ALL}/acme%2Fjudged/latest");
    judge.get("getIntegrationByName", &latest).await;
    judge.get("listIntegrations", ALL).await;
    let rotate = format!("{one}/signing-secrets/rotate");
    judge
        .post("rotateIntegrationSigningSecrets", &rotate, json!({}))
        .await;
    let verify = format!("{ALL}/request-verification");
    let named = json!({ "integrationId": id });
    judge
        .post("requestIntegrationVerification", &verify, named)
        .await;
    keys(judge, id).await;
    installed(judge, id).await;
    judge.delete("deleteIntegration", &one).await;
}

async fn keys(judge: &mut Judge, id: &str) {
    let keys = format!("{ALL}/iaks");
    let new = json!({ "integrationId": id });
    let key = judge.post("createIntegrationApiKey", &keys, new).await;
    let list = format!("{keys}?integrationId={id}");
    judge.get("listIntegrationApiKeys", &list).await;
    let key = format!("{keys}/{}", key["id"].as_str().unwrap());
    judge.delete("deleteIntegrationApiKey", &key).await;
}

/// What an integration has once it is installed in a bot.
async fn installed(judge: &mut Judge, id: &str) {
    let platform = judge.emulator.admin.integrations().find(id).unwrap();
    let new = NewInstance {
        configuration: json!({}),
        ..NewInstance::default()
    };
    let instance = platform.install(new).await.unwrap();
    let bots = judge.get("listBots", "/v1/admin/bots").await;
    assert_eq!(bots["bots"][0]["id"], instance.bot_id.as_str());
    let logs = format!("{ALL}/{id}/logs?timeStart=2023-01-01T00:00:00Z");
    let logs = judge.get("getIntegrationLogs", &logs).await;
    assert_eq!(logs["logs"].as_array().unwrap().len(), 1);
    platform.remove(&instance.webhook_id).unwrap();
}

async fn hub(judge: &mut Judge) {
    const HUB: &str = "/v1/admin/hub";

    let mut public = body("2.0.0");
    public["visibility"] = "public".into();
    let created = judge.post("createIntegration", ALL, public).await;
    let id = created["integration"]["id"].as_str().unwrap();
    let integrations = format!("{HUB}/integrations");
    let listed = judge.get("listPublicIntegrations", &integrations).await;
    assert_eq!(listed["integrations"].as_array().unwrap().len(), 1);
    let by_id = format!("{integrations}/{id}");
    judge.get("getPublicIntegrationById", &by_id).await;
    let by_name = format!("{integrations}/acme%2Fjudged/2.0.0");
    judge.get("getPublicIntegration", &by_name).await;

    let interfaces = format!("{HUB}/interfaces");
    judge.get("listPublicInterfaces", &interfaces).await;
    let found = format!("{interfaces}/hitl/latest");
    let found = judge.get("getPublicInterface", &found).await;
    let id = found["interface"]["id"].as_str().unwrap();
    let by_id = format!("{interfaces}/{id}");
    judge.get("getPublicInterfaceById", &by_id).await;
}
