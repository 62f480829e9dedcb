//! An OAuth application.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use oauth2::basic::{
    BasicErrorResponse, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse,
};
use oauth2::{
    AuthUrl, AuthorizationCode, ClientSecret, CsrfToken, EndpointNotSet, EndpointSet,
    PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RefreshToken, Scope, StandardRevocableToken,
};

use super::answer::{TokenAnswer, read_tokens};
use super::authentication::Authentication;
use super::exchange::Http;
use super::pending::Pending;
use super::settings;
use super::{OauthError, TokenSource, Tokens};
use crate::webhook::WebhookRequest;
use crate::{Context, Definition, Error, Secret};

/// The endpoints of a provider.
#[derive(Clone, Copy, Debug)]
pub struct Provider<'a> {
    /// The URL of the authorization page.
    pub authorize_url: &'a str,
    /// The token endpoint. It must use HTTPS, except on the local machine and on hosts that
    /// [`Environment::plain_http`](crate::Environment::plain_http) allows.
    pub token_url: &'a str,
}

/// A client of `oauth2` with a token endpoint, and perhaps with an authorization page.
pub(super) type OauthClient<AuthorizationPage> = oauth2::Client<
    BasicErrorResponse,
    TokenAnswer,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    AuthorizationPage,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

/// An application that is registered at a provider.
#[derive(Clone, Debug)]
pub struct OauthApp {
    client: OauthClient<EndpointSet>,
    authentication: Authentication,
    state_key: Secret,
    uses_pkce: bool,
    scopes: Vec<Scope>,
    parameters: Vec<(String, String)>,
}

impl OauthApp {
    /// Creates an application with a client secret. `redirect_url` is a URL of the webhook; it must
    /// be registered at the provider.
    ///
    /// # Errors
    ///
    /// Returns [`OauthError::Setting`] if a URL is invalid, or if the client id or the secret is
    /// empty or blank.
    pub fn new(
        provider: &Provider<'_>,
        client_id: impl Into<String>,
        client_secret: &Secret,
        redirect_url: &str,
    ) -> Result<Self, OauthError> {
        let mut app = Self::public(provider, client_id, client_secret, redirect_url)?;
        let secret = ClientSecret::new(client_secret.expose().clone());
        app.client = app.client.set_client_secret(secret);
        Ok(app)
    }

    /// Creates an application without a client secret. `state_key` signs the parameter `state`. It
    /// is a secret of the definition that is not sent to the provider.
    ///
    /// # Errors
    ///
    /// Returns [`OauthError::Setting`] if a URL is invalid, or if the client id or the key is empty
    /// or blank.
    pub fn public(
        provider: &Provider<'_>,
        client_id: impl Into<String>,
        state_key: &Secret,
        redirect_url: &str,
    ) -> Result<Self, OauthError> {
        settings::check_secret(state_key)?;
        let client_id = settings::client_id(client_id.into())?;
        let wrong = |what| move |_| OauthError::Setting { what };
        let authorize_url = AuthUrl::new(provider.authorize_url.to_owned())
            .map_err(wrong("the provider's authorization URL"))?;
        let token_url = settings::token_url(provider.token_url)?;
        let redirect_url =
            RedirectUrl::new(redirect_url.to_owned()).map_err(wrong("the redirect URL"))?;
        let client = oauth2::Client::new(client_id)
            .set_auth_uri(authorize_url)
            .set_token_uri(token_url)
            .set_redirect_uri(redirect_url);
        Ok(Self {
            client,
            authentication: Authentication::default(),
            state_key: state_key.clone(),
            uses_pkce: true,
            scopes: Vec::new(),
            parameters: Vec::new(),
        })
    }

    /// Adds a scope to the authorization request.
    #[must_use]
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.scopes.push(Scope::new(scope.into()));
        self
    }

    /// Adds a provider-specific parameter to the authorization URL, such as `access_type=offline`.
    #[must_use]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// Sends the client id and the client secret in the body, for providers that do not support the
    /// header `authorization`.
    #[must_use]
    pub fn credentials_in_body(self) -> Self {
        self.authenticated(Authentication::Body)
    }

    /// Proves the application's identity with a signed JSON Web Token in place of the client secret
    /// (`private_key_jwt`, RFC 7523). `sign` gets the token URL, which is the audience, and returns a
    /// token for one request. Create the application with [`public`](Self::public).
    #[must_use]
    pub fn client_assertion(
        self,
        sign: impl Fn(&str) -> Result<Secret, Error> + Send + Sync + 'static,
    ) -> Self {
        self.authenticated(Authentication::Assertion(Arc::new(sign)))
    }

    fn authenticated(mut self, authentication: Authentication) -> Self {
        self.client = self.client.set_auth_type(authentication.place());
        self.authentication = authentication;
        self
    }

    /// Leaves out PKCE (RFC 7636), for providers that reject its parameters. Without it, a code that
    /// is stolen on its way can be exchanged by others who know the client secret. In a wizard, PKCE also
    /// ties the code to the browser that asked for it.
    #[must_use]
    pub fn without_pkce(mut self) -> Self {
        self.uses_pkce = false;
        self
    }

    /// Creates a key for the link to the page that starts an authorization. Add it to the link as
    /// the parameter `key`; it needs no escaping. It is valid only for this webhook and for
    /// `valid_for`. Send the link only to the bot's owner.
    #[must_use]
    pub fn start_key(&self, webhook_id: &str, valid_for: Duration) -> String {
        let now = SystemTime::now();
        Pending::allow(&self.state_key, webhook_id, now, valid_for).to_text()
    }

    /// Checks the parameter `key` of a request to the page that starts an authorization.
    ///
    /// # Errors
    ///
    /// Returns [`OauthError::StartKey`] if the key was not created by
    /// [`start_key`](Self::start_key) for this webhook, or if it has expired.
    pub fn check_start_key(
        &self,
        webhook_id: &str,
        request: &WebhookRequest,
    ) -> Result<(), OauthError> {
        let key = request.query_field("key").unwrap_or_default();
        Pending::check_allowed(&self.state_key, webhook_id, &key, SystemTime::now())
    }

    /// Starts an authorization for this webhook and returns the authorization URL. The user has 10
    /// minutes to return from the provider.
    ///
    /// Anyone who gets this URL can connect their own account, so check first who requests it
    /// ([`check_start_key`](Self::check_start_key)).
    #[must_use]
    pub fn authorize(&self, webhook_id: &str) -> String {
        let pending = Pending::begin(&self.state_key, webhook_id, SystemTime::now());
        self.authorization_url(pending.to_text(), pending.verifier())
    }

    /// Returns the authorization URL with this state and the challenge of this verifier.
    pub(crate) fn authorization_url(&self, state: String, verifier: String) -> String {
        let state = CsrfToken::new(state);
        let mut request = self.client.authorize_url(|| state);
        for (name, value) in &self.parameters {
            request = request.add_extra_param(name, value);
        }
        let mut request = request.add_scopes(self.scopes.iter().cloned());
        if self.uses_pkce {
            let verifier = PkceCodeVerifier::new(verifier);
            let challenge = PkceCodeChallenge::from_code_verifier_sha256(&verifier);
            request = request.set_pkce_challenge(challenge);
        }
        let (url, _) = request.url();
        url.into()
    }

    /// Handles the callback from the provider: checks the state and exchanges the code for tokens.
    ///
    /// # Errors
    ///
    /// Returns an error if the user denied the authorization, if the state is invalid for this
    /// webhook or has expired, if the provider rejects the code or does not respond within 30
    /// seconds, or if the token URL does not use HTTPS.
    pub async fn exchange<D: Definition>(
        &self,
        ctx: &Context<D>,
        request: &WebhookRequest,
    ) -> Result<Tokens, OauthError> {
        let state = request.query_field("state").unwrap_or_default();
        let pending = Pending::check(&self.state_key, &ctx.webhook_id, &state, SystemTime::now())?;
        let verifier = Secret::new(pending.verifier());
        self.redeem(ctx, request, &verifier).await
    }

    /// Exchanges the code of a callback whose origin was checked.
    pub(crate) async fn redeem<D: Definition>(
        &self,
        ctx: &Context<D>,
        request: &WebhookRequest,
        verifier: &Secret,
    ) -> Result<Tokens, OauthError> {
        let now = SystemTime::now();
        if let Some(code) = request.query_field("error") {
            return Err(OauthError::denied(&code));
        }
        let code = request.query_field("code").ok_or(OauthError::NoCode)?;
        let http = Http::new(ctx, self.client.token_uri())?;
        let mut exchange = self.client.exchange_code(AuthorizationCode::new(code));
        if self.uses_pkce {
            let verifier = PkceCodeVerifier::new(verifier.expose().clone());
            exchange = exchange.set_pkce_verifier(verifier);
        }
        for (name, value) in self.authentication.parameters(self.client.token_uri())? {
            exchange = exchange.add_extra_param(name, value);
        }
        let answer = exchange.request_async(&http.client()).await;
        read_tokens(answer, now)
    }

    /// Requests new tokens with a refresh token. Many providers accept a refresh token only once.
    /// [`TokenManager`](super::TokenManager) calls this when needed.
    ///
    /// # Errors
    ///
    /// Returns an error if the provider is unreachable, does not respond within 30 seconds or
    /// rejects the refresh token, or if the token URL does not use HTTPS.
    pub async fn refresh<D: Definition>(
        &self,
        ctx: &Context<D>,
        refresh_token: &Secret,
    ) -> Result<Tokens, OauthError> {
        let now = SystemTime::now();
        let token = RefreshToken::new(refresh_token.expose().clone());
        let http = Http::new(ctx, self.client.token_uri())?;
        let mut request = self.client.exchange_refresh_token(&token);
        for (name, value) in self.authentication.parameters(self.client.token_uri())? {
            request = request.add_extra_param(name, value);
        }
        let answer = request.request_async(&http.client()).await;
        let tokens = read_tokens(answer, now)?;
        Ok(tokens.or_refresh_token(refresh_token))
    }
}

impl TokenSource for OauthApp {
    async fn renew<D: Definition>(
        &self,
        ctx: &Context<D>,
        tokens: Option<&Tokens>,
    ) -> Result<Tokens, OauthError> {
        let tokens = tokens.ok_or(OauthError::NotAuthorized)?;
        let refresh_token = tokens.refresh_token.as_ref();
        let refresh_token = refresh_token.ok_or(OauthError::NotAuthorized)?;
        let asked = SystemTime::now();
        Ok(self
            .refresh(ctx, refresh_token)
            .await?
            .following(tokens, asked))
    }
}
