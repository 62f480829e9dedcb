//! An application at a provider.

use std::time::{Duration, SystemTime};

use oauth2::basic::BasicClient;
use oauth2::{
    AuthType, AuthUrl, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointNotSet,
    EndpointSet, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RefreshToken, Scope, TokenUrl,
};

use super::answer::read_tokens;
use super::exchange::Http;
use super::pending::Pending;
use super::{OauthError, Tokens};
use crate::value::is_blank;
use crate::webhook::WebhookRequest;
use crate::{Context, Definition, Secret};

/// Where a provider is.
#[derive(Clone, Copy, Debug)]
pub struct Provider<'a> {
    /// The page on which somebody agrees.
    pub authorize_url: &'a str,
    /// The address that gives tokens. It has to begin with https, except on this machine and for hosts that
    /// [`Environment::plain_http`](crate::Environment::plain_http) allows.
    pub token_url: &'a str,
}

type Client = BasicClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointSet>;

/// An application that is registered at a provider.
#[derive(Clone, Debug)]
pub struct OauthApp {
    client: Client,
    state_key: Secret,
    scopes: Vec<Scope>,
    parameters: Vec<(String, String)>,
}

impl OauthApp {
    /// Takes an application with a secret. The redirect address is a page of the webhook, as the provider was told it.
    ///
    /// # Errors
    ///
    /// An address is none, or the id or the secret is empty or blank.
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

    /// Takes an application without a secret of its own. The key signs the parameter `state`: a secret of the
    /// definition, which the provider does not learn.
    ///
    /// # Errors
    ///
    /// An address is none, or the id or the key is empty or blank.
    pub fn public(
        provider: &Provider<'_>,
        client_id: impl Into<String>,
        state_key: &Secret,
        redirect_url: &str,
    ) -> Result<Self, OauthError> {
        if is_blank(state_key.expose()) {
            return Err(OauthError::Setting {
                what: "the secret of the application",
            });
        }
        let client_id = client_id.into();
        if is_blank(&client_id) {
            return Err(OauthError::Setting {
                what: "the id of the application",
            });
        }
        let wrong = |what| move |_| OauthError::Setting { what };
        let authorize_url = AuthUrl::new(provider.authorize_url.to_owned())
            .map_err(wrong("the address of the provider's page"))?;
        let token_url = TokenUrl::new(provider.token_url.to_owned())
            .map_err(wrong("the address of the provider's tokens"))?;
        let redirect_url =
            RedirectUrl::new(redirect_url.to_owned()).map_err(wrong("the redirect address"))?;
        let client = BasicClient::new(ClientId::new(client_id))
            .set_auth_uri(authorize_url)
            .set_token_uri(token_url)
            .set_redirect_uri(redirect_url);
        Ok(Self {
            client,
            state_key: state_key.clone(),
            scopes: Vec::new(),
            parameters: Vec::new(),
        })
    }

    /// Asks for a permission.
    #[must_use]
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.scopes.push(Scope::new(scope.into()));
        self
    }

    /// Adds a parameter of the provider's own to the address of its page, such as `access_type=offline`.
    #[must_use]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// Sends the application's id and secret in the body, for a provider that does not read them from the header
    /// `authorization`.
    #[must_use]
    pub fn credentials_in_body(mut self) -> Self {
        self.client = self.client.set_auth_type(AuthType::RequestBody);
        self
    }

    /// A key for the link to the page that begins an authorization, as its parameter `key`. It is for this webhook and
    /// this time, and can be put into an address as it is. Give the link to the bot's owner alone.
    #[must_use]
    pub fn start_key(&self, webhook_id: &str, valid_for: Duration) -> String {
        let now = SystemTime::now();
        Pending::allow(&self.state_key, webhook_id, now, valid_for).to_text()
    }

    /// Checks the parameter `key` of a request to the page that begins an authorization.
    ///
    /// # Errors
    ///
    /// [`OauthError::StartKey`] when it is not of [`start_key`](Self::start_key) for this webhook, or too old.
    pub fn check_start_key(
        &self,
        webhook_id: &str,
        request: &WebhookRequest,
    ) -> Result<(), OauthError> {
        let key = request.query_field("key").unwrap_or_default();
        Pending::check_allowed(&self.state_key, webhook_id, &key, SystemTime::now())
    }

    /// The address of the provider's page for an authorization that begins now, at this webhook. The user has ten minutes
    /// to come back. Anybody who gets this address can connect an account of their own: check first who asks for it
    /// ([`check_start_key`](Self::check_start_key)).
    #[must_use]
    pub fn authorize(&self, webhook_id: &str) -> String {
        let pending = Pending::begin(&self.state_key, webhook_id, SystemTime::now());
        let verifier = PkceCodeVerifier::new(pending.verifier());
        let challenge = PkceCodeChallenge::from_code_verifier_sha256(&verifier);
        let state = CsrfToken::new(pending.to_text());
        let mut request = self.client.authorize_url(|| state);
        for (name, value) in &self.parameters {
            request = request.add_extra_param(name, value);
        }
        let request = request.add_scopes(self.scopes.iter().cloned());
        let (url, _) = request.set_pkce_challenge(challenge).url();
        url.into()
    }

    /// Returns the tokens for a request that came back from the provider: the state is checked, and the code exchanged.
    ///
    /// # Errors
    ///
    /// The user did not agree, the state is not of this webhook or too old, the provider refuses the code or does not
    /// answer within 30 seconds, or the address of its tokens has no https.
    pub async fn exchange<D: Definition>(
        &self,
        ctx: &Context<D>,
        request: &WebhookRequest,
    ) -> Result<Tokens, OauthError> {
        let state = request.query_field("state").unwrap_or_default();
        let now = SystemTime::now();
        let pending = Pending::check(&self.state_key, &ctx.webhook_id, &state, now)?;
        if let Some(code) = request.query_field("error") {
            return Err(OauthError::denied(&code));
        }
        let code = request.query_field("code").ok_or(OauthError::NoCode)?;
        let exchange = self
            .client
            .exchange_code(AuthorizationCode::new(code))
            .set_pkce_verifier(PkceCodeVerifier::new(pending.verifier()));
        let http = Http::new(ctx, self.client.token_uri())?;
        let answer = exchange.request_async(&http.client()).await;
        read_tokens(answer, now)
    }

    /// Returns new tokens for a refresh token, which may be used up by it. [`TokenManager`](super::TokenManager) does it when it is time.
    ///
    /// # Errors
    ///
    /// The provider was not reached, does not answer within 30 seconds, or refuses; or the address of its tokens has no
    /// https.
    pub async fn refresh<D: Definition>(
        &self,
        ctx: &Context<D>,
        refresh_token: &Secret,
    ) -> Result<Tokens, OauthError> {
        let now = SystemTime::now();
        let token = RefreshToken::new(refresh_token.expose().clone());
        let http = Http::new(ctx, self.client.token_uri())?;
        let request = self.client.exchange_refresh_token(&token);
        let answer = request.request_async(&http.client()).await;
        let tokens = read_tokens(answer, now)?;
        Ok(tokens.or_refresh_token(refresh_token))
    }
}
