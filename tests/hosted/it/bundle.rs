//! A bundle that runs in Node.

use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use contexture::client::{HttpTransport, Transport as _};
use contexture::testing::Harness;
use contexture::{Operation, WebhookRequest};
use hosted::hosted::{Definition, PrimaryConfiguration, Secrets};
use http::{Request, Response, Uri};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncRead, BufReader, Lines};
use tokio::process::{Child, ChildStderr, ChildStdout, Command};
use tokio::sync::Mutex;
use tokio::time::timeout;

/// The key that webhooks are signed with.
pub(crate) const KEY: &str = "key-1";

/// How long a line of the log may take until the test fails.
const LATE: Duration = Duration::from_mins(1);

/// A bundle in a process of Node, which ends with it.
pub(crate) struct Bundle {
    _child: Child,
    address: String,
    harness: Harness<Definition>,
    output: Arc<Mutex<Lines<BufReader<ChildStdout>>>>,
    errors: Arc<Mutex<Lines<BufReader<ChildStderr>>>>,
}

impl Bundle {
    /// Starts the bundle with the API at this address; `None` if there is no bundle.
    pub(crate) async fn start(api: &str) -> Option<Self> {
        Self::start_with(&[("SECRET_WEBHOOK_KEY", KEY), ("BP_API_URL", api)]).await
    }

    pub(crate) async fn start_with(variables: &[(&str, &str)]) -> Option<Self> {
        let file = crate::file()?;
        let mut child = Command::new("node")
            .args([
                concat!(env!("CARGO_MANIFEST_DIR"), "/serve.cjs").as_ref(),
                file.as_os_str(),
            ])
            .env("BP_TOKEN", "test-token")
            .env("BP_LOG_FORMAT", "json")
            .env_remove("LOG_LEVEL")
            .envs(variables.iter().copied())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("Node runs the bundle");
        let mut output = BufReader::new(child.stdout.take().unwrap()).lines();
        let errors = BufReader::new(child.stderr.take().unwrap()).lines();
        let line = line_with(&mut output, "serves http://").await;
        let secrets = Secrets {
            webhook_key: KEY.into(),
        };
        let harness = Harness::new(hosted::service(), PrimaryConfiguration {}).secrets(secrets);
        Some(Self {
            _child: child,
            address: line.strip_prefix("serves ").unwrap().to_owned(),
            harness,
            output: Arc::new(Mutex::new(output)),
            errors: Arc::new(Mutex::new(errors)),
        })
    }

    /// Sends a webhook request, as Botpress does.
    pub(crate) async fn webhook(&self, request: &WebhookRequest) -> Response<Bytes> {
        self.webhook_of("intg_1", request).await
    }

    /// Sends a webhook request of an integration with this id.
    pub(crate) async fn webhook_of(&self, id: &str, request: &WebhookRequest) -> Response<Bytes> {
        let body = json!({ "req": request });
        let mut call = self.harness.request(Operation::WebhookReceived, &body);
        let headers = call.headers_mut();
        headers.insert("x-bot-id", "bot1".parse().unwrap());
        headers.insert("x-integration-id", id.parse().unwrap());
        headers.insert("x-integration-alias", "my/alias".parse().unwrap());
        headers.insert("traceparent", "00-abc-def-01".parse().unwrap());
        self.send(call).await
    }

    pub(crate) async fn send(&self, mut request: Request<Bytes>) -> Response<Bytes> {
        let path = request
            .uri()
            .path_and_query()
            .map_or("/", |path| path.as_str());
        *request.uri_mut() = format!("{}{path}", self.address).parse::<Uri>().unwrap();
        HttpTransport::new()
            .send(request.map(Into::into))
            .await
            .unwrap()
    }

    /// Waits for a line with this text on the standard output.
    pub(crate) async fn logs(&self, text: &str) -> Value {
        json_line(&line_with(&mut *self.output.lock().await, text).await)
    }

    /// Waits for a line with this text on the standard error.
    pub(crate) async fn warns(&self, text: &str) -> Value {
        json_line(&line_with(&mut *self.errors.lock().await, text).await)
    }

    /// Waits for a line with this text on the standard error, which is not a line of the log.
    pub(crate) async fn says(&self, text: &str) -> String {
        line_with(&mut *self.errors.lock().await, text).await
    }
}

async fn line_with(lines: &mut Lines<BufReader<impl AsyncRead + Unpin>>, text: &str) -> String {
    let find = async {
        let mut before = Vec::new();
        while let Some(line) = lines.next_line().await.unwrap() {
            if line.contains(text) {
                return line;
            }
            before.push(line);
        }
        panic!("the stream ended without {text:?}: {before:?}");
    };
    timeout(LATE, find)
        .await
        .unwrap_or_else(|_| panic!("no line has {text:?}"))
}

fn json_line(line: &str) -> Value {
    serde_json::from_str(line).unwrap_or_else(|_| panic!("not a line of the log: {line}"))
}

/// The body of a response as JSON.
pub(crate) fn json_of(response: &Response<Bytes>) -> Value {
    let text = String::from_utf8_lossy(response.body());
    serde_json::from_str(&text).unwrap_or_else(|_| panic!("{} {text}", response.status()))
}
