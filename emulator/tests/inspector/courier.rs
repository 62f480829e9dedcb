//! The integration of the tests: answers as a courier does.

use std::net::SocketAddr;
use std::time::SystemTime;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use contexture_emulator::exchange::trace_id;
use contexture_emulator::program::{LogLevel, LogLine, Program};
use http::Response;
use serde_json::{Value, json};

use crate::scripted::{self, Call, done, response};

/// A key that `register` refuses.
pub(crate) const REFUSED_KEY: &str = "refused-by-the-service";

#[derive(Clone)]
struct Courier {
    emulator: SocketAddr,
    token: String,
    program: Program,
}

/// Serves it on loopback.
pub(crate) async fn serve(emulator: SocketAddr, token: String, program: Program) -> SocketAddr {
    let courier = Courier {
        emulator,
        token,
        program,
    };
    scripted::serve(move |call| {
        let courier = courier.clone();
        async move { courier.answer(&call).await }
    })
    .await
}

impl Courier {
    async fn answer(&self, call: &Call) -> Response<Bytes> {
        match call.operation() {
            "register" if configuration(call)["apiKey"] == REFUSED_KEY => {
                let details = json!({ "causes": ["the service answered with 401 Unauthorized", "the key is not known"] });
                self.log(call, LogLevel::Error, "the key was refused", &details);
                failure("the service refused the key")
            }
            "register" => {
                let region = &configuration(call)["region"];
                let message = format!(
                    "parcels are sent from {}",
                    region.as_str().unwrap_or("nowhere")
                );
                self.log(call, LogLevel::Info, &message, &json!({}));
                done()
            }
            "action_triggered" => self.act(call).await,
            "message_created" => self.deliver(call).await,
            "webhook_received" => response(202, format!("got {}", call.json()["req"]["path"])),
            "create_conversation" => {
                let body =
                    json!({ "channel": call.json()["channel"], "tags": call.json()["tags"] });
                let created = self
                    .api(call, "POST", "/v1/chat/conversations", &body)
                    .await;
                response(
                    200,
                    json!({ "conversation": { "id": created["conversation"]["id"] } }).to_string(),
                )
            }
            _ => done(),
        }
    }

    async fn act(&self, call: &Call) -> Response<Bytes> {
        let body = call.json();
        let input = &body["input"];
        let output = match body["type"].as_str() {
            Some("trackParcel") => {
                self.log(
                    call,
                    LogLevel::Debug,
                    "asking the service",
                    &json!({ "number": input["number"] }),
                );
                let session = json!({ "payload": { "lastNumber": input["number"], "accessToken": "session-token-1" } });
                let path = format!(
                    "/v1/chat/states/integration/{}/session",
                    header(call, "x-integration-id")
                );
                self.api(call, "POST", &path, &session).await;
                let event =
                    json!({ "type": "parcelDelivered", "payload": { "number": input["number"] } });
                self.api(call, "POST", "/v1/chat/events", &event).await;
                self.log(
                    call,
                    LogLevel::Info,
                    "the parcel was delivered",
                    &json!({ "place": "Graz" }),
                );
                json!({ "status": "delivered", "place": "Graz", "history": ["Vienna", "Graz"] })
            }
            Some("createParcel") => json!({ "number": "AT-2001", "echo": input }),
            _ => {
                let details = json!({ "causes": ["the service answered with 409 Conflict"] });
                self.log(
                    call,
                    LogLevel::Error,
                    "the parcel cannot be cancelled",
                    &details,
                );
                return failure("the parcel was picked up already");
            }
        };
        response(200, json!({ "output": output }).to_string())
    }

    /// Acknowledges a message with its identifier at the service.
    async fn deliver(&self, call: &Call) -> Response<Bytes> {
        let body = call.json();
        if body["payload"]["text"] == "refuse" {
            return failure("the service refused the message");
        }
        let id = body["message"]["id"].as_str().unwrap_or_default();
        let path = format!("/v1/chat/messages/{id}");
        self.api(call, "PUT", &path, &json!({ "tags": { "id": "m-17" } }))
            .await;
        done()
    }

    async fn api(&self, call: &Call, method: &str, path: &str, body: &Value) -> Value {
        let answer = call
            .api(self.emulator, &self.token, method, path, body)
            .await;
        serde_json::from_slice(answer.body()).unwrap()
    }

    fn log(&self, call: &Call, level: LogLevel, message: &str, fields: &Value) {
        self.program.add_line(LogLine {
            time: SystemTime::now(),
            level: Some(level),
            message: message.to_owned(),
            trace_id: trace_id(header(call, "traceparent")).map(str::to_owned),
            fields: Some(fields.clone()),
        });
    }
}

fn header<'a>(call: &'a Call, name: &str) -> &'a str {
    call.headers[name].to_str().unwrap()
}

fn configuration(call: &Call) -> Value {
    let text = BASE64_STANDARD
        .decode(header(call, "x-bp-configuration"))
        .unwrap();
    serde_json::from_slice(&text).unwrap()
}

fn failure(message: &str) -> Response<Bytes> {
    let body = json!({ "id": "err_1", "code": 400, "type": "Runtime", "message": message });
    response(400, body.to_string())
}
