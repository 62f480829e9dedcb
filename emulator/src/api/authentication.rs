//! Who makes a request: its token, and the headers that name the bot and the integration.

use std::sync::Arc;

use http::HeaderMap;

use super::installation::{Directory, Installed};
use crate::wire::failure::{Failure, Result};
use crate::wire::headers::{header, token, unauthorized};

/// Finds the installation on whose behalf a request is made.
pub(super) fn authenticate(directory: &Directory, headers: &HeaderMap) -> Result<Arc<Installed>> {
    let integration_id = directory.integration_of(token(headers)?).ok_or_else(|| {
        unauthorized("the token is unknown; the integration reads it from BP_TOKEN")
    })?;
    let named = header(headers, "x-integration-id");
    if named.is_some_and(|named| named != integration_id) {
        let message = "the token belongs to another integration than x-integration-id names";
        return Err(Failure::forbidden(message));
    }
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
