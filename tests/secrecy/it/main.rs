//! No secret shows in what a service and its dependencies log, at the most verbose level.

mod call;
mod captured;
mod forms;
mod upstream;

use std::sync::Arc;

use contexture::{
    Environment, RequireHeaderLayer, Secret, Server, VerifyCallsLayer, WebhookRequest,
    log::{LogFormat, LogLevel, LogSettings, TracingLayer},
    telemetry::Telemetry,
    testing::{LogRecorder, RecordingTransport},
    webhook::signature,
};
use contexture_secrecy::{Definition, Secrets};
use http::StatusCode;
use serde_json::{Value, json};
use tracing_subscriber::{Registry, filter::LevelFilter, layer::SubscriberExt as _};

use self::{
    call::{Caller, Wire},
    captured::Captured,
    forms::found,
    upstream::Upstream,
};

const TOKEN: &str = "botpress+token/one";
const PROXY: &str = "proxy+header/one";
/// The base64url form of `signing+secret/one`.
const SIGNING: &str = "c2lnbmluZytzZWNyZXQvb25l";
const WEBHOOK: &str = "webhook+secret/one";
const API_KEY: &str = "api+key/of+the+bot";
const CLIENT: &str = "client+secret/one";
const INPUT: &str = "input+key/of+a+user";
const FORGED: &str = "00112233445566778899aabbccddeeff";

/// All secrets that are known before the service starts.
const KNOWN: [&str; 14] = [
    TOKEN,
    PROXY,
    SIGNING,
    "signing+secret/one",
    WEBHOOK,
    API_KEY,
    CLIENT,
    INPUT,
    FORGED,
    upstream::CODE,
    upstream::ACCESS,
    upstream::REFRESH,
    upstream::RENEWED,
    upstream::OUTPUT,
];

/// Everything that the service has written.
struct Output {
    text: LogRecorder,
    json: LogRecorder,
    events: Captured,
    spans: RecordingTransport,
}

impl Output {
    /// Returns each kind of output with its name. Bytes of spans that are no text are replaced.
    fn all(&self) -> Vec<(&'static str, String)> {
        let spans = self.spans.requests().into_iter();
        let spans: Vec<u8> = spans.flat_map(|request| request.bytes.to_vec()).collect();
        vec![
            ("the log as text", self.text.text()),
            ("the log as JSON", self.json.text()),
            ("the events and spans", self.events.text()),
            (
                "the exported spans",
                String::from_utf8_lossy(&spans).into_owned(),
            ),
        ]
    }
}

fn configuration() -> Value {
    json!({ "apiKey": API_KEY, "clientSecret": CLIENT })
}

/// A webhook request as the body of a call.
fn webhook(request: &WebhookRequest) -> Value {
    json!({ "req": request })
}

fn action(name: &str, input: &Value) -> Value {
    json!({ "type": name, "input": input })
}

/// Makes calls of all kinds. Returns the secrets that arose on the way.
async fn make_calls(caller: &Caller, wire: Wire, upstream: &str) -> Vec<String> {
    let call =
        async |operation, body: &Value| caller.call(wire, operation, &configuration(), body).await;
    let registration = json!({ "webhookUrl": "https://webhook.test/wh_1" });
    assert_eq!(call("register", &registration).await.0, StatusCode::OK);
    assert_eq!(call("ping", &json!({})).await.0, StatusCode::OK);

    // Webhooks: genuine, and forged.
    let request = WebhookRequest::new("POST", "/in").with_body("hello");
    let signed = signature::github(&Secret::from(WEBHOOK)).sign(request.clone());
    let signed = signed.unwrap();
    let hash = signed.header("x-hub-signature-256").unwrap()["sha256=".len()..].to_owned();
    assert_eq!(
        call("webhook_received", &webhook(&signed)).await.0,
        StatusCode::OK
    );
    let forged = request.with_header("x-hub-signature-256", format!("sha256={FORGED}"));
    let refused = call("webhook_received", &webhook(&forged)).await;
    assert_eq!(refused.0, StatusCode::UNAUTHORIZED);

    // Actions: one that succeeds, and failures with causes.
    let exchanged = call(
        "action_triggered",
        &action("exchangeKey", &json!({ "key": INPUT })),
    )
    .await;
    assert_eq!(
        (exchanged.0, &exchanged.1["output"]["key"]),
        (StatusCode::OK, &json!(upstream::OUTPUT))
    );
    for address in [
        "http://127.0.0.1:1/",
        &upstream.replace("http:", "https:"),
        "http://plain.test/",
    ] {
        let input = json!({ "address": address });
        let failed = call("action_triggered", &action("callService", &input)).await;
        assert_eq!(failed.0, StatusCode::BAD_REQUEST, "{address}: {}", failed.1);
    }
    let invalid = action("exchangeKey", &json!({ "key": { INPUT: [INPUT] } }));
    assert_eq!(
        call("action_triggered", &invalid).await.0,
        StatusCode::BAD_REQUEST
    );

    // Configurations that are refused, and calls of strangers.
    for wrong in [json!({ "apiKey": { API_KEY: 1 } }), json!(API_KEY)] {
        let answer = caller.call(wire, "register", &wrong, &registration).await;
        assert_eq!(answer.0, StatusCode::BAD_REQUEST);
    }
    assert_eq!(caller.unsigned(wire).await, StatusCode::UNAUTHORIZED);
    assert_eq!(caller.without_header(wire).await, StatusCode::UNAUTHORIZED);

    // OAuth: a page, an exchange that is refused, one that succeeds, and a refresh.
    let page = call(
        "webhook_received",
        &webhook(&WebhookRequest::new("GET", "/start")),
    )
    .await;
    assert_eq!(page.0, StatusCode::SEE_OTHER, "{page:?}");
    let address = page.2.expect("the page redirects");
    let (_, query) = address.split_once('?').unwrap();
    let state = query
        .split('&')
        .find_map(|field| field.strip_prefix("state="))
        .unwrap();
    let code = upstream::CODE.replace('+', "%2B").replace('/', "%2F");
    for (code, status) in [("refused", 500), (&code, 200)] {
        let query = format!("code={code}&state={state}");
        let back = WebhookRequest::new("GET", "/oauth").with_query(query);
        let answer = call("webhook_received", &webhook(&back)).await;
        assert_eq!(answer.0.as_u16(), status, "{code}: {}", answer.1);
    }
    let refreshed = call("action_triggered", &action("refreshToken", &json!({}))).await;
    assert_eq!(refreshed.0, StatusCode::OK, "{}", refreshed.1);
    vec![hash, state.to_owned()]
}

fn server(environment: Environment, upstream: &str) -> Server<Definition> {
    let secrets = Secrets {
        webhook_secret: Secret::from(WEBHOOK),
    };
    let service = contexture_secrecy::service(upstream.to_owned()).secrets(secrets);
    Server::new(service.environment(environment))
        .listen(([127, 0, 0, 1], 0))
        .verify_calls(VerifyCallsLayer::new([SIGNING]).unwrap())
        .require_header(RequireHeaderLayer::new("x-proxy-secret", [PROXY]).unwrap())
}

#[tokio::test]
async fn no_secret_shows_in_what_a_service_and_its_dependencies_log() {
    let upstream = Upstream::default();
    let upstream_url = format!("http://{}", upstream.start().await);
    let output = Output {
        text: LogRecorder::new(),
        json: LogRecorder::new(),
        events: Captured::default(),
        spans: RecordingTransport::new(),
    };
    let environment = |format, log: &LogRecorder| {
        let settings = LogSettings {
            level: Some(LogLevel::Debug),
            format,
        };
        Environment::new()
            .api_url(&upstream_url)
            .webhook_url("https://webhook.test")
            .token(TOKEN)
            .log(settings)
            .log_sink(Arc::new(log.clone()))
    };
    let text = environment(LogFormat::Text, &output.text);
    let json = environment(LogFormat::Json, &output.json);
    let collector = Environment::new().transport(Arc::new(output.spans.clone()));
    let telemetry = Telemetry::new(&collector, "secrecy").unwrap();
    let subscriber = Registry::default()
        .with(LevelFilter::TRACE)
        .with(TracingLayer::new(&text))
        .with(TracingLayer::new(&json))
        .with(telemetry.layer())
        .with(output.events.clone());
    tracing::subscriber::set_global_default(subscriber).unwrap();
    log::set_boxed_logger(Box::new(output.events.clone())).unwrap();
    log::set_max_level(log::LevelFilter::Trace);

    let mut secrets = Vec::new();
    for (environment, wire) in [(text, Wire::Http1), (json, Wire::Http2)] {
        let bound = server(environment, &upstream_url).bind().await.unwrap();
        let caller = Caller::new(bound.address(), SIGNING, PROXY);
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let running = tokio::spawn(bound.run_until(async { drop(stopped.await) }));
        secrets.extend(make_calls(&caller, wire, &upstream_url).await);
        secrets.extend(caller.signatures());
        drop((caller, stop));
        running.await.unwrap();
    }
    telemetry.shutdown().await.unwrap();

    is_complete(&output, &upstream);
    secrets.extend(upstream.secrets());
    secrets.extend(KNOWN.map(str::to_owned));
    let written = output.all();
    for secret in &secrets {
        for (name, text) in &written {
            let form = found(secret, text);
            assert_eq!(form, None, "{secret} shows in {name}");
        }
    }
}

/// Asserts that the output is what was meant to be read: of the service, of its dependencies, of
/// every step.
fn is_complete(output: &Output, upstream: &Upstream) {
    let events = output.events.text();
    for target in ["contexture", "hyper_util", "h2::"] {
        assert!(
            events.lines().any(|line| line.starts_with(target)),
            "nothing of {target}"
        );
    }
    assert!(events.contains("record: http.response.status_code=401"));
    for (name, text) in output.all() {
        assert!(
            text.contains("bp:action_triggered") || text.contains("action_triggered callService"),
            "no call in {name}"
        );
    }
    for line in [
        "The service does not answer: no response from",
        "action_triggered callService: 400",
        "stopped",
    ] {
        for log in [&output.text, &output.json] {
            assert!(log.text().contains(line), "{line}");
        }
    }
    let paths = upstream.paths();
    for path in [
        "/token",
        "/key",
        "/v1/chat/states/integration/integration_1/oauthTokens",
    ] {
        assert!(paths.iter().any(|known| known == path), "{path}: {paths:?}");
    }
}
