//! Calls of an integration at an address, as Botpress makes them.

use std::time::{Instant, SystemTime};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use contexture::client::HttpTransport;
use contexture::webhook::WebhookRequest;
use contexture::{CallSigner, Secret};
use contexture_emulator::definition::Definition;
use contexture_emulator::exchange::{TRACEPARENT, new_traceparent};
use contexture_emulator::platform::Provider;
use http::Method;
use serde_json::{Map, Value, json};
use tokio::runtime::Builder;

use super::input::read_json;
use super::operation::Operation;
use super::target::Target;
use super::{Format, called, curl};
use crate::Outcome;
use crate::definition_file;
use crate::http_requests::{Sent, send};

/// The ids of a call. Nothing is stored, so they name nothing.
const BOT: &str = "bot_00000000000000000000000000";
const BOT_USER: &str = "user_00000000000000000000000000";
const USER: &str = "user_00000000000000000000000001";
const CONVERSATION: &str = "conv_00000000000000000000000000";
const INTEGRATION: &str = "intver_00000000000000000000000000";
const MESSAGE: &str = "msg_00000000000000000000000000";
const WEBHOOK: &str = "webhook_00000000000000000000000000";

/// A time in the past, for what is not stored.
const CREATED: &str = "2026-01-01T00:00:00.000Z";

/// A call as it is sent, without the headers that are secret.
pub(super) struct DirectCall {
    pub(super) operation: &'static str,
    subject: Option<String>,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: String,
}

/// Calls an integration at an address, or prints how.
pub(super) fn run(
    operation: &Operation,
    target: &Target,
    url: &str,
    is_curl: bool,
    format: Format,
    color: bool,
) -> Result<Outcome, Outcome> {
    let definition = definition_of(target, color)?;
    let asked = operation.body(&definition)?;
    let call = call(&asked, &definition, target, url)?;
    if is_curl {
        return Ok(curl::of_direct(&call, url, target.signing_secret.is_some()));
    }
    let configuration = match &target.configuration {
        Some(configuration) => read_json(configuration)?,
        None => Value::Object(Map::new()),
    };
    let mut headers = call.headers.clone();
    let encoded = BASE64_STANDARD.encode(configuration.to_string());
    headers.push(("x-bp-configuration".to_owned(), encoded));
    if let Some(secret) = &target.signing_secret {
        let signer = CallSigner::new([secret]).map_err(|error| {
            Outcome::wrong_usage(format!(
                "error: `--signing-secret` cannot be used: {error}\n"
            ))
        })?;
        let signature = signer.sign(call.body.as_bytes(), SystemTime::now());
        headers.push(("x-bp-signature".to_owned(), signature));
    }
    let mut result = sent(&call, &headers, url)?;
    if is_refused(&result) && target.signing_secret.is_none() {
        result["error"] = "the integration refused the call (401): if it verifies signatures, give its secret by \
                           `--signing-secret`"
            .into();
    }
    called(&result, format, color)
}

/// Whether the integration answered that the call is not authorized. A webhook can be answered so by a handler.
fn is_refused(result: &Value) -> bool {
    let exchange = &result["exchange"];
    exchange["response"]["status"] == 401 && exchange["name"] != "webhook_received"
}

/// The definition that is named, or that of the folder; an empty one without.
fn definition_of(target: &Target, color: bool) -> Result<Definition, Outcome> {
    let beside = || definition_file::in_folder(std::path::Path::new(""));
    let Some(file) = target.definition.clone().or_else(beside) else {
        return Ok(Definition::default());
    };
    definition_file::read(&file, color).map_err(Outcome::failure)
}

/// Sends a call, and gives its result in the form of the emulator's.
fn sent(call: &DirectCall, headers: &[(String, String)], url: &str) -> Result<Value, Outcome> {
    let failed =
        |reason: String| Outcome::failure(format!("error: {url} cannot be called: {reason}\n"));
    let runtime = Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| failed(error.to_string()))?;
    let transport = HttpTransport::new();
    let request = Sent {
        method: Method::POST,
        url,
        headers,
        body: Bytes::from(call.body.clone()),
    };
    let began = Instant::now();
    let answer = runtime
        .block_on(send(&transport, request))
        .map_err(failed)?;
    let status = answer.status();
    let text = String::from_utf8_lossy(answer.body());
    Ok(json!({
        "exchange": {
            "name": call.operation,
            "subject": call.subject,
            "durationMs": began.elapsed().as_secs_f64() * 1000.0,
            "isOk": status.is_success(),
            "response": { "status": status.as_u16(), "body": { "text": text } },
        },
        "error": (!status.is_success()).then(|| format!("the integration answered with {status}")),
    }))
}

/// Makes a call of what was asked.
fn call(
    asked: &Value,
    definition: &Definition,
    target: &Target,
    url: &str,
) -> Result<DirectCall, Outcome> {
    let text = |name: &str| asked[name].as_str().map(str::to_owned);
    let (operation, subject, body) = match asked["operation"].as_str().unwrap_or_default() {
        "action" => (
            "action_triggered",
            text("name"),
            json!({ "type": asked["name"], "input": asked["input"] }),
        ),
        "message" => ("message_created", text("type"), message(asked, definition)),
        "webhook" => (
            "webhook_received",
            text("path"),
            json!({ "req": webhook(asked, url)? }),
        ),
        "create_user" => ("create_user", None, json!({ "tags": asked["tags"] })),
        "create_conversation" => (
            "create_conversation",
            text("channel"),
            json!({ "channel": asked["channel"], "tags": asked["tags"] }),
        ),
        "register" => ("register", None, json!({ "webhookUrl": webhook_url(url) })),
        "unregister" => (
            "unregister",
            None,
            json!({ "webhookUrl": webhook_url(url) }),
        ),
        _ => ("ping", None, json!({})),
    };
    Ok(DirectCall {
        operation,
        subject,
        headers: headers(operation, definition, target),
        body: body.to_string(),
    })
}

fn headers(operation: &str, definition: &Definition, target: &Target) -> Vec<(String, String)> {
    let traceparent = new_traceparent();
    let alias = match definition.name() {
        "" => "integration",
        name => name,
    };
    let mut headers = vec![
        ("content-type", "application/json"),
        ("x-bot-id", BOT),
        ("x-bot-user-id", BOT_USER),
        ("x-integration-id", INTEGRATION),
        ("x-integration-alias", alias),
        ("x-webhook-id", WEBHOOK),
        ("x-bp-operation", operation),
        (TRACEPARENT, &traceparent),
    ];
    if let Some(name) = &target.configuration_type {
        headers.push(("x-bp-configuration-type", name));
    }
    let headers = headers.into_iter();
    headers
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

/// A message in a conversation that is not stored.
fn message(asked: &Value, definition: &Definition) -> Value {
    let conversation = asked["conversationId"].as_str().unwrap_or(CONVERSATION);
    json!({
        "type": asked["type"],
        "payload": asked["payload"],
        "conversation": {
            "id": conversation, "createdAt": CREATED, "updatedAt": CREATED, "tags": {},
            "channel": asked["channel"], "integration": definition.name(),
        },
        "user": { "id": USER, "createdAt": CREATED, "updatedAt": CREATED, "tags": {} },
        "message": {
            "id": MESSAGE, "createdAt": CREATED, "updatedAt": CREATED, "tags": {},
            "type": asked["type"], "payload": asked["payload"], "direction": "outgoing",
            "conversationId": conversation, "userId": USER,
        },
    })
}

fn webhook_url(url: &str) -> String {
    format!("{}/{WEBHOOK}", url.trim_end_matches('/'))
}

/// A webhook request as Botpress passes it on, signed if a service is named.
fn webhook(asked: &Value, url: &str) -> Result<Value, Outcome> {
    let text = |name: &str| asked[name].as_str().unwrap_or_default();
    let mut request = WebhookRequest::new(text("method"), text("path"))
        .with_query(text("query"))
        .with_body(text("body"));
    for header in asked["headers"].as_array().into_iter().flatten() {
        let part = |at: usize| header[at].as_str().unwrap_or_default();
        request = request.with_header(part(0), part(1));
    }
    if let Some(provider) = Provider::from_name(text("provider")) {
        let secret = asked["secret"].as_str().ok_or_else(|| {
            Outcome::wrong_usage("error: with `--url`, `--provider` needs `--secret`\n")
        })?;
        let secret = Secret::from(secret.to_owned());
        let signed = provider.sign(&secret, &webhook_url(url), request);
        request = signed.map_err(|error| {
            Outcome::failure(format!("error: the webhook cannot be signed: {error}\n"))
        })?;
    }
    let headers: Map<_, _> = request
        .headers
        .iter()
        .map(|(name, value)| (name.to_ascii_lowercase(), Value::from(value)))
        .collect();
    let mut passed = json!({
        "method": text("method"), "path": text("path"), "query": text("query"), "headers": headers,
    });
    let body = request.body.unverified_text();
    if !body.is_empty() {
        passed["body"] = body.into();
    }
    Ok(passed)
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str = "http://127.0.0.1:8072";

    fn made(asked: &Value) -> DirectCall {
        call(asked, &Definition::default(), &Target::default(), URL).unwrap()
    }

    #[test]
    fn an_action_is_called_with_the_headers_of_the_protocol() {
        let call = made(&json!({ "operation": "action", "name": "greet", "input": { "a": 1 } }));
        assert_eq!(call.body, r#"{"type":"greet","input":{"a":1}}"#);
        assert!(
            call.headers
                .contains(&("x-bp-operation".to_owned(), "action_triggered".to_owned()))
        );
    }

    #[test]
    fn a_webhook_is_signed_with_the_secret_that_is_given() {
        let asked = json!({
            "operation": "webhook", "method": "POST", "path": "/", "query": "", "headers": [], "body": "{}",
            "provider": "github", "secret": "s",
        });
        let body: Value = serde_json::from_str(&made(&asked).body).unwrap();
        let signature = body["req"]["headers"]["x-hub-signature-256"]
            .as_str()
            .unwrap();
        assert!(signature.starts_with("sha256="), "{body}");
        let mut without = asked.clone();
        without["secret"] = Value::Null;
        let refused = call(&without, &Definition::default(), &Target::default(), URL);
        assert!(refused.is_err_and(|refused| refused.errors.contains("needs `--secret`")));
    }
}
