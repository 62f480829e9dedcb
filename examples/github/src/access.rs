//! The credentials for GitHub.
//!
//! A personal access token is sent unchanged. An OAuth app acts for the person who authorized it: the configuration has
//! the app's credentials, and the state `oauthTokens` has the token of that person.

use contexture::oauth::{OauthApp, OauthError, Provider, redirect_url};
use contexture::prelude::*;

use crate::GitHub;
use crate::github::{Configuration, Context, OauthConfiguration};

/// The OAuth endpoints of GitHub.
#[derive(Clone, Debug)]
pub(crate) struct Authorizations {
    authorize_url: String,
    token_url: String,
}

impl Authorizations {
    /// Takes the base URL of GitHub's pages, `https://github.com`.
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
        let redirect_url = redirect_url(ctx)?;
        let id = &configuration.client_id;
        let app = OauthApp::new(&provider, id, &configuration.client_secret, &redirect_url)?;
        Ok(app.scope("repo"))
    }
}

impl GitHub {
    /// Returns the token for GitHub, or `None` if no person has authorized the app yet.
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

    /// Returns the token for GitHub.
    pub(crate) async fn token(&self, ctx: &Context) -> Result<Secret> {
        let token = self.find_token(ctx).await?;
        token.explain("No GitHub user has authorized the app yet")
    }
}
