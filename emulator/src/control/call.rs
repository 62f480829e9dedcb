//! Calls of operations.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::Control;
use super::body::Refusal;
use super::called::{Called, called};
use super::message::Message;
use super::webhook::Webhook;
use crate::exchange::{ExchangeFilter, ExchangeKind};
use crate::platform::{Instance, RegistrationStatus};

/// A call of an operation.
#[derive(Deserialize)]
pub(super) struct NewCall {
    /// The webhook id of the instance; the first one by default.
    instance: Option<String>,
    #[serde(flatten)]
    operation: Operation,
}

#[derive(Deserialize)]
#[serde(tag = "operation", rename_all = "snake_case")]
enum Operation {
    Action {
        name: String,
        input: Value,
    },
    Message(Message),
    Webhook(Webhook),
    Ping,
    Register,
    Unregister,
    CreateUser {
        tags: Map<String, Value>,
    },
    CreateConversation {
        channel: String,
        tags: Map<String, Value>,
    },
}

impl Control {
    /// Calls an operation. A bad answer is a part of the result.
    pub(super) async fn call(&self, call: NewCall) -> Result<Value, Refusal> {
        self.check_serves()?;
        let instance = self.instance(call.instance.as_deref())?;
        let id = &instance.webhook_id;
        let platform = &self.platform;
        let called = match call.operation {
            Operation::Action { name, input } => {
                called(platform.call_action(id, &name, &input).await)?
            }
            Operation::Message(message) => self.send_message(&instance, message).await?,
            Operation::Webhook(webhook) => self.send_webhook(id, webhook).await?,
            Operation::Ping => called(platform.ping(id).await)?,
            Operation::CreateUser { tags } => called(platform.create_user(id, &tags).await)?,
            Operation::CreateConversation { channel, tags } => {
                called(platform.create_conversation(id, &channel, &tags).await)?
            }
            Operation::Register => self.lifecycle("register", platform.register(id).await?)?,
            Operation::Unregister => {
                self.lifecycle("unregister", platform.unregister(id).await?)?
            }
        };
        self.result(called).await
    }

    /// What became of a call, with its exchange.
    pub(super) async fn result(&self, called: Called) -> Result<Value, Refusal> {
        let exchange = match &called.exchange {
            Some(id) => self.ended_exchange(id).await?,
            None => Value::Null,
        };
        Ok(json!({ "exchange": exchange, "error": called.problem }))
    }

    /// What became of `register` or `unregister`, whose reason is in the instance.
    fn lifecycle(&self, operation: &str, instance: Instance) -> Result<Called, Refusal> {
        let filter = ExchangeFilter {
            kind: Some(ExchangeKind::Call),
            instance: Some(instance.webhook_id),
            limit: 1,
            ..ExchangeFilter::default()
        };
        let newest = self.platform.recorder().list(&filter)?.pop();
        let call = newest.filter(|exchange| exchange.name == operation);
        let has_failed = matches!(
            instance.status,
            RegistrationStatus::RegistrationFailed | RegistrationStatus::UnregistrationFailed
        );
        Ok(Called {
            exchange: call.map(|exchange| exchange.id),
            problem: instance.reason.filter(|_| has_failed),
        })
    }
}
