//! The lifecycle of the integration.

use contexture::prelude::*;

use crate::App;
use crate::desk::{self, Configuration, Context};
use crate::handlers::webhook::receive;

impl desk::Integration for App {
    async fn register(&self, ctx: &Context, webhook_url: &str) -> Result {
        let logger = ctx.logger().for_bot();
        match &ctx.configuration {
            Configuration::Token(access) => {
                check(ctx, &access.api_token).await?;
                logger.info(format_args!("tickets go to the team {}", access.team()));
            }
            Configuration::Oauth(app) => {
                let id = &app.client_id;
                logger.info(format_args!("open the link to connect the app {id}"));
            }
        }
        logger.info(format_args!("send webhooks to {webhook_url}"));
        Ok(())
    }

    async fn unregister(&self, ctx: &Context, _webhook_url: &str) -> Result {
        ctx.client().states().oauth_tokens().clear().await?;
        Ok(())
    }

    async fn webhook(&self, ctx: &Context, request: WebhookRequest) -> Result<WebhookResponse> {
        receive(self, ctx, request).await
    }
}

/// Fails if the help desk does not accept the token.
async fn check(ctx: &Context, token: &Secret) -> Result {
    let me = ctx.http().get("https://api.acme.example/me").bearer(token);
    let response = me.send().await?;
    if response.status() == 401 {
        bail!("Acme Desk does not accept the API token");
    }
    response.success()?;
    Ok(())
}
