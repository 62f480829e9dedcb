//! Sends a recorded request by the operation of the emulator that makes it.

use std::collections::HashMap;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use contexture_emulator::exchange::{Exchange, ExchangeKind};
use contexture_emulator::platform::{
    Answer as CallAnswer, Instance, NewInstance, OutgoingMessage, PlatformError, RawCall,
};
use serde_json::{Map, Value};

use super::golden::{Answer, OF_THE_SERVER, read_body};
use crate::bench::Bench;
use crate::cases::Case;

/// How a request is made.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Way {
    /// By an operation of the platform, such as an installation or an action.
    Operation,
    /// By a request to the webhook.
    Webhook,
    /// By an operation with a body that the platform does not make itself.
    AnyBody,
    /// By a call that Botpress does not send.
    Raw,
}

impl Way {
    pub(super) const ALL: [Self; 4] = [Self::Operation, Self::Webhook, Self::AnyBody, Self::Raw];

    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Operation => "by operations",
            Self::Webhook => "by webhooks",
            Self::AnyBody => "with bodies that the platform does not make",
            Self::Raw => "as calls that Botpress does not send",
        }
    }
}

/// Sends cases, with an instance for each configuration.
pub(super) struct Sender<'a> {
    bench: &'a Bench,
    /// By the type and the text of the configuration.
    instances: HashMap<(Option<String>, String), Instance>,
    ways: HashMap<Way, usize>,
}

/// The id of the exchange of a call that reached the integration.
type Sent = Result<String, PlatformError>;

impl<'a> Sender<'a> {
    pub(super) fn new(bench: &'a Bench) -> Self {
        Self {
            bench,
            instances: HashMap::new(),
            ways: HashMap::new(),
        }
    }

    pub(super) fn count(&self, way: Way) -> usize {
        self.ways.get(&way).copied().unwrap_or_default()
    }

    /// Sends a case, and returns the recorded answer of the integration.
    pub(super) async fn send(&mut self, case: &Case) -> Answer {
        let (exchange, instance, way) = match self.instance(case).await {
            Some(instance) if is_well_formed(case) => {
                let (way, sent) = self.operate(case, &instance).await;
                (sent.unwrap(), instance, way)
            }
            _ => {
                let (sent, instance) = self.send_raw(case).await;
                (sent, instance, Way::Raw)
            }
        };
        *self.ways.entry(way).or_default() += 1;
        answer_of(&self.bench.exchange(&exchange), &instance)
    }

    /// An instance with the configuration of a case; none if the platform refuses it.
    async fn instance(&mut self, case: &Case) -> Option<Instance> {
        let header = |name: &str| header(case, name);
        let (name, text) = (
            header("x-bp-configuration-type"),
            header("x-bp-configuration")?,
        );
        let key = (name.map(str::to_owned), text.to_owned());
        if let Some(known) = self.instances.get(&key) {
            return Some(known.clone());
        }
        let json = BASE64_STANDARD.decode(text).ok()?;
        let new = NewInstance {
            alias: Some("me/parity".to_owned()),
            configuration_type: name.map(str::to_owned),
            configuration: serde_json::from_slice(&json).ok()?,
            ..NewInstance::default()
        };
        let instance = self.bench.platform.install(new).await.ok()?;
        self.instances.insert(key, instance.clone());
        Some(instance)
    }

    async fn operate(&self, case: &Case, instance: &Instance) -> (Way, Sent) {
        let id = instance.webhook_id.as_str();
        let body: Value = serde_json::from_str(&case.body).unwrap();
        let operation = header(case, "x-bp-operation").unwrap();
        if let Some(sent) = self.by_operation(operation, id, &body).await {
            return (Way::Operation, sent);
        }
        if let ("webhook_received", Some(request)) = (operation, body.get("req")) {
            return (Way::Webhook, Ok(self.by_webhook(id, request).await));
        }
        let called = self.bench.platform.call(id, operation, &body).await;
        (Way::AnyBody, exchange_of(called))
    }

    /// Uses the operation of the platform, unless it makes another body.
    async fn by_operation(&self, operation: &str, id: &str, body: &Value) -> Option<Sent> {
        let platform = &self.bench.platform;
        let tags = |value: &Value| value["tags"].as_object().cloned();
        Some(match operation {
            "ping" => exchange_of(platform.ping(id).await),
            "register" | "unregister" if !is_refused_registration(body) => {
                if operation == "register" {
                    platform.register(id).await.unwrap();
                } else {
                    platform.unregister(id).await.unwrap();
                    platform.register(id).await.unwrap();
                }
                Ok(self.last_of(operation))
            }
            "action_triggered" => {
                let (action, input) = (body["type"].as_str()?, body.get("input")?);
                exchange_of(platform.call_action(id, action, input).await)
            }
            "create_user" => exchange_of(platform.create_user(id, &tags(body)?).await),
            "create_conversation" => {
                let channel = body["channel"].as_str()?;
                exchange_of(
                    platform
                        .create_conversation(id, channel, &tags(body)?)
                        .await,
                )
            }
            "message_created" | "message_updated" | "conversation_updated" => {
                return self.by_data(operation, id, body).await;
            }
            _ => return None,
        })
    }

    /// Uses an operation that stores something first. The API refuses what the definition does not declare.
    async fn by_data(&self, operation: &str, id: &str, body: &Value) -> Option<Sent> {
        let platform = &self.bench.platform;
        let instance = platform.instance(id).unwrap();
        let conversation = self.bench.conversation(&instance).await;
        let is_declared = |conversation: &Value| conversation["channel"] == "channel";
        if operation == "conversation_updated" {
            let current = &body["currentConversation"];
            let tags = current["tags"].as_object()?;
            is_declared(current).then_some(())?;
            let updated = platform.update_conversation(id, &conversation, tags).await;
            return Some(exchange_of(updated.unwrap().answer.map_err(Into::into)));
        }
        is_declared(&body["conversation"]).then_some(())?;
        let message = OutgoingMessage {
            conversation_id: conversation,
            message_type: body["type"].as_str()?.to_owned(),
            payload: body["payload"].as_object()?.clone(),
            tags: Map::new(),
        };
        let sent = platform.send_message(id, &message).await.ok()?;
        if operation == "message_created" {
            return Some(exchange_of(sent.answer.map_err(Into::into)));
        }
        let message_id = sent.entity["id"].as_str()?;
        let payload = body["payload"].as_object();
        let updated = platform.update_message(id, message_id, payload, None).await;
        Some(exchange_of(updated.unwrap().answer.map_err(Into::into)))
    }

    async fn by_webhook(&self, id: &str, received: &Value) -> String {
        let text = |name: &str| received[name].as_str().unwrap_or_default().to_owned();
        let path = match text("query").as_str() {
            "" => format!("/webhook/{id}{}", text("path")),
            query => format!("/webhook/{id}{}?{query}", text("path")),
        };
        let request = http::Request::builder()
            .method(text("method").as_str())
            .uri(path);
        let headers = received["headers"].as_object().into_iter().flatten();
        let request = headers.fold(request, |request, (name, value)| {
            let value = value.as_str().unwrap_or_default().as_bytes();
            request.header(name, http::HeaderValue::from_bytes(value).unwrap())
        });
        let body = Bytes::from(text("body"));
        self.bench.send(request.body(body).unwrap()).await;
        // The response is that of the webhook, which is that of the integration.
        self.bench.last(ExchangeKind::Webhook).id
    }

    /// Sends a call as it is, for a bot with a valid configuration.
    async fn send_raw(&mut self, case: &Case) -> (String, Instance) {
        let usual = Case {
            headers: crate::requests::ask("usual", "ping", &Value::Null).headers,
            ..crate::requests::plain("usual", http::Method::POST, "/")
        };
        let instance = self.instance(&usual).await.unwrap();
        let names = usual.headers.iter().map(|(name, _)| *name);
        let without = names.filter(|name| header(case, name).is_none());
        let own = ["x-bp-configuration", "x-bp-configuration-type"];
        let headers = case.headers.iter().filter(|(name, _)| own.contains(name));
        let raw = RawCall {
            operation: header(case, "x-bp-operation").map(str::to_owned),
            method: Some(case.method.clone()),
            path: Some(case.path.to_owned()),
            headers: headers
                .map(|(name, value)| ((*name).to_owned(), value.clone()))
                .collect(),
            without: without.map(str::to_owned).collect(),
            body: case.body.clone().into_bytes(),
        };
        let answer = self
            .bench
            .platform
            .call_raw(&instance.webhook_id, raw)
            .await;
        (answer.unwrap().exchange, instance)
    }

    fn last_of(&self, operation: &str) -> String {
        let calls = self.bench.exchanges(ExchangeKind::Call).into_iter().rev();
        let mut calls = calls.filter(|call| call.name == operation);
        calls.next().unwrap().id
    }
}

fn header<'c>(case: &'c Case, name: &str) -> Option<&'c str> {
    let mut headers = case.headers.iter();
    let found = headers.find(|(known, _)| *known == name);
    found.map(|(_, value)| value.as_str())
}

/// Whether Botpress could send the call: with all headers, to the root, with a JSON body.
fn is_well_formed(case: &Case) -> bool {
    let usual = crate::requests::ask("usual", "ping", &Value::Null);
    let mut names = usual.headers.iter().map(|(name, _)| *name);
    case.method == http::Method::POST
        && case.path == "/"
        && header(case, "x-bp-configuration-type") != Some("")
        && names.all(|name| header(case, name).is_some())
        && serde_json::from_str::<Value>(&case.body).is_ok_and(|body| body.is_object())
}

/// Whether the reference integration refuses the address.
fn is_refused_registration(body: &Value) -> bool {
    let url = body["webhookUrl"].as_str().unwrap_or_default();
    url.ends_with("/refuse")
}

/// The exchange of a call, whose answer can be an error.
fn exchange_of(called: Result<CallAnswer, PlatformError>) -> Sent {
    match called {
        Ok(answer) => Ok(answer.exchange),
        Err(PlatformError::Call(failed)) => Ok(failed.exchange),
        Err(other) => Err(other),
    }
}

/// The recorded answer, with the ids of the records.
fn answer_of(exchange: &Exchange, instance: &Instance) -> Answer {
    let response = exchange.response.as_ref().unwrap();
    let headers = response.headers.iter().cloned();
    let mut text = response.body.text().unwrap().to_owned();
    for (id, recorded) in [
        (&instance.bot_user_id, "botuser_1"),
        (&instance.bot_id, "bot_1"),
        (&instance.integration_id, "intg_1"),
        (&instance.webhook_id, "wh_1"),
    ] {
        text = text.replace(id.as_str(), recorded);
    }
    let mut body = read_body(&text);
    if let Some(echoed) = body.get_mut("headers").and_then(Value::as_object_mut) {
        // Those that the client of the webhook adds.
        for name in ["host", "content-length"] {
            echoed.shift_remove(name);
        }
    }
    Answer {
        status: response.status,
        headers: headers
            .filter(|(name, _)| !OF_THE_SERVER.contains(&name.as_str()))
            .collect(),
        body,
    }
}
