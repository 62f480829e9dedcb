//! An integration as a function of AWS Lambda.
//!
//! `cargo lambda build --release --package lambda` builds it, and `cargo lambda watch --package lambda` runs it here.

contexture::include_definition!("quickstart");

use contexture::prelude::*;
use quickstart::Context;
use quickstart::actions::{self, SendMessageInput, SendMessageOutput};

/// The handlers.
struct App;

impl quickstart::Integration for App {}

impl actions::SendMessage for App {
    async fn send_message(
        &self,
        call: ActionCall<'_, Context>,
        input: SendMessageInput,
    ) -> Result<SendMessageOutput> {
        let region = call.ctx.configuration.region.as_str();
        call.ctx
            .logger()
            .info(format_args!("sending {} bytes", input.text.len()));
        Ok(SendMessageOutput::new(format!("{region}-1")))
    }
}

fn main() -> Result {
    contexture::run(quickstart::service(App))
}
