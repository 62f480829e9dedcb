//! How the integration proves to GitHub who it acts for.
//!
//! A personal access token is sent as it is. An OAuth app acts for whoever allowed it to: its configuration has the
//! app's credentials, and the state `oauthTokens` has the token of that person.

use contexture::oauth::{OauthApp, OauthError, Provider};
use contexture::prelude::*;

use crate::GitHub;
use crate::github::{Configuration, Context, OauthConfiguration};

/// Where GitHub lets people allow an app to act for them.
#[derive(Clone, Debug)]
pub(crate) struct Authorizations {
    authorize_url: String,
    token_url: String,
}

impl Authorizations {
    /// Takes the address of GitHub's pages, `https://github.com`.
    pub(crate) fn at(address: &str) -> Self {
        Self {
            authorize_url: format!("{address}/login/oauth/authorize"),
            token_url: format!("{address}/login/oauth/access_token"),
        }
    }

    /// The app of a bot's configuration.
    pub(crate) fn app(
        &self,
        ctx: &Context,
        configuration: &OauthConfiguration,
    ) -> Result<OauthApp> {
        let provider = Provider {
            authorize_url: &self.authorize_url,
            token_url: &self.token_url,
        };
        let redirect_url = format!("{}/oauth/callback", ctx.webhook_url()?);
        let id = &configuration.client_id;
        let app = OauthApp::new(&provider, id, &configuration.client_secret, &redirect_url)?;
        Ok(app.scope("repo"))
    }
}

impl GitHub {
    /// Gives the token to ask GitHub with; none when nobody has allowed the app to act for them yet.
    pub(crate) async fn find_token(&self, ctx: &Context) -> Result<Option<Secret>> {
        match &ctx.configuration {
            Configuration::PersonalAccessToken(access) => Ok(Some(access.token.clone())),
            Configuration::Oauth(app) => {
                let app = self.authorizations.app(ctx, app)?;
                let tokens = ctx.client().states().oauth_tokens();
                match self.tokens.access_token(ctx, &app, &tokens).await {
                    Ok(token) => Ok(Some(token)),
                    Err(OauthError::NotAuthorized) => Ok(None),
                    Err(error) => Err(error.into()),
                }
            }
        }
    }

    /// Gives the token to ask GitHub with.
    pub(crate) async fn token(&self, ctx: &Context) -> Result<Secret> {
        let token = self.find_token(ctx).await?;
        token.explain("Nobody has allowed the app to act for them at GitHub yet")
    }
}
