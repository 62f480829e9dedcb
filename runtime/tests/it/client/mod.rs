//! The client's requests to the API, and its handling of responses.

mod entities;
mod foreign;
mod lists;
mod operations;
mod plain_http;
mod requests;
mod retries;
mod states;
mod uploads;

use contexture::testing::{ContextBuilder, TestContext};

use crate::sample::{Definition, LastWebhookState};
use crate::support::configuration;

fn context() -> TestContext<Definition> {
    ContextBuilder::new(configuration())
        .traceparent("00-abc-def-01")
        .build()
}

fn last_webhook() -> LastWebhookState {
    LastWebhookState {
        bot_id: "b".to_owned(),
        timestamp: "now".to_owned(),
    }
}

fn asked(ctx: &TestContext<Definition>) -> Vec<String> {
    ctx.requests().iter().map(ToString::to_string).collect()
}
