//! The requests of the cases. Parts that a case does not set have common defaults.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use http::Method;
use serde_json::{Value, json};

use crate::cases::{Case, Differs};

/// A request without the headers of a call.
pub(crate) fn plain(name: &str, method: Method, path: &'static str) -> Case {
    Case {
        name: name.to_owned(),
        method,
        path,
        headers: Vec::new(),
        body: String::new(),
        differs: None,
    }
}

/// A call of an operation, with a primary configuration.
pub(crate) fn ask(name: &str, operation: &str, body: &Value) -> Case {
    let headers = [
        ("x-bot-id", "bot_1"),
        ("x-bot-user-id", "botuser_1"),
        ("x-integration-id", "intg_1"),
        ("x-integration-alias", "me/parity"),
        ("x-webhook-id", "wh_1"),
        ("x-bp-operation", operation),
    ];
    let case = Case {
        headers: headers.map(|(name, value)| (name, value.to_owned())).into(),
        ..plain(name, Method::POST, "/")
    };
    case.configured(&json!({ "apiKey": "key", "region": "eu", "debug": true }))
        .text(&body.to_string())
}

pub(crate) fn webhook(name: &str, patch: &Value) -> Case {
    let mut request = json!({ "path": "/", "query": "", "method": "POST", "headers": {} });
    merge(&mut request, patch);
    let name = format!("webhook: {name}");
    ask(&name, "webhook_received", &json!({ "req": request }))
}

pub(crate) fn action(name: &str, action: &str, input: &Value) -> Case {
    let body = json!({ "type": action, "input": input });
    ask(&format!("action: {name}"), "action_triggered", &body)
}

pub(crate) fn said(name: &str, patch: &Value) -> Case {
    let mut body = json!({
        "type": "text",
        "payload": { "text": "hi" },
        "conversation": conversation("channel"),
        "user": user(),
        "message": message(),
    });
    merge(&mut body, patch);
    ask(&format!("message: {name}"), "message_created", &body)
}

fn merge(value: &mut Value, patch: &Value) {
    for (name, patched) in patch.as_object().unwrap() {
        value[name] = patched.clone();
    }
}

impl Case {
    pub(crate) fn header(mut self, name: &'static str, value: &str) -> Self {
        self = self.without(name);
        self.headers.push((name, value.to_owned()));
        self
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(known, _)| *known != name);
        self
    }

    pub(crate) fn configured(self, configuration: &Value) -> Self {
        let text = BASE64_STANDARD.encode(configuration.to_string());
        self.header("x-bp-configuration", &text)
    }

    pub(crate) fn with_oauth(self) -> Self {
        self.header("x-bp-configuration-type", "oauth")
            .configured(&json!({ "clientId": "a", "clientSecret": "b" }))
    }

    pub(crate) fn with_token(self) -> Self {
        self.header("x-bp-configuration-type", "personalAccessToken")
            .configured(&json!({ "token": "t" }))
    }

    pub(crate) fn method(mut self, method: Method) -> Self {
        self.method = method;
        self
    }

    pub(crate) fn path(mut self, path: &'static str) -> Self {
        self.path = path;
        self
    }

    pub(crate) fn text(mut self, body: &str) -> Self {
        body.clone_into(&mut self.body);
        self
    }

    pub(crate) fn without_body(self) -> Self {
        self.text("")
    }

    /// Expects a 400 from us whose message contains this text.
    pub(crate) fn refused_naming(mut self, naming: &'static str) -> Self {
        self.differs = Some(Differs::InvalidPayload { naming });
        self
    }

    /// Expects this output of the action from us.
    pub(crate) fn gives(mut self, output: Value) -> Self {
        self.differs = Some(Differs::Output(output));
        self
    }
}

pub(crate) fn conversation(channel: &str) -> Value {
    json!({
        "id": "conv_1",
        "channel": channel,
        "integration": "parity",
        "tags": { "id": "c" },
        "createdAt": TIME,
        "updatedAt": TIME,
    })
}

pub(crate) fn user() -> Value {
    json!({ "id": "user_1", "tags": { "id": "u" }, "createdAt": TIME, "updatedAt": TIME })
}

pub(crate) fn message() -> Value {
    json!({
        "id": "msg_1",
        "type": "text",
        "payload": { "text": "hi" },
        "direction": "outgoing",
        "userId": "user_1",
        "conversationId": "conv_1",
        "tags": {},
        "createdAt": TIME,
        "updatedAt": TIME,
    })
}

const TIME: &str = "2026-01-01T00:00:00.000Z";
