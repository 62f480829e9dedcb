//! An emulator with its inspector on loopback, and an integration behind it.

use std::path::Path;

use bytes::Bytes;
use contexture::client::{HttpTransport, Transport as _};
use contexture_codegen::Generator;
use contexture_emulator::clock::Clock;
use contexture_emulator::definition::Definition;
use contexture_emulator::exchange::{Exchange, ExchangeFilter};
use contexture_emulator::inspector;
use contexture_emulator::platform::{
    Instance, Integration, NewInstance, Platform, PlatformOptions, PlatformParts,
};
use contexture_emulator::program::{Program, ProgramState};
use contexture_emulator::server::platform_routes;
use contexture_emulator::storage::Storage;
use http::{Request, Response};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::courier;

/// The secret of the configuration.
pub(crate) const API_KEY: &str = "correct-horse-battery-staple";

pub(crate) struct Bench {
    pub(crate) platform: Platform,
    pub(crate) program: Program,
    pub(crate) base: String,
}

impl Bench {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let base = format!("http://{address}");
        let storage = Storage::in_memory().unwrap();
        let parts = PlatformParts::new(storage, Clock::system(), &base).unwrap();
        let integration = Integration {
            definition: definition(),
            ..Integration::default()
        };
        let platform = Platform::new(parts, integration, PlatformOptions::default()).unwrap();
        let program = Program::new();
        program.set_state(ProgramState::Serving);
        let courier = courier::serve(address, platform.token().to_owned(), program.clone()).await;
        let integration = Integration {
            definition: definition(),
            address: format!("http://{courier}"),
            ..Integration::default()
        };
        platform.set_integration(integration).unwrap();
        let pages = inspector::routes(platform.clone(), program.clone());
        let router = platform_routes(&platform).merge(pages);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self {
            platform,
            program,
            base,
        }
    }

    pub(crate) async fn install(&self) -> Instance {
        let new = NewInstance {
            configuration: configuration(),
            ..NewInstance::default()
        };
        self.platform.install(new).await.unwrap()
    }

    /// The newest exchange that belongs to no other one.
    pub(crate) fn last(&self) -> Exchange {
        let filter = ExchangeFilter {
            without_parent: true,
            limit: 1,
            ..ExchangeFilter::default()
        };
        self.platform.recorder().list(&filter).unwrap().remove(0)
    }

    pub(crate) fn count(&self) -> usize {
        let filter = ExchangeFilter::default();
        self.platform.recorder().list(&filter).unwrap().len()
    }

    /// Sends a request without the headers of a browser.
    pub(crate) async fn send(&self, request: Request<Bytes>) -> Response<Bytes> {
        let (mut head, body) = request.into_parts();
        head.uri = format!("{}{}", self.base, head.uri).parse().unwrap();
        let request = Request::from_parts(head, body.into());
        HttpTransport::new().send(request).await.unwrap()
    }

    pub(crate) async fn get(&self, path: &str) -> Response<Bytes> {
        let request = Request::get(path).body(Bytes::new());
        self.send(request.unwrap()).await
    }

    /// The markup of a page.
    pub(crate) async fn page(&self, path: &str) -> String {
        text(&self.get(path).await)
    }

    /// Sends a form with the token of the pages.
    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Response<Bytes> {
        let token = self.token().await;
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("token", &token);
        for (name, value) in fields {
            form.append_pair(name, value);
        }
        let request = Request::post(path).body(Bytes::from(form.finish()));
        self.send(request.unwrap()).await
    }

    async fn token(&self) -> String {
        let page = self.page("/inspector").await;
        let (_, rest) = page.split_once("name=\"token\" value=\"").unwrap();
        rest.split('"').next().unwrap().to_owned()
    }
}

pub(crate) fn text(response: &Response<Bytes>) -> String {
    String::from_utf8(response.body().to_vec()).unwrap()
}

pub(crate) fn configuration() -> Value {
    json!({ "apiKey": API_KEY, "region": "eu", "depots": [{ "city": "Graz" }] })
}

fn definition() -> Definition {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/inspector/courier.yaml");
    Definition::new(Generator::new(file).published().unwrap())
}
