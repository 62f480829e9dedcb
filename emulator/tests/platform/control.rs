//! The emulator by requests, as the command makes them.

use axum::Router;
use axum::body::{Body, to_bytes};
use contexture_emulator::control::{self, Control};
use contexture_emulator::program::{Program, ProgramState};
use http::{Request, StatusCode};
use serde_json::{Value, json};
use tower::ServiceExt as _;

use crate::bench::{API_KEY, Bench, configuration};

/// The reference integration and its control.
struct Controlled {
    bench: Bench,
    routes: Router,
    program: Program,
}

impl Controlled {
    async fn new() -> Self {
        Self::with(None).await
    }

    async fn with(instances_elsewhere: Option<String>) -> Self {
        let bench = Bench::parity().await;
        let program = Program::new();
        let routes = control::routes(Control {
            platform: bench.platform.clone(),
            api: bench.api.clone(),
            program: program.clone(),
            folder: "/projects/parity".to_owned(),
            instances_elsewhere,
        });
        Self {
            bench,
            routes,
            program,
        }
    }

    async fn send(&self, request: Request<Body>) -> (StatusCode, Value) {
        let response = self.routes.clone().oneshot(request).await.unwrap();
        let status = response.status();
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        (status, serde_json::from_slice(&body).unwrap())
    }

    async fn get(&self, path: &str) -> Value {
        let request = Request::get(format!("{}{path}", control::BASE));
        let (status, answer) = self.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(status, StatusCode::OK, "{answer}");
        answer
    }

    async fn post(&self, path: &str, body: &Value) -> (StatusCode, Value) {
        let request = Request::post(format!("{}{path}", control::BASE));
        self.send(request.body(body.to_string().into()).unwrap())
            .await
    }

    async fn done(&self, path: &str, body: &Value) -> Value {
        let (status, answer) = self.post(path, body).await;
        assert_eq!(status, StatusCode::OK, "{answer}");
        answer
    }

    async fn refused(&self, path: &str, body: &Value) -> String {
        let (status, answer) = self.post(path, body).await;
        assert!(status.is_client_error(), "{status} {answer}");
        answer["error"].as_str().unwrap().to_owned()
    }
}

#[tokio::test]
async fn requests_of_pages_and_of_other_hosts_are_refused() {
    let controlled = Controlled::new().await;
    for (name, value) in [
        ("origin", "http://127.0.0.1:8070"),
        ("sec-fetch-site", "cross-site"),
        ("host", "example.com"),
    ] {
        let request = Request::get(format!("{}/state", control::BASE)).header(name, value);
        let (status, answer) = controlled.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{name}: {answer}");
    }
}

#[tokio::test]
async fn a_configuration_installs_and_then_configures_and_is_not_shown() {
    let controlled = Controlled::new().await;
    let ping = json!({ "operation": "ping" });
    let refused = controlled.refused("/call", &ping).await;
    assert!(refused.contains("not installed yet"), "{refused}");
    let wrong = json!({ "configuration": { "region": "mars" } });
    let refused = controlled.refused("/configuration", &wrong).await;
    assert!(refused.contains("/apiKey"), "{refused}");

    let right = json!({ "configuration": configuration() });
    let installed = controlled.done("/configuration", &right).await;
    assert_eq!(installed["instance"]["status"], "registered");
    let oauth = json!({ "clientId": "a", "clientSecret": "b-secret-b" });
    let oauth = json!({ "type": "oauth", "configuration": oauth });
    let configured = controlled.done("/configuration", &oauth).await;
    let state = controlled.get("/state").await;
    assert_eq!(state["instances"], json!([configured["instance"]]));
    assert_eq!(state["instances"][0]["configurationType"], "oauth");
    assert!(!state.to_string().contains("b-secret-b"));
}

#[tokio::test]
async fn a_call_has_its_answer_and_its_requests_and_is_recorded() {
    let controlled = Controlled::new().await;
    controlled.bench.install().await;
    let call = json!({ "operation": "action", "name": "echo", "input": { "value": { "a": 1 } } });
    let called = controlled.done("/call", &call).await;
    assert_eq!(called["error"], Value::Null);
    let id = called["exchange"]["id"].as_str().unwrap();
    assert_eq!(called["exchange"]["response"]["status"], 200);
    let listed = controlled.get("/exchanges?kind=call&limit=1").await;
    assert_eq!(listed["exchanges"][0]["id"], id);
    let newer = controlled.get(&format!("/exchanges?since={id}")).await;
    assert_eq!(newer, json!({ "exchanges": [] }));
    let shown = controlled.get(&format!("/exchanges/{id}")).await;
    assert_eq!(shown["trace"], called["exchange"]["trace"]);

    let edit =
        json!({ "body": json!({ "type": "echo", "input": { "value": { "a": 2 } } }).to_string() });
    let replayed = controlled
        .done(&format!("/exchanges/{id}/replay"), &edit)
        .await;
    assert_eq!(replayed["exchange"]["source"], id);
    let answer = replayed["exchange"]["response"]["body"]["text"].as_str();
    assert!(answer.unwrap().contains(r#""a":2"#), "{replayed}");
}

#[tokio::test]
async fn a_failed_call_has_its_error() {
    let controlled = Controlled::new().await;
    controlled.bench.install().await;
    let call = json!({ "operation": "action", "name": "nothing", "input": {} });
    let called = controlled.done("/call", &call).await;
    let error = called["error"].as_str().unwrap();
    assert!(
        error.starts_with("the integration answered with"),
        "{error}"
    );
    assert_eq!(called["exchange"]["isOk"], false);
}

#[tokio::test]
async fn a_message_goes_into_a_conversation_that_is_made_once() {
    let controlled = Controlled::new().await;
    controlled.bench.install().await;
    let message = json!({ "operation": "message", "type": "text", "channel": "channel", "payload": { "text": "hi" } });
    let mut conversations = Vec::new();
    for _ in 0..2 {
        let sent = controlled.done("/call", &message).await;
        assert_eq!(sent["error"], Value::Null, "{sent}");
        let body = sent["exchange"]["request"]["body"]["text"]
            .as_str()
            .unwrap();
        let body: Value = serde_json::from_str(body).unwrap();
        conversations.push(body["conversation"]["id"].clone());
    }
    assert_eq!(conversations[0], conversations[1]);
}

#[tokio::test]
async fn a_webhook_is_signed_with_the_secret_of_the_configuration() {
    let controlled = Controlled::new().await;
    controlled.bench.install().await;
    let webhook = json!({
        "operation": "webhook", "provider": "github", "path": "/in", "body": "{}", "secretName": "apiKey",
    });
    let signed = controlled.done("/sign", &webhook).await;
    let headers = signed["headers"].as_array().unwrap();
    let names: Vec<_> = headers.iter().map(|header| header[0].clone()).collect();
    assert_eq!(names, ["x-hub-signature-256"]);
    assert!(!signed.to_string().contains(API_KEY));
    let sent = controlled.done("/call", &webhook).await;
    let request = &sent["exchange"]["children"][0]["request"]["body"]["text"];
    assert!(
        request.as_str().unwrap().contains(r#""path":"/in""#),
        "{sent}"
    );

    let unknown = json!({ "operation": "webhook", "provider": "github", "secretName": "other" });
    let refused = controlled.refused("/call", &unknown).await;
    assert!(refused.contains("apiKey"), "{refused}");
}

#[tokio::test]
async fn nothing_is_called_while_no_program_serves() {
    let controlled = Controlled::new().await;
    controlled.bench.install().await;
    let ping = json!({ "operation": "ping" });
    for (state, told) in [
        (
            ProgramState::Building {
                earlier_serves: false,
            },
            "does not serve yet",
        ),
        (
            ProgramState::Failed {
                output: String::new(),
                earlier_serves: false,
            },
            "could not be built",
        ),
        (
            ProgramState::Ended {
                reason: "exit status: 3".to_owned(),
            },
            "exit status: 3",
        ),
    ] {
        controlled.program.set_state(state);
        let refused = controlled.refused("/call", &ping).await;
        assert!(refused.contains(told), "{refused}");
    }
    controlled.program.set_state(ProgramState::Building {
        earlier_serves: true,
    });
    controlled.done("/call", &ping).await;
}

#[tokio::test]
async fn a_wrong_request_is_told_what_is_expected() {
    let controlled = Controlled::new().await;
    let request = Request::get(format!("{}/exchanges?kinds=call", control::BASE));
    let (status, answer) = controlled.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(
        answer["error"].as_str().unwrap().contains("`kinds`"),
        "{answer}"
    );
    let refused = controlled
        .refused("/call", &json!({ "operation": "fly" }))
        .await;
    assert!(refused.contains("fly"), "{refused}");
}

#[tokio::test]
async fn without_instances_of_its_own_the_emulator_says_where_they_are() {
    let controlled = Controlled::with(Some("they are at Botpress".to_owned())).await;
    controlled.program.set_state(ProgramState::Serving);
    let state = controlled.get("/state").await;
    assert_eq!(state["instancesElsewhere"], "they are at Botpress");
    for (path, body) in [
        ("/call", json!({ "operation": "ping" })),
        ("/configuration", json!({ "configuration": {} })),
    ] {
        assert_eq!(
            controlled.refused(path, &body).await,
            "they are at Botpress"
        );
    }
}
