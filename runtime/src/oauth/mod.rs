//! Access to other services on behalf of a user: OAuth 2 authorization code flow with PKCE.
//!
//! There are two ways from the bot's owner to the provider and back:
//!
//! - Over Botpress's shared address ([`redirect_url`]), to which the authorization link of the
//!   definition leads: `Reply::authorize` and `Visit::tokens` of the module `wizard` (feature
//!   `wizard`). The parameter `state` is the webhook's id there, because Botpress routes by it.
//! - Over an address that leads to this integration by itself: a host of your own, or the webhook's
//!   URL if the provider accepts a redirect address for each installation. This module is enough
//!   then, and the rest of this page is about it.
//!
//! ```text
//! a page of the webhook ──OauthApp::authorize──▶ the provider, where the user agrees
//!         the provider ──OauthApp::exchange──▶ tokens ──TokenStore::save──▶ a state of the definition
//!              a handler ──TokenManager::access_token──▶ the token, refreshed before it expires
//! ```
//!
//! ```
//! use std::time::Duration;
//!
//! use contexture::oauth::{OauthApp, OauthError, Provider, TokenManager, TokenStore};
//! use contexture::webhook::{WebhookRequest, WebhookResponse};
//! use contexture::{Context, Definition, Result, Secret};
//!
//! const ACME: Provider = Provider {
//!     authorize_url: "https://acme.test/authorize",
//!     token_url: "https://acme.test/token",
//! };
//!
//! fn app<D: Definition>(ctx: &Context<D>, secret: &Secret) -> Result<OauthApp> {
//!     let redirect_url = format!("{}/oauth/callback", ctx.webhook_url()?);
//!     Ok(OauthApp::new(&ACME, "my-app", secret, &redirect_url)?.scope("issues:write"))
//! }
//!
//! /// Called by `register`. The link is only for the bot's owner.
//! fn invite<D: Definition>(ctx: &Context<D>, app: &OauthApp) -> Result<()> {
//!     let key = app.start_key(&ctx.webhook_id, Duration::from_hours(1));
//!     let page = format!("{}/oauth/start?key={key}", ctx.webhook_url()?);
//!     ctx.logger().for_bot().info(format_args!("open {page} to connect Acme"));
//!     Ok(())
//! }
//!
//! fn start<D: Definition>(
//!     ctx: &Context<D>, app: &OauthApp, request: &WebhookRequest,
//! ) -> Result<WebhookResponse, OauthError> {
//!     app.check_start_key(&ctx.webhook_id, request)?;
//!     Ok(WebhookResponse::redirect(app.authorize(&ctx.webhook_id)))
//! }
//!
//! /// `store` is `&ctx.client().states().oauth_tokens()`.
//! async fn callback<D: Definition>(
//!     ctx: &Context<D>, app: &OauthApp, request: &WebhookRequest, store: &impl TokenStore,
//! ) -> Result<(), OauthError> {
//!     let tokens = app.exchange(ctx, request).await?;
//!     store.save(&tokens).await
//! }
//!
//! /// `manager` lives as long as the handlers.
//! async fn token<D: Definition>(
//!     ctx: &Context<D>, app: &OauthApp, manager: &TokenManager, store: &impl TokenStore,
//! ) -> Result<Secret, OauthError> {
//!     manager.access_token(ctx, app, store).await
//! }
//! ```
//!
//! The parameter `state` is signed, contains the webhook's id and an expiry, and determines the
//! PKCE verifier. Nothing is stored between the two pages, so any process can handle the callback.
//! The state begins with the webhook's id and a dot, by which a host of your own finds the
//! installation. Botpress's shared address does not accept such a state.
//!
//! # The page that starts an authorization
//!
//! The URL of a webhook is not a secret, so anyone can open this page. If an attacker authorizes
//! their own account there, that account is connected to the installation: the bot then writes its
//! data to the attacker's account and trusts data from it (login CSRF). The signed state does not
//! prevent this, because the flow itself is valid. Check who starts the authorization, and its
//! result:
//!
//! - Send the link with a key only to the bot's owner and check the key on the page, as above:
//!   [`OauthApp::start_key`], [`OauthApp::check_start_key`]. The owner can read the bot's logs.
//! - After the exchange, request the account from the provider. Before you store the tokens,
//!   compare the account with the one in the configuration, or show it to the owner.
//! - Do not let the page replace valid tokens. Require a new link instead.
//!
//! # Limits
//!
//! A request to the provider has a timeout of 30 seconds and is not retried. Requests must use
//! HTTPS, except on the local machine and on hosts that
//! [`Environment::plain_http`](crate::Environment::plain_http) allows.

mod answer;
mod app;
mod authentication;
mod client_app;
mod error;
mod exchange;
mod pending;
mod provider_response;
mod redirect_url;
mod refresh;
mod refusal;
mod settings;
mod source;
mod store;
mod token_manager;
mod tokens;

pub use self::{
    app::{OauthApp, Provider},
    client_app::ClientApp,
    error::OauthError,
    redirect_url::redirect_url,
    refusal::RefusalKind,
    source::TokenSource,
    store::TokenStore,
    token_manager::TokenManager,
    tokens::Tokens,
};
