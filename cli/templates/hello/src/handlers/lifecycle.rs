//! The lifecycle of the integration.

use contexture::prelude::*;

use crate::App;
use crate::handlers::webhook::receive;
use crate::{{module}}::{self, Context};

impl {{module}}::Integration for App {
    /// Runs when the owner of a bot installs or configures the integration. An error shows its message to the owner.
    async fn register(&self, ctx: &Context, webhook_url: &str) -> Result {
        let logger = ctx.logger().for_bot();
        logger.info(format_args!("send webhooks to {webhook_url}"));
        Ok(())
    }

    async fn webhook(&self, ctx: &Context, request: WebhookRequest) -> Result<WebhookResponse> {
        receive(ctx, request).await
    }
}
