//! Calls to the service, as Botpress makes them.

use std::{
    net::SocketAddr,
    sync::Mutex,
    time::{Duration, SystemTime},
};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use bytes::Bytes;
use contexture::CallSigner;
use http::{Request, StatusCode, header::LOCATION};
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::{http1, http2};
use hyper_util::rt::{TokioExecutor, TokioIo};
use serde_json::{Value, json};
use tokio::net::TcpStream;

/// The protocol of a call.
#[derive(Clone, Copy)]
pub(crate) enum Wire {
    Http1,
    Http2,
}

/// Makes calls, each over a connection of its own.
pub(crate) struct Caller {
    address: SocketAddr,
    signer: CallSigner,
    proxy: &'static str,
    /// The signatures of the calls so far.
    signatures: Mutex<Vec<String>>,
}

impl Caller {
    pub(crate) fn new(address: SocketAddr, signing: &str, proxy: &'static str) -> Self {
        Self {
            address,
            signer: CallSigner::new([signing]).unwrap(),
            proxy,
            signatures: Mutex::default(),
        }
    }

    /// Returns the hashes by which the calls were signed.
    pub(crate) fn signatures(&self) -> Vec<String> {
        self.signatures.lock().unwrap().clone()
    }

    /// Makes a call. Returns the status, the body, and where the response redirects to.
    pub(crate) async fn call(
        &self,
        wire: Wire,
        operation: &str,
        configuration: &Value,
        body: &Value,
    ) -> (StatusCode, Value, Option<String>) {
        let mut request = self.request(operation, configuration, body);
        self.sign(&mut request);
        send(self.address, wire, request).await
    }

    fn sign(&self, request: &mut Request<Bytes>) {
        let mut signatures = self.signatures.lock().unwrap();
        // A signature is accepted once, so the calls have different times.
        let count = u64::try_from(signatures.len()).unwrap();
        let time = SystemTime::now() + Duration::from_millis(count);
        let signature = self.signer.sign(request.body(), time);
        let (_, hash) = signature.split_once(',').unwrap();
        signatures.push(hash.to_owned());
        let header = signature.parse().unwrap();
        request.headers_mut().insert("x-bp-signature", header);
    }

    /// Makes a call without a signature.
    pub(crate) async fn unsigned(&self, wire: Wire) -> StatusCode {
        let request = self.request("ping", &json!({}), &json!({}));
        send(self.address, wire, request).await.0
    }

    /// Makes a call without the header of the proxy.
    pub(crate) async fn without_header(&self, wire: Wire) -> StatusCode {
        let mut request = self.request("ping", &json!({}), &json!({}));
        request.headers_mut().remove("x-proxy-secret");
        send(self.address, wire, request).await.0
    }

    fn request(&self, operation: &str, configuration: &Value, body: &Value) -> Request<Bytes> {
        Request::post(format!("http://{}/", self.address))
            .header("host", self.address.to_string())
            .header("x-proxy-secret", self.proxy)
            .header("x-bot-id", "bot_1")
            .header("x-bot-user-id", "user_1")
            .header("x-integration-id", "integration_1")
            .header("x-integration-alias", "secrecy")
            .header("x-webhook-id", "wh_1")
            .header("x-bp-operation", operation)
            .header(
                "x-bp-configuration",
                BASE64_STANDARD.encode(configuration.to_string()),
            )
            .header(
                "traceparent",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            )
            .body(Bytes::from(body.to_string()))
            .unwrap()
    }
}

async fn send(
    address: SocketAddr,
    wire: Wire,
    request: Request<Bytes>,
) -> (StatusCode, Value, Option<String>) {
    let stream = TokioIo::new(TcpStream::connect(address).await.unwrap());
    let request = request.map(Full::new);
    let response = match wire {
        Wire::Http1 => {
            let (mut client, connection) = http1::handshake(stream).await.unwrap();
            tokio::spawn(connection);
            client.send_request(request).await.unwrap()
        }
        Wire::Http2 => {
            let executor = TokioExecutor::new();
            let (mut client, connection) = http2::handshake(executor, stream).await.unwrap();
            tokio::spawn(connection);
            client.send_request(request).await.unwrap()
        }
    };
    let location = response.headers().get(LOCATION);
    let location = location.map(|value| value.to_str().unwrap().to_owned());
    let status = response.status();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (
        status,
        serde_json::from_slice(&body).unwrap_or_default(),
        location,
    )
}
