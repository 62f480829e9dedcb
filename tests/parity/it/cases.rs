//! The requests, with the order and the names of the records.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use http::Method;
use serde_json::{Value, json};

use crate::requests::{action, ask, conversation, message, plain, said, user, webhook};

/// One request.
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) method: Method,
    pub(crate) path: &'static str,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: String,
    /// Our response, if it differs from the official one.
    pub(crate) differs: Option<Differs>,
}

/// A response of ours that differs from the official one.
pub(crate) enum Differs {
    /// A 400 of the type `InvalidPayload` whose message contains this text.
    InvalidPayload { naming: &'static str },
    /// A 200 with this output of an action.
    Output(Value),
}

/// Every case.
pub(crate) fn all() -> Vec<Case> {
    let groups = [
        health(),
        pings(),
        missing_headers(),
        configurations(),
        webhooks(),
        registrations(),
        actions(),
        failures(),
        messages(),
        creations(),
    ];
    groups.into_iter().flatten().collect()
}

fn health() -> Vec<Case> {
    vec![
        plain("health", Method::GET, "/health"),
        plain("health by POST", Method::POST, "/health"),
    ]
}

fn pings() -> Vec<Case> {
    let ping = |name| ask(name, "ping", &json!({}));
    vec![
        ping("ping"),
        ping("ping without a body").without_body(),
        ping("ping by GET").without_body().method(Method::GET),
        ping("ping on another path").path("/a/b?c=d"),
    ]
}

fn missing_headers() -> Vec<Case> {
    let headers = [
        "x-bot-id",
        "x-bot-user-id",
        "x-integration-id",
        "x-integration-alias",
        "x-webhook-id",
        "x-bp-operation",
        "x-bp-configuration",
    ];
    let ping = |header| ask(&format!("no {header}"), "ping", &json!({})).without(header);
    headers
        .map(|header| ping(header).refused_naming(header))
        .into()
}

fn configurations() -> Vec<Case> {
    let hello = |name| action(name, "hello", &json!({ "name": "Ada" }));
    let stale = json!({ "stale": true });
    vec![
        hello("configuration is not base64")
            .header("x-bp-configuration", "@@@")
            .refused_naming("x-bp-configuration"),
        hello("configuration is not JSON")
            .header("x-bp-configuration", &BASE64_STANDARD.encode("{"))
            .refused_naming("the configuration"),
        hello("configuration does not match its schema")
            .configured(&json!({ "apiKey": "key", "region": "mars" }))
            .refused_naming("/region"),
        hello("configuration type is unknown")
            .header("x-bp-configuration-type", "nope")
            .refused_naming("`nope`"),
        hello("configuration type is empty")
            .header("x-bp-configuration-type", "")
            .gives(json!({ "message": "hello Ada", "configurationType": null })),
        ask("ping with an unreadable configuration", "ping", &json!({})).configured(&stale),
        ask(
            "unregister with an unreadable configuration",
            "unregister",
            &json!({ "webhookUrl": "https://webhook.example/wh_1" }),
        )
        .configured(&stale),
        ask("unknown operation", "frobnicate", &json!({})),
    ]
}

fn webhooks() -> Vec<Case> {
    let at = |name, path| webhook(name, &json!({ "path": path }));
    let echoed = json!({
        "path": "/echo",
        "query": "a=1&b=%20",
        "method": "PUT",
        "headers": { "content-type": "text/plain", "x-a": "é" },
        "body": "héllo ✓",
    });
    let call = |name| ask(name, "webhook_received", &json!({}));
    vec![
        at("no answer", "/none"),
        at("status and header", "/created"),
        at("body alone", "/body-only"),
        at("a runtime error", "/fail/runtime"),
        at("an unexpected error", "/fail/unexpected"),
        webhook("echo", &echoed),
        at("context of the primary configuration", "/context"),
        at("context of oauth", "/context").with_oauth(),
        at("context of personalAccessToken", "/context").with_token(),
        call("webhook: no body").without_body(),
        call("webhook: not JSON").text("{").refused_naming("JSON"),
        call("webhook: no req").refused_naming("/req"),
    ]
}

fn registrations() -> Vec<Case> {
    let mut cases = Vec::new();
    for operation in ["register", "unregister"] {
        for (name, last) in [("", "wh_1"), (" refused", "refuse")] {
            let body = json!({ "webhookUrl": format!("https://webhook.example/{last}") });
            cases.push(ask(&format!("{operation}{name}"), operation, &body));
        }
    }
    cases
}

fn actions() -> Vec<Case> {
    let hello = |name, who| action(name, "hello", &json!({ "name": who }));
    let echo = |name, input| action(name, "echo", &input);
    let without_input = json!({ "type": "hello" });
    vec![
        hello("hello", "Ada"),
        hello("hello with oauth", "Ada").with_oauth(),
        hello("hello with a token", "Ünïcødé ✓").with_token(),
        action(
            "hello, wrong type",
            "hello",
            &json!({ "name": { "deep": 1 } }),
        )
        .refused_naming("/name"),
        ask(
            "action: hello, no input",
            "action_triggered",
            &without_input,
        )
        .refused_naming("the input"),
        echo(
            "echo",
            json!({ "value": [1, 2.5, null, { "a": "b" }], "other": "kept" }),
        ),
        action(
            "hello, an unknown field",
            "hello",
            &json!({ "name": "Ada", "shout": true }),
        ),
        echo("echo of null", json!({ "value": null })),
        echo("echo of nothing", json!({})),
    ]
}

fn failures() -> Vec<Case> {
    let hows = ["runtime", "invalidPayload", "forbidden", "unexpected"];
    let fails = hows.map(|how| {
        let input = json!({ "how": how, "message": format!("failed: {how}") });
        action(&format!("fails: {how}"), "fail", &input)
    });
    let others = [
        action("unknown", "nope", &json!({})),
        ask(
            "action: no type",
            "action_triggered",
            &json!({ "input": {} }),
        ),
        action("a name every JavaScript object has", "toString", &json!({}))
            .refused_naming("Action toString not found"),
    ];
    fails.into_iter().chain(others).collect()
}

fn messages() -> Vec<Case> {
    let elsewhere = conversation("elsewhere");
    let message_updated = |name, channel| {
        let body = json!({
            "type": "text",
            "payload": { "text": "hi" },
            "conversation": conversation(channel),
            "user": user(),
            "currentMessage": message(),
            "previousMessage": message(),
        });
        ask(name, "message_updated", &body)
    };
    let conversation_updated = |name, channel| {
        let body = json!({
            "currentConversation": conversation(channel),
            "previousConversation": conversation("channel"),
        });
        ask(name, "conversation_updated", &body)
    };
    vec![
        said("text", &json!({})),
        said("refused", &json!({ "payload": { "text": "refuse" } })),
        said("empty text", &json!({ "payload": { "text": "" } })).refused_naming("/text"),
        said("unknown channel", &json!({ "conversation": elsewhere })),
        said("unknown type", &json!({ "type": "hologram" })),
        message_updated("message updated", "channel"),
        message_updated("message updated: unknown channel", "elsewhere"),
        conversation_updated("conversation updated", "channel"),
        conversation_updated("conversation updated: unknown channel", "elsewhere"),
    ]
}

fn creations() -> Vec<Case> {
    let conversation = json!({ "channel": "channel", "tags": { "id": "c1" } });
    vec![
        ask(
            "create user",
            "create_user",
            &json!({ "tags": { "id": "u1" } }),
        ),
        ask("create conversation", "create_conversation", &conversation),
    ]
}
