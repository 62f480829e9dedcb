//! How an application proves its identity to the token endpoint.

use std::fmt;
use std::sync::Arc;

use oauth2::AuthType;

use super::OauthError;
use crate::{Error, Secret};

/// The type of an assertion that is a JSON Web Token (RFC 7523).
const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

type Sign = dyn Fn(&str) -> Result<Secret, Error> + Send + Sync;

/// The proof of an application's identity.
#[derive(Clone, Default)]
pub(super) enum Authentication {
    /// The client id and the client secret in the header `authorization`.
    #[default]
    Basic,
    /// Both in the body.
    Body,
    /// A signed token in the body. The function signs one for the token URL.
    Assertion(Arc<Sign>),
}

impl Authentication {
    /// Returns where `oauth2` puts the client id and the client secret.
    pub(super) fn place(&self) -> AuthType {
        match self {
            Self::Basic => AuthType::BasicAuth,
            Self::Body | Self::Assertion(_) => AuthType::RequestBody,
        }
    }

    /// Returns the parameters of a request to this token URL.
    pub(super) fn parameters(
        &self,
        token_url: &str,
    ) -> Result<Vec<(&'static str, String)>, OauthError> {
        let Self::Assertion(sign) = self else {
            return Ok(Vec::new());
        };
        let assertion = sign(token_url).map_err(|error| OauthError::Assertion {
            problem: error.to_string(),
        })?;
        Ok(vec![
            ("client_assertion_type", ASSERTION_TYPE.to_owned()),
            ("client_assertion", assertion.expose().clone()),
        ])
    }
}

impl fmt::Debug for Authentication {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Basic => "Basic",
            Self::Body => "Body",
            Self::Assertion(_) => "Assertion",
        })
    }
}
