//! The first integration: one configuration, one action.
//!
//! `cargo run -p quickstart` serves it on 127.0.0.1:8072.

contexture::include_definition!("quickstart");

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use contexture::prelude::*;
use quickstart::Context;
use quickstart::actions::{self, SendMessageInput, SendMessageOutput};

/// The handlers. State that calls share, such as an HTTP client, would be fields of this type.
struct Quickstart;

impl quickstart::Integration for Quickstart {
    async fn register(&self, ctx: &Context, _webhook_url: &str) -> Result {
        let region = ctx.configuration.region.as_str();
        ctx.logger()
            .for_bot()
            .info(format_args!("messages are sent from {region}"));
        Ok(())
    }
}

impl actions::SendMessage for Quickstart {
    async fn send_message(
        &self,
        call: ActionCall<'_, Context>,
        input: SendMessageInput,
    ) -> Result<SendMessageOutput> {
        let configuration = &call.ctx.configuration;
        if configuration.debug.unwrap_or(false) {
            let SendMessageInput { to, text } = &input;
            let logger = call.ctx.logger().for_bot();
            logger.debug(format_args!("to {to}: {text}"));
        }

        // The service does not exist, and no request leaves this machine. A real integration would call its service
        // here with the key of the configuration, and would return the identifier from its response.
        let mut hasher = DefaultHasher::new();
        configuration.api_key.expose().hash(&mut hasher);
        (&input.to, &input.text).hash(&mut hasher);
        let region = configuration.region.as_str();
        let message_id = format!("{region}-{:016x}", hasher.finish());
        Ok(SendMessageOutput::new(message_id))
    }
}

fn main() -> Result {
    contexture::run(quickstart::service(Quickstart))
}

#[cfg(test)]
mod tests {
    use contexture::testing::Harness;
    use quickstart::{Configuration, PrimaryConfigurationRegion as Region};

    use super::*;

    async fn send_hello(configuration: Configuration) -> (SendMessageOutput, String) {
        let harness = Harness::new(quickstart::service(Quickstart), configuration);
        let input = SendMessageInput::new("ada", "hello");
        let acted = harness.actions().send_message(&input).await;
        (acted.unwrap().output, harness.log().text())
    }

    #[tokio::test]
    async fn an_installation_tells_where_messages_leave_from() {
        let configuration = Configuration::new("key-1", Region::Eu);
        let harness = Harness::new(quickstart::service(Quickstart), configuration);
        harness.register("https://webhook.example/1").await.unwrap();
        assert_eq!(harness.log().text(), "messages are sent from eu");
    }

    #[tokio::test]
    async fn the_identifier_tells_the_region() {
        let (output, log) = send_hello(Configuration::new("key-1", Region::Eu)).await;
        assert!(output.message_id.starts_with("eu-"), "{output:?}");
        assert_eq!(log, "");
    }

    #[tokio::test]
    async fn debugging_shows_the_message_and_not_the_key() {
        let mut configuration = Configuration::new("key-1", Region::Asia);
        configuration.debug = Some(true);
        let (_, log) = send_hello(configuration).await;
        assert_eq!(log, "to ada: hello");
    }
}
