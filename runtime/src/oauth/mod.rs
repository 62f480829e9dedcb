//! Acting for somebody at another service: OAuth 2, authorization code with PKCE.
//!
//! ```text
//! a page of the webhook ──OauthApp::authorize──▶ the provider, where somebody agrees
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
//! /// Called by `register`: the link is for the bot's owner alone.
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
//! /// `keeper` lives as long as the handlers do.
//! async fn token<D: Definition>(
//!     ctx: &Context<D>, app: &OauthApp, keeper: &TokenManager, store: &impl TokenStore,
//! ) -> Result<Secret, OauthError> {
//!     keeper.access_token(ctx, app, store).await
//! }
//! ```
//!
//! The parameter `state` is bound to the webhook that the authorization was begun at, expires, and is signed; the
//! verifier of PKCE follows from it. So nothing is kept between the two pages, and whichever process gets the callback
//! can finish. The state begins with the webhook's id and a dot, by which a script of the definition
//! (`identifier.extractScript`) can tell the webhook where all installations share one redirect address.
//!
//! # The page that begins an authorization
//!
//! The address of a webhook is no secret, so anybody can open this page. A stranger who does, and agrees with an account
//! of their own, connects that account to the installation: the bot then writes its data into the stranger's account, and
//! believes what the stranger's account says (login CSRF). The signed state does not help, since the flow is a valid one.
//! So check who begins, and what came of it:
//!
//! - Give the link with a key to the bot's owner alone, and check the key on the page, as above:
//!   [`OauthApp::start_key`], [`OauthApp::check_start_key`]. Logs of the bot are read by its owner.
//! - After the exchange ask the provider whose account it is, and compare it with the account that the configuration
//!   names, or show it to the owner, before the tokens are kept.
//! - Do not let a page replace tokens that hold: ask for a new link instead.
//!
//! # Limits
//!
//! A provider has 30 seconds to answer, and a request is sent once. Requests need https, except to this machine and to
//! hosts that [`Environment::plain_http`](crate::Environment::plain_http) allows.

mod answer;
mod app;
mod error;
mod exchange;
mod pending;
mod store;
mod token_manager;
mod tokens;

pub use self::{
    app::{OauthApp, Provider},
    error::OauthError,
    store::TokenStore,
    token_manager::TokenManager,
    tokens::Tokens,
};
