//! Settings that every application has.

use oauth2::{ClientId, TokenUrl};

use super::OauthError;
use crate::Secret;
use crate::value::is_blank;

/// Refuses a secret that is empty or blank.
pub(super) fn check_secret(secret: &Secret) -> Result<(), OauthError> {
    if is_blank(secret.expose()) {
        return Err(OauthError::Setting {
            what: "the application's secret",
        });
    }
    Ok(())
}

/// Refuses a client id that is empty or blank.
pub(super) fn client_id(id: String) -> Result<ClientId, OauthError> {
    if is_blank(&id) {
        return Err(OauthError::Setting {
            what: "the application's client id",
        });
    }
    Ok(ClientId::new(id))
}

/// Refuses a token URL that is malformed.
pub(super) fn token_url(url: &str) -> Result<TokenUrl, OauthError> {
    TokenUrl::new(url.to_owned()).map_err(|_| OauthError::Setting {
        what: "the provider's token URL",
    })
}
