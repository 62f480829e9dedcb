//! Secrets, states, events and tags, which handlers access through their context.

use super::*;

#[derive(Clone, Debug)]
pub struct Secrets {
    pub webhook_secret: Secret,
    pub other: Option<Secret>,
}

impl contexture::codegen::Secrets for Secrets {
    fn read(reader: &mut SecretReader<'_>) -> Option<Self> {
        let webhook_secret = reader.required("WEBHOOK_SECRET");
        let other = reader.optional("OTHER");
        Some(Self {
            webhook_secret: webhook_secret?,
            other,
        })
    }
}

named_client!(States, StatesClient, "States, by name.");

impl States {
    pub fn last_webhook(&self) -> State<LastWebhookState> {
        self.0.integration("lastWebhook")
    }

    pub fn oauth(&self) -> State<AnyObject> {
        self.0.integration("oauth")
    }

    pub fn n(&self) -> State<AnyObject> {
        self.0.integration("n")
    }

    pub fn draft(
        &self,
        conversation: impl Into<contexture::client::ConversationId>,
    ) -> State<LastWebhookState> {
        self.0.conversation("draft", conversation)
    }

    pub fn profile(&self, user: impl Into<contexture::client::UserId>) -> State<LastWebhookState> {
        self.0.user("profile", user)
    }
}

named_client!(Events, EventsClient, "Events, by name.");
event_names!(GREETED = "greeted", EV = "ev");

impl Events {
    pub fn ev(&self, payload: &AnyObject) -> CreateEvent {
        self.0.create("ev", payload)
    }

    pub fn greeted(&self, payload: &GreetedEvent) -> CreateEvent {
        self.0.create("greeted", payload)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct LastWebhookState {
    pub bot_id: String,
    pub timestamp: String,
}

object!(LastWebhookState, bot_id: String = "botId", timestamp: String = "timestamp");

#[derive(Clone, Debug, PartialEq)]
pub struct GreetedEvent {
    pub name: String,
    pub times: i64,
}

object!(GreetedEvent, name: String = "name", times: i64 = "times");

#[derive(Clone, Debug, Default, PartialEq)]
pub struct UserTags {
    pub id: Option<String>,
    pub login: Option<String>,
}

object!(UserTags; id = "id", login = "login"; ..);

#[derive(Clone, Debug, PartialEq)]
pub struct AnyObject(pub Map<String, Value>);

newtype!(AnyObject);

tags!(UserTags, ID = "id", LOGIN = "login");
