//! The token for the help desk.

use contexture::oauth::{OauthApp, OauthError, Provider, redirect_url};
use contexture::prelude::*;

use crate::App;
use crate::desk::{Configuration, Context, OauthConfiguration};

const ACME: Provider = Provider {
    authorize_url: "https://acme.example/oauth/authorize",
    token_url: "https://acme.example/oauth/token",
};

/// The OAuth app of a configuration.
pub(crate) fn oauth_app(ctx: &Context, configuration: &OauthConfiguration) -> Result<OauthApp> {
    let secret = &configuration.client_secret;
    let app = OauthApp::new(&ACME, &configuration.client_id, secret, &redirect_url(ctx)?)?;
    Ok(app.scope("tickets"))
}

impl App {
    /// The token for the help desk.
    pub(crate) async fn token(&self, ctx: &Context) -> Result<Secret> {
        match &ctx.configuration {
            Configuration::Token(access) => Ok(access.api_token.clone()),
            Configuration::Oauth(configuration) => {
                let app = oauth_app(ctx, configuration)?;
                let tokens = ctx.client().states().oauth_tokens();
                match self.tokens.access_token(ctx, &app, &tokens).await {
                    Err(OauthError::NotAuthorized) => bail!("Open the authorization link first"),
                    token => Ok(token?),
                }
            }
        }
    }
}
