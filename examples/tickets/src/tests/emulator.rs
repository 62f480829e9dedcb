//! Instances that were configured with version 1.0.0, on an emulator whose integration becomes today's.

use std::sync::Arc;

use axum::Router;
use bytes::Bytes;
use contexture::testing::LogRecorder;
use contexture::{Environment, Server};
use contexture_codegen::Generator;
use contexture_emulator::clock::Clock;
use contexture_emulator::definition::Definition;
use contexture_emulator::platform::{
    Instance, Integration, NewInstance, Platform, PlatformOptions, PlatformParts,
    RegistrationStatus,
};
use contexture_emulator::server::platform_routes;
use contexture_emulator::storage::Storage;
use http::Request;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::{Tickets, tickets};

/// An emulator on which version 1.0.0 is installed.
struct Installed {
    platform: Platform,
    address: String,
}

impl Installed {
    async fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let storage = Storage::in_memory().unwrap();
        let parts = PlatformParts::new(storage, Clock::system(), &address).unwrap();
        let integration = integration("versions/1.0.0.yaml", serve_first_version().await);
        let platform = Platform::new(parts, integration, PlatformOptions::default()).unwrap();
        let routes = platform_routes(&platform);
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self { platform, address }
    }

    async fn install(&self, configuration_type: &str, configuration: &Value) -> Instance {
        let new = NewInstance {
            configuration_type: Some(configuration_type.to_owned()),
            configuration: configuration.clone(),
            ..NewInstance::default()
        };
        self.platform.install(new).await.unwrap()
    }

    /// Stores a state, as the integration of version 1.0.0 does.
    fn store(&self, instance: &Instance, name: &str, payload: &Value) {
        let path = format!(
            "/v1/chat/states/integration/{}/{name}",
            instance.integration_id
        );
        let request = Request::post(path)
            .header("authorization", format!("Bearer {}", self.platform.token()))
            .header("x-bot-id", &instance.bot_id)
            .header("x-integration-id", &instance.integration_id)
            .header("x-integration-alias", &instance.alias);
        let body = json!({ "payload": payload }).to_string();
        let request = request.body(Bytes::from(body)).unwrap();
        let answer = self.platform.answer_api(&request);
        assert!(answer.status().is_success(), "{answer:?}");
    }

    fn stored(&self, instance: &Instance, name: &str) -> Option<Value> {
        let api = &self.platform.parts().api;
        let states = api.states(&instance.bot_id, &instance.alias).unwrap();
        let state = states.into_iter().find(|state| state["name"] == name);
        state.map(|mut state| state["payload"].take())
    }

    /// Replaces the integration by that of today.
    async fn update(&self) {
        let environment = Environment::new()
            .log_sink(Arc::new(LogRecorder::new()))
            .api_url(&self.address)
            .token(self.platform.token())
            .webhook_url(self.platform.webhook_base_url());
        let service = tickets::service(Tickets::default()).environment(environment);
        let server = Server::new(service).listen(([127, 0, 0, 1], 0));
        let server = server.bind().await.unwrap();
        let address = format!("http://{}", server.address());
        tokio::spawn(server.run_until(std::future::pending()));
        let today = integration("tickets.yaml", address);
        self.platform.set_integration(today).unwrap();
    }
}

fn integration(file: &str, address: String) -> Integration {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    Integration {
        definition: Definition::new(Generator::new(file).publication().unwrap().definition),
        address,
        ..Integration::default()
    }
}

/// Serves a program that accepts every registration, as version 1.0.0 did, and returns its address.
async fn serve_first_version() -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let program = Router::new().fallback(async || "{}");
    tokio::spawn(async move { axum::serve(listener, program).await });
    address
}

#[tokio::test]
async fn an_instance_of_the_first_version_works_after_the_update() {
    let installed = Installed::start().await;
    let stored = json!({ "site": "acme", "token": "12345678" });
    let instance = installed.install("token", &stored).await;
    assert_eq!(instance.status, RegistrationStatus::Registered);
    installed.store(&instance, "cursor", &json!({ "page": 3 }));

    installed.update().await;
    let id = &instance.webhook_id;
    let kept = installed.platform.instance(id).unwrap();
    assert_eq!(kept.configuration, stored);
    let open = async || {
        let input = json!({ "subject": "printer" });
        let answer = installed
            .platform
            .call_action(id, "openTicket", &input)
            .await;
        answer.unwrap().json()["output"]["url"].take()
    };
    assert_eq!(open().await, "https://acme.helpdesk.example/eu/0");
    assert_eq!(
        installed.stored(&instance, "cursor"),
        Some(json!({ "page": 3 }))
    );

    let again = installed.platform.register(id).await.unwrap();
    assert_eq!(
        (again.status, again.reason),
        (RegistrationStatus::Registered, None)
    );
    assert_eq!(again.configuration, stored);
    // The registration writes the state back in the form of today.
    assert_eq!(
        installed.stored(&instance, "cursor"),
        Some(json!({ "ticket": 150 }))
    );
    assert_eq!(open().await, "https://acme.helpdesk.example/eu/1");
}

#[tokio::test]
async fn the_owner_of_an_instance_that_cannot_be_migrated_learns_why() {
    let installed = Installed::start().await;
    let stored = json!({ "site": "acme", "user": "ada", "password": "hunter2" });
    let instance = installed.install("password", &stored).await;
    assert_eq!(instance.status, RegistrationStatus::Registered);

    installed.update().await;
    let id = &instance.webhook_id;
    let refused = installed.platform.register(id).await.unwrap();
    assert_eq!(refused.status, RegistrationStatus::RegistrationFailed);
    let reason = refused.reason.unwrap();
    let expected = "The help desk accepts no passwords: choose Token or OAuth";
    assert!(reason.ends_with(expected), "{reason}");
    assert!(!reason.contains("hunter2"), "{reason}");
    assert_eq!(refused.configuration, stored);

    // The owner chooses what is there today.
    let token = json!({ "baseUrl": "https://acme.example", "region": "us", "token": "12345678" });
    let configured = installed
        .platform
        .configure(id, Some("token"), &token)
        .await;
    assert_eq!(configured.unwrap().status, RegistrationStatus::Registered);
}

#[tokio::test]
async fn an_instance_that_cannot_be_migrated_can_be_removed() {
    let installed = Installed::start().await;
    let stored = json!({ "site": "acme", "user": "ada", "password": "hunter2" });
    let id = installed.install("password", &stored).await.webhook_id;
    installed.update().await;
    installed.platform.register(&id).await.unwrap();
    let removed = installed.platform.uninstall(&id).await.unwrap();
    assert_eq!(removed.status, RegistrationStatus::Unregistered);
}
