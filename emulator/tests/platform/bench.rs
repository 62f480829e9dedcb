//! An emulator on loopback, and the reference integration behind it.

use std::io::Write as _;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use contexture::client::{HttpTransport, Transport as _};
use contexture::testing::LogRecorder;
use contexture::{Environment, Server, VerifyCallsLayer};
use contexture_codegen::Generator;
use contexture_emulator::api::Api;
use contexture_emulator::clock::Clock;
use contexture_emulator::definition::Definition;
use contexture_emulator::exchange::{Exchange, ExchangeFilter, ExchangeKind};
use contexture_emulator::platform::{
    Instance, Integration, NewInstance, Platform, PlatformOptions, PlatformParts,
};
use contexture_emulator::server::platform_routes;
use contexture_emulator::storage::Storage;
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// The secret of the reference integration's configuration.
pub(crate) const API_KEY: &str = "correct-horse-battery-staple";

/// An emulator that is served on loopback.
pub(crate) struct Bench {
    pub(crate) platform: Platform,
    pub(crate) clock: Clock,
    pub(crate) storage: Storage,
    pub(crate) api: Api,
    pub(crate) address: SocketAddr,
}

impl Bench {
    /// An emulator for an integration, which is not served yet.
    pub(crate) async fn of(definition: Definition) -> Self {
        Self::with(definition, PlatformOptions::default()).await
    }

    pub(crate) async fn with(definition: Definition, options: PlatformOptions) -> Self {
        Self::in_storage(Storage::in_memory().unwrap(), definition, options).await
    }

    pub(crate) async fn in_storage(
        storage: Storage,
        definition: Definition,
        options: PlatformOptions,
    ) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let clock = Clock::manual(1_700_000_000_000);
        let base_url = format!("http://{address}");
        let parts = PlatformParts::new(storage.clone(), clock.clone(), base_url).unwrap();
        let api = parts.api.clone();
        let integration = Integration {
            definition,
            // A port at which nothing listens.
            address: "http://127.0.0.1:9".to_owned(),
            ..Integration::default()
        };
        let platform = Platform::new(parts, integration, options).unwrap();
        let router = platform_routes(&platform);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self {
            platform,
            clock,
            storage,
            api,
            address,
        }
    }

    /// An emulator for the reference integration, which verifies the signatures of its calls.
    pub(crate) async fn parity() -> Self {
        let bench = Self::of(parity_definition()).await;
        bench
            .serve_parity(&bench.platform.signing_secrets().unwrap())
            .await;
        bench
    }

    /// Serves the reference integration with signing secrets.
    pub(crate) async fn serve_parity(&self, secrets: &[String]) {
        let layer = VerifyCallsLayer::new(secrets).unwrap();
        self.serve_parity_behind(layer).await;
    }

    pub(crate) async fn serve_parity_behind(&self, layer: VerifyCallsLayer) {
        let environment = Environment::new().log_sink(Arc::new(LogRecorder::new()));
        let server = Server::new(parity::service().environment(environment)).verify_calls(layer);
        let server = server.listen(([127, 0, 0, 1], 0)).bind().await.unwrap();
        self.call_at(server.address());
        tokio::spawn(server.run_until(std::future::pending()));
    }

    /// Sets the address of the integration.
    pub(crate) fn call_at(&self, address: SocketAddr) {
        let integration = Integration {
            definition: self.platform.definition(),
            address: format!("http://{address}"),
            ..Integration::default()
        };
        self.platform.set_integration(integration).unwrap();
    }

    /// Installs the reference integration with a valid configuration.
    pub(crate) async fn install(&self) -> Instance {
        let new = NewInstance {
            configuration: configuration(),
            ..NewInstance::default()
        };
        self.platform.install(new).await.unwrap()
    }

    /// The exchanges of a kind, the oldest first.
    pub(crate) fn exchanges(&self, kind: ExchangeKind) -> Vec<Exchange> {
        let filter = ExchangeFilter {
            kind: Some(kind),
            ..ExchangeFilter::default()
        };
        let mut found = self.platform.recorder().list(&filter).unwrap();
        found.reverse();
        found
    }

    /// The newest exchange of a kind.
    pub(crate) fn last(&self, kind: ExchangeKind) -> Exchange {
        self.exchanges(kind).pop().unwrap()
    }

    pub(crate) fn exchange(&self, id: &str) -> Exchange {
        self.platform.recorder().find(id).unwrap().unwrap()
    }

    /// Sends a request to the emulator.
    pub(crate) async fn send(&self, request: http::Request<Bytes>) -> http::Response<Bytes> {
        let (mut head, body) = request.into_parts();
        let path = head.uri.to_string();
        head.uri = format!("http://{}{path}", self.address).parse().unwrap();
        let request = http::Request::from_parts(head, body.into());
        HttpTransport::new().send(request).await.unwrap()
    }

    /// Makes a request to the API in the name of an instance, outside of any call.
    pub(crate) async fn api(
        &self,
        instance: &Instance,
        method: &str,
        path: &str,
        body: &Value,
    ) -> http::Response<Bytes> {
        let request = http::Request::builder()
            .method(method)
            .uri(path)
            .header("authorization", format!("Bearer {}", self.platform.token()))
            .header("x-bot-id", &instance.bot_id)
            .header("x-integration-id", &instance.integration_id)
            .header("x-integration-alias", &instance.alias);
        let body = Bytes::from(body.to_string());
        self.send(request.body(body).unwrap()).await
    }

    /// Creates a conversation in the name of an instance, and returns its id.
    pub(crate) async fn conversation(&self, instance: &Instance) -> String {
        let body = json!({ "channel": "channel", "tags": { "id": "c1" } });
        let created = self
            .api(instance, "POST", "/v1/chat/conversations", &body)
            .await;
        json_of(&created)["conversation"]["id"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    pub(crate) async fn get(&self, path: &str) -> http::Response<Bytes> {
        self.send(http::Request::get(path).body(Bytes::new()).unwrap())
            .await
    }

    pub(crate) async fn post(&self, path: &str, body: &str) -> http::Response<Bytes> {
        let body = Bytes::from(body.to_owned());
        self.send(http::Request::post(path).body(body).unwrap())
            .await
    }
}

pub(crate) fn parity_definition() -> Definition {
    definition("parity")
}

/// A definition of the repository.
pub(crate) fn definition(name: &str) -> Definition {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../definitions");
    let published = Generator::new(folder.join(format!("{name}.yaml"))).published();
    Definition::new(published.unwrap())
}

pub(crate) fn configuration() -> Value {
    json!({ "apiKey": API_KEY, "region": "eu", "debug": true })
}

/// The body of a response as JSON.
pub(crate) fn json_of(response: &http::Response<Bytes>) -> Value {
    serde_json::from_slice(response.body()).unwrap()
}

/// A limit for calls in tests of hanging integrations.
pub(crate) const SHORT: Duration = Duration::from_millis(50);

/// Writes directly to the stream, since the test harness hides the output of passing tests.
pub(crate) fn say(line: &str) {
    let mut stream = std::io::stdout();
    writeln!(stream, "emulator: {line}").unwrap();
}
