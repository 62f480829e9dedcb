//! The wizard behind the authorization link.

use contexture::oauth::{OauthError, TokenStore as _};
use contexture::prelude::*;
use contexture::webhook::interstitial;
use contexture::wizard::{Reply, Sessions, Visit, Wizard};

use crate::App;
use crate::access::oauth_app;
use crate::desk::{Configuration, Context, OauthConfiguration};

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Step {
    Start,
    Connected,
}

pub(crate) fn steps() -> Wizard<Step> {
    Wizard::new("start", Step::Start).step("connected", Step::Connected)
}

pub(crate) async fn handle(
    app: &App,
    ctx: &Context,
    request: &WebhookRequest,
) -> Result<WebhookResponse> {
    let configuration = match &ctx.configuration {
        Configuration::Oauth(configuration) => configuration,
        Configuration::Token(_) => {
            let problem = "This bot is configured with an API token";
            return Ok(interstitial::failure(&ctx.webhook_base_url()?, problem));
        }
    };
    let sessions = Sessions::signed_with(&configuration.client_secret);
    let handled = app.wizard.handle(ctx, &sessions, request, |visit| {
        run(ctx, configuration, visit)
    });
    handled.await
}

async fn run(
    ctx: &Context,
    configuration: &OauthConfiguration,
    visit: Visit<Step>,
) -> Result<Reply<Step>> {
    let stored = ctx.client().states().oauth_tokens();
    if stored.get().await?.is_some() {
        return Ok(Reply::failed("Acme Desk is connected already"));
    }
    let app = oauth_app(ctx, configuration)?;
    match visit.step {
        Step::Start => Ok(Reply::authorize(&app, Step::Connected)),
        Step::Connected => match visit.tokens(ctx, &app).await {
            Ok(tokens) => {
                stored.save(&tokens).await?;
                Ok(Reply::done_as(&ctx.webhook_id))
            }
            Err(OauthError::Denied { .. }) => Ok(Reply::failed("Acme Desk did not agree")),
            Err(error) => Err(error.into()),
        },
    }
}
