//! The official client against the emulator, every answer of which has to fit the documents of Botpress's API.

mod admin;
mod documents;
mod draw;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use contexture_emulator::api::{Api, Installation};
use contexture_emulator::clock::Clock;
use contexture_emulator::definition::Definition;
use contexture_emulator::server::{bind, routes, serve};
use contexture_emulator::storage::Storage;
use http::{Request, Response};
use serde_json::{Value, json};
use tower::ServiceExt as _;

use self::documents::Documents;

const BOT: &str = "bot_01HF7YAT00000000000000000A";
const INTEGRATION: &str = "intver_01HF7YAT000000000000000001";
const TOKEN: &str = "token-of-the-integration";

/// The folder with the packages of the official client.
const CLIENT: &str = "CONTEXTURE_OFFICIAL_CLIENT";
/// The folder with the documents.
const OPENAPI: &str = "CONTEXTURE_OPENAPI";

fn definition() -> Definition {
    Definition::new(json!({
        "name": "acme",
        "version": "1.0.0",
        "user": { "tags": { "id": {}, "login": {} } },
        "channels": { "chat": {
            "messages": { "text": { "schema": {
                "type": "object", "properties": { "text": { "type": "string" } }, "required": ["text"],
            } } },
            "message": { "tags": { "id": {}, "part": {} } },
            "conversation": { "tags": { "id": {}, "topic": {} } },
        } },
        "events": { "greeted": { "schema": { "type": "object" } } },
        "states": {
            "oauth": { "type": "integration", "schema": { "type": "object" } },
            "thread": { "type": "conversation", "schema": { "type": "object" } },
            "session": { "type": "user", "schema": { "type": "object" } },
        },
    }))
}

fn api(storage: Storage) -> Api {
    let api = Api::new(storage, Clock::system());
    let installation = Installation {
        bot_id: BOT.to_owned(),
        bot_user_id: "user_01HF7YAT00000000000000000B".to_owned(),
        integration_id: INTEGRATION.to_owned(),
        alias: "acme".to_owned(),
        definition: definition(),
    };
    api.install(installation).unwrap();
    api.add_token(TOKEN, INTEGRATION);
    api
}

/// What was answered: the operation, its status, and whether the answer fits.
#[derive(Default)]
struct Judged {
    fitting: usize,
    problems: Vec<String>,
}

/// The routes of the API, whose answers are judged.
fn judged_routes(api: Api, documents: Documents, judged: Arc<Mutex<Judged>>) -> Router {
    let documents = Arc::new(documents);
    let routes = routes(api);
    Router::new().fallback(move |request: Request<Body>| {
        let (routes, documents, judged) = (routes.clone(), documents.clone(), judged.clone());
        async move {
            let (method, path) = (request.method().clone(), request.uri().path().to_owned());
            let response = routes.oneshot(request).await.unwrap();
            let (parts, body) = response.into_parts();
            let body = to_bytes(body, usize::MAX).await.unwrap();
            if path.starts_with("/v1/") {
                let value: Value = serde_json::from_slice(&body).unwrap_or_default();
                let result = documents.check(&method, &path, parts.status.as_u16(), &value);
                let mut judged = judged.lock().unwrap();
                match result {
                    Ok(()) => judged.fitting += 1,
                    Err(problem) => judged.problems.push(format!("{method} {path}: {problem}")),
                }
            }
            Response::from_parts(parts, Body::from(body))
        }
    })
}

#[expect(clippy::print_stderr, reason = "a skipped test reports it")]
fn folder(variable: &str) -> Option<PathBuf> {
    let folder = std::env::var_os(variable).map(PathBuf::from);
    if folder.is_none() {
        let is_ci = std::env::var("CI").is_ok_and(|ci| ci == "true");
        assert!(!is_ci, "{variable} is not set");
        eprintln!("skipped: {variable} is not set");
    }
    folder
}

async fn drive(client: &Path, port: u16, operations: &Path) -> Output {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/official-client/drive.cjs");
    let mut command = Command::new("node");
    command
        .arg(script)
        .arg(format!("http://127.0.0.1:{port}"))
        .arg(INTEGRATION)
        .arg(operations)
        .env("NODE_PATH", client.join("node_modules"))
        .env("BP_TOKEN", TOKEN)
        .env("BP_BOT_ID", BOT)
        .env("BP_INTEGRATION_ALIAS", "acme");
    let run = tokio::task::spawn_blocking(move || command.output());
    run.await.unwrap().expect("node starts")
}

#[tokio::test(flavor = "multi_thread")]
#[expect(clippy::print_stderr, reason = "the counts are the result")]
async fn every_operation_of_the_official_client_is_answered_as_the_documents_say() {
    let (Some(client), Some(openapi)) = (folder(CLIENT), folder(OPENAPI)) else {
        return;
    };
    let files = tempfile::tempdir().unwrap();
    let api = api(Storage::open(&files.path().join("emulator.sqlite")).unwrap());
    let documents = Documents::read(&openapi.join("1.86"), &["runtime.json", "files.json"]);
    let operations = files.path().join("operations.json");
    let names = documents.operations();
    // The client adds the upload of a file.
    let expected = names.len() + 1;
    std::fs::write(&operations, json!(names).to_string()).unwrap();
    let judged = Arc::<Mutex<Judged>>::default();
    let routes = judged_routes(api.clone(), documents, Arc::clone(&judged));
    let listener = bind(0).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let server = tokio::spawn(serve(listener, api, routes, std::future::pending()));
    let output = drive(&client, port, &operations).await;
    server.abort();
    let (out, err) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(output.status.success(), "{out}\n{err}");
    let counts: Value = serde_json::from_str(out.lines().last().unwrap()).unwrap();
    let judged = judged.lock().unwrap();
    assert_eq!(judged.problems, [""; 0]);
    eprintln!(
        "official client: {counts}; {} answers fit the documents",
        judged.fitting
    );
    assert_eq!(counts["operations"], expected, "{counts}");
    assert!(judged.fitting >= expected, "{} answers", judged.fitting);
}
