//! An integration that uses a secret of each kind. The test of this package reads all that it and
//! its dependencies log.

contexture::include_definition!("definition");

use contexture::oauth::{OauthApp, Provider, TokenManager, TokenStore as _};
use contexture::prelude::*;
use contexture::{Secret, webhook::signature};

pub use self::secrecy::{Configuration, Definition, Secrets};
use self::secrecy::{
    Context,
    actions::{
        self, CallServiceInput, CallServiceOutput, ExchangeKeyInput, ExchangeKeyOutput,
        RefreshTokenInput, RefreshTokenOutput,
    },
};

/// The handlers, with the address of the OAuth provider.
#[derive(Debug)]
pub struct Author {
    provider: String,
    tokens: TokenManager,
}

/// Creates the service. `provider` is the address of the OAuth provider, and of the key's exchange.
#[must_use]
pub fn service(provider: String) -> contexture::Service<Definition> {
    secrecy::service(Author {
        provider,
        tokens: TokenManager::new(),
    })
}

impl Author {
    fn app(&self, ctx: &Context) -> Result<OauthApp> {
        let provider = Provider {
            authorize_url: &format!("{}/authorize", self.provider),
            token_url: &format!("{}/token", self.provider),
        };
        let redirect = format!("{}/oauth", ctx.webhook_url()?);
        let secret = &ctx.configuration.client_secret;
        Ok(OauthApp::new(&provider, "app-1", secret, &redirect)?)
    }
}

impl secrecy::Integration for Author {
    async fn register(&self, ctx: &Context, webhook_url: &str) -> Result {
        tracing::info!(configuration = ?ctx.configuration, "registering {webhook_url}");
        tracing::debug!(?ctx, secrets = ?ctx.secrets(), "context");
        Ok(())
    }

    async fn webhook(&self, ctx: &Context, request: WebhookRequest) -> Result<WebhookResponse> {
        tracing::debug!(?request, "webhook");
        match request.path.as_str() {
            "/start" => Ok(WebhookResponse::redirect(
                self.app(ctx)?.authorize(&ctx.webhook_id),
            )),
            "/oauth" => {
                let tokens = self.app(ctx)?.exchange(ctx, &request).await?;
                tracing::debug!(?tokens, "tokens");
                ctx.client().states().oauth_tokens().save(&tokens).await?;
                Ok(WebhookResponse::ok())
            }
            _ => {
                let secret = &ctx.secrets().webhook_secret;
                let verified = signature::github(secret).verify(request)?;
                Ok(WebhookResponse::text(verified.text()))
            }
        }
    }
}

impl actions::ExchangeKey for Author {
    async fn exchange_key(
        &self,
        call: ActionCall<'_, Context>,
        input: ExchangeKeyInput,
    ) -> Result<ExchangeKeyOutput> {
        let request = call.ctx.http().post(format!("{}/key", self.provider));
        let request = request.query("key", input.key.expose());
        let request = request.bearer(&call.ctx.configuration.api_key);
        tracing::debug!(?request, ?input, "exchange");
        let key: Secret = request.json(&input).send().await?.success()?.json()?;
        Ok(ExchangeKeyOutput::new(key))
    }
}

impl actions::CallService for Author {
    async fn call_service(
        &self,
        call: ActionCall<'_, Context>,
        input: CallServiceInput,
    ) -> Result<CallServiceOutput> {
        let key = &call.ctx.configuration.api_key;
        let request = call.ctx.http().get(input.address).bearer(key);
        let request = request.query("key", key.expose());
        request
            .send()
            .await
            .explain("The service does not answer")?;
        Ok(CallServiceOutput {})
    }
}

impl actions::RefreshToken for Author {
    async fn refresh_token(
        &self,
        call: ActionCall<'_, Context>,
        _input: RefreshTokenInput,
    ) -> Result<RefreshTokenOutput> {
        let store = call.ctx.client().states().oauth_tokens();
        let app = self.app(call.ctx)?;
        let token = self.tokens.access_token(call.ctx, &app, &store).await?;
        tracing::debug!(?token, "access token");
        Ok(RefreshTokenOutput {})
    }
}
