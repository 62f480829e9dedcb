//! The operations of the protocol, with their bodies.

use serde_json::{Map, Value, json};

use super::Platform;
use super::answer::Answer;
use super::call::Origin;
use super::error::PlatformError;
use super::instance::{Instance, RegistrationStatus};

/// The operation that passes a webhook request on.
pub(super) const WEBHOOK: &str = "webhook_received";

/// Tags of a user, a conversation or a message.
pub type TagValues = Map<String, Value>;

impl Platform {
    /// Calls `ping`.
    ///
    /// # Errors
    ///
    /// There is no such instance, the integration gives no good answer, or the storage fails.
    pub async fn ping(&self, webhook_id: &str) -> Result<Answer, PlatformError> {
        let instance = self.instance(webhook_id)?;
        // The body is signed, so there is one.
        self.operate(&instance, "ping", None, &json!({}), Origin::default())
            .await
    }

    /// Calls an action. The answer has the output in `output`, and the cost in `meta`.
    ///
    /// # Errors
    ///
    /// There is no such instance, the integration gives no good answer, or the storage fails.
    pub async fn call_action(
        &self,
        webhook_id: &str,
        action: &str,
        input: &Value,
    ) -> Result<Answer, PlatformError> {
        let instance = self.active(webhook_id)?;
        let body = json!({ "type": action, "input": input });
        let about = Some(action.to_owned());
        self.operate(
            &instance,
            "action_triggered",
            about,
            &body,
            Origin::default(),
        )
        .await
    }

    /// Calls `create_user`, as a bot does that wants to talk to a user.
    ///
    /// # Errors
    ///
    /// There is no such instance, the integration gives no good answer, or the storage fails.
    pub async fn create_user(
        &self,
        webhook_id: &str,
        tags: &TagValues,
    ) -> Result<Answer, PlatformError> {
        let instance = self.active(webhook_id)?;
        let body = json!({ "tags": tags });
        self.operate(&instance, "create_user", None, &body, Origin::default())
            .await
    }

    /// Calls `create_conversation`, as a bot does that wants to begin a conversation.
    ///
    /// # Errors
    ///
    /// There is no such instance, the integration gives no good answer, or the storage fails.
    pub async fn create_conversation(
        &self,
        webhook_id: &str,
        channel: &str,
        tags: &TagValues,
    ) -> Result<Answer, PlatformError> {
        let instance = self.active(webhook_id)?;
        let body = json!({ "channel": channel, "tags": tags });
        let about = Some(channel.to_owned());
        self.operate(
            &instance,
            "create_conversation",
            about,
            &body,
            Origin::default(),
        )
        .await
    }

    /// Calls any operation with any body, also one that the protocol does not have. The body is sent as it is.
    ///
    /// # Errors
    ///
    /// There is no such instance, the integration gives no good answer, or the storage fails.
    pub async fn call(
        &self,
        webhook_id: &str,
        operation: &str,
        body: &Value,
    ) -> Result<Answer, PlatformError> {
        let instance = self.instance(webhook_id)?;
        self.operate(
            &instance,
            operation,
            subject(operation, body),
            body,
            Origin::default(),
        )
        .await
    }

    /// Calls an operation, and checks the answer.
    pub(super) async fn operate(
        &self,
        instance: &Instance,
        operation: &str,
        about: Option<String>,
        body: &Value,
        origin: Origin,
    ) -> Result<Answer, PlatformError> {
        let body = body.to_string().into();
        let mut call = self.outgoing(instance, operation, body, origin);
        call.subject = about;
        self.send(call, Answer::problem).await
    }

    /// Returns an instance that is not unregistered.
    pub(super) fn active(&self, webhook_id: &str) -> Result<Instance, PlatformError> {
        let instance = self.instance(webhook_id)?;
        match instance.status {
            RegistrationStatus::Unregistered => Err(PlatformError::WrongStatus {
                status: instance.status,
                needed: "register it before it is called",
            }),
            _ => Ok(instance),
        }
    }
}

/// What an operation is about, from its body.
pub(super) fn subject(operation: &str, body: &Value) -> Option<String> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    match operation {
        "action_triggered" => text(&body["type"]),
        "message_created" | "message_updated" => {
            let kind = text(&body["type"])?;
            let channel = text(&body["conversation"]["channel"])?;
            Some(format!("{kind} in {channel}"))
        }
        "conversation_updated" => text(&body["currentConversation"]["channel"]),
        "create_conversation" => text(&body["channel"]),
        _ => None,
    }
}
