//! Acting for somebody at another service: OAuth 2, authorization code with PKCE.
//!
//! ```text
//! a page of the webhook ──OauthApp::authorize──▶ the provider, where somebody agrees
//!         the provider ──OauthApp::exchange──▶ tokens ──TokenStore::save──▶ a state of the definition
//!              a handler ──TokenKeeper::access_token──▶ the token, refreshed before it expires
//! ```
//!
//! ```
//! use contexture::oauth::{OauthApp, OauthError, Provider, TokenKeeper, TokenStore};
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
//! fn start<D: Definition>(ctx: &Context<D>, app: &OauthApp) -> WebhookResponse {
//!     WebhookResponse::redirect(app.authorize(&ctx.webhook_id))
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
//!     ctx: &Context<D>, app: &OauthApp, keeper: &TokenKeeper, store: &impl TokenStore,
//! ) -> Result<Secret, OauthError> {
//!     keeper.access_token(ctx, app, store).await
//! }
//! ```
//!
//! The parameter `state` is bound to the webhook that the authorization was begun at, expires, and is signed; the
//! verifier of PKCE follows from it. So nothing is kept between the two pages, and whichever process gets the callback
//! can finish. The state begins with the webhook's id and a dot, by which a script of the definition
//! (`identifier.extractScript`) can tell the webhook where all installations share one redirect address.

mod answer;
mod app;
mod error;
mod exchange;
mod keeper;
mod pending;
mod store;
mod tokens;

pub use self::{
    app::{OauthApp, Provider},
    error::OauthError,
    keeper::TokenKeeper,
    store::TokenStore,
    tokens::Tokens,
};
