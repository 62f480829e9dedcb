//! The reference integration, as it runs behind an address of its own.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use contexture::testing::LogRecorder;
use contexture::{Environment, Server, Service, VerifyCallsLayer};
use contexture_codegen::Generator;
use contexture_emulator::platform::{Instance, NewInstance, Platform};
use parity::parity::Definition;
use serde_json::{Value, json};

use crate::bench::Bench;

/// The body of the reference integration.
pub(crate) fn body() -> Value {
    let definition = Path::new(env!("CARGO_MANIFEST_DIR")).join("../definitions/parity.yaml");
    let mut body = Generator::new(definition).published().unwrap();
    body["name"] = "acme/parity".into();
    body
}

/// Serves an integration that accepts calls with one of the signing secrets.
pub(crate) async fn serve(
    service: Service<Definition>,
    environment: Environment,
    secrets: &[&str],
) -> SocketAddr {
    let secrets: Vec<_> = secrets.iter().map(|secret| (*secret).to_owned()).collect();
    let environment = environment.log_sink(Arc::new(LogRecorder::new()));
    let server = Server::new(service.environment(environment))
        .verify_calls(VerifyCallsLayer::new(&secrets).unwrap())
        .listen(([127, 0, 0, 1], 0));
    let server = server.bind().await.unwrap();
    let address = server.address();
    tokio::spawn(server.run_until(std::future::pending()));
    address
}

/// Serves the reference integration.
pub(crate) async fn parity(secrets: &[&str]) -> String {
    let address = serve(parity::service(), Environment::new(), secrets).await;
    format!("http://{address}")
}

/// The platform of an integration that was deployed.
pub(crate) fn deployed(bench: &Bench, id: &str) -> Platform {
    bench.emulator.admin.integrations().find(id).unwrap()
}

/// Installs the reference integration in a bot.
pub(crate) async fn install(platform: &Platform) -> Instance {
    let new = NewInstance {
        configuration: json!({ "apiKey": "correct-horse", "region": "eu" }),
        ..NewInstance::default()
    };
    platform.install(new).await.unwrap()
}
