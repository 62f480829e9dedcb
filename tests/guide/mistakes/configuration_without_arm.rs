//! The lifecycle of the integration.

use contexture_guide::contexture::prelude::*;
use contexture_guide::desk::{self, Configuration, Context};

pub struct App;

impl desk::Integration for App {
    async fn register(&self, ctx: &Context, webhook_url: &str) -> Result {
        let logger = ctx.logger().for_bot();
        logger.info(format_args!("send webhooks to {webhook_url}"));
        match &ctx.configuration {
            Configuration::Token(access) => {
                logger.info(format_args!("tickets go to the team {}", access.team()));
            }
        }
        Ok(())
    }
}
