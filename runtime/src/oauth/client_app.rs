//! An application that acts for itself: the client credentials grant.

use std::sync::Arc;
use std::time::SystemTime;

use oauth2::{ClientSecret, EndpointNotSet, Scope};

use super::answer::read_tokens;
use super::app::OauthClient;
use super::authentication::Authentication;
use super::exchange::Http;
use super::settings;
use super::{OauthError, TokenSource, Tokens};
use crate::{Context, Definition, Error, Secret};

/// An application that gets tokens for itself with its client id and its client secret, without a
/// user. [`TokenManager`](super::TokenManager) requests and stores its tokens.
///
/// ```
/// # fn example(secret: &contexture::Secret) -> contexture::Result {
/// use contexture::oauth::ClientApp;
///
/// let app = ClientApp::new("https://acme.test/token", "my-app", secret)?
///     .scope("calls:write")
///     .parameter("audience", "https://acme.test/api");
/// # Ok(()) }
/// ```
#[derive(Clone, Debug)]
pub struct ClientApp {
    client: OauthClient<EndpointNotSet>,
    authentication: Authentication,
    scopes: Vec<Scope>,
    parameters: Vec<(String, String)>,
}

impl ClientApp {
    /// Creates an application.
    ///
    /// # Errors
    ///
    /// Returns [`OauthError::Setting`] if the URL is invalid, or if the client id or the secret is
    /// empty or blank.
    pub fn new(
        token_url: &str,
        client_id: impl Into<String>,
        client_secret: &Secret,
    ) -> Result<Self, OauthError> {
        settings::check_secret(client_secret)?;
        let mut app = Self::bare(token_url, client_id, Authentication::Basic)?;
        let secret = ClientSecret::new(client_secret.expose().clone());
        app.client = app.client.set_client_secret(secret);
        Ok(app)
    }

    /// Creates an application that proves its identity with a signed JSON Web Token (RFC 7523). See
    /// [`OauthApp::client_assertion`](super::OauthApp::client_assertion).
    ///
    /// # Errors
    ///
    /// Returns [`OauthError::Setting`] if the URL is invalid, or if the client id is empty or blank.
    pub fn with_assertion(
        token_url: &str,
        client_id: impl Into<String>,
        sign: impl Fn(&str) -> Result<Secret, Error> + Send + Sync + 'static,
    ) -> Result<Self, OauthError> {
        let authentication = Authentication::Assertion(Arc::new(sign));
        Self::bare(token_url, client_id, authentication)
    }

    fn bare(
        token_url: &str,
        client_id: impl Into<String>,
        authentication: Authentication,
    ) -> Result<Self, OauthError> {
        let client_id = settings::client_id(client_id.into())?;
        let token_url = settings::token_url(token_url)?;
        let client = oauth2::Client::new(client_id).set_token_uri(token_url);
        Ok(Self {
            client: client.set_auth_type(authentication.place()),
            authentication,
            scopes: Vec::new(),
            parameters: Vec::new(),
        })
    }

    /// Adds a scope to the token request.
    #[must_use]
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.scopes.push(Scope::new(scope.into()));
        self
    }

    /// Adds a provider-specific parameter to the token request, such as `audience`.
    #[must_use]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// Sends the client id and the client secret in the body, for providers that do not support the
    /// header `authorization`.
    #[must_use]
    pub fn credentials_in_body(mut self) -> Self {
        self.authentication = Authentication::Body;
        self.client = self.client.set_auth_type(self.authentication.place());
        self
    }

    /// Requests an access token.
    ///
    /// # Errors
    ///
    /// Returns an error if the provider is unreachable, does not respond within 30 seconds or
    /// rejects the application, or if the token URL does not use HTTPS.
    pub async fn request<D: Definition>(&self, ctx: &Context<D>) -> Result<Tokens, OauthError> {
        let now = SystemTime::now();
        let token_url = self.client.token_uri();
        let http = Http::new(ctx, token_url)?;
        let mut request = self.client.exchange_client_credentials();
        for (name, value) in self.authentication.parameters(token_url)? {
            request = request.add_extra_param(name, value);
        }
        for (name, value) in &self.parameters {
            request = request.add_extra_param(name, value);
        }
        let request = request.add_scopes(self.scopes.iter().cloned());
        read_tokens(request.request_async(&http.client()).await, now)
    }
}

impl TokenSource for ClientApp {
    async fn renew<D: Definition>(
        &self,
        ctx: &Context<D>,
        _: Option<&Tokens>,
    ) -> Result<Tokens, OauthError> {
        self.request(ctx).await
    }
}
