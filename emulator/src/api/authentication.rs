//! Who makes a request: its token, and the headers that name the bot and the integration.

use std::sync::Arc;

use http::HeaderMap;

use super::installation::{Directory, Installed};
use crate::wire::failure::{Failure, Result};
use crate::wire::headers::{header, token, unauthorized};

/// Finds the installation on whose behalf a request is made.
pub(super) fn authenticate(directory: &Directory, headers: &HeaderMap) -> Result<Arc<Installed>> {
    let integration_id = integration_of(directory, headers)?;
    let bot_id = header(headers, "x-bot-id")
        .ok_or_else(|| Failure::invalid("the header x-bot-id is missing"))?;
    let installed = match header(headers, "x-integration-alias") {
        Some(alias) => directory.find(bot_id, alias),
        None => directory.find_only(bot_id, &integration_id),
    };
    installed
        .filter(|installed| installed.installation.integration_id == integration_id)
        .ok_or_else(|| {
            Failure::forbidden(format!(
                "the integration is not installed in bot {bot_id:?} with the alias of x-integration-alias"
            ))
        })
}

/// The integration that makes a request. A token of several integrations needs the header `x-integration-id`.
pub(super) fn integration_of(directory: &Directory, headers: &HeaderMap) -> Result<String> {
    let named = header(headers, "x-integration-id");
    directory.with_integrations_of(token(headers)?, |of_token| match (of_token, named) {
        (None, _) => {
            let message = "the token is unknown; the integration reads it from BP_TOKEN";
            Err(unauthorized(message))
        }
        (Some(of_token), Some(named)) if of_token.contains(named) => Ok(named.to_owned()),
        (Some(_), Some(_)) => {
            let message = "the token belongs to another integration than x-integration-id names";
            Err(Failure::forbidden(message))
        }
        (Some(of_token), None) => {
            let only = of_token.first().filter(|_| of_token.len() == 1);
            only.cloned().ok_or_else(|| {
                let message = "the token belongs to several integrations, so the header x-integration-id is needed";
                Failure::invalid(message)
            })
        }
    })
}
