//! The redirect address that all installations share.

use crate::{Context, Definition, Result};

/// Returns the address to which providers redirect, to register at the provider:
/// `https://webhook.botpress.cloud/oauth`. It is the same for all installations. Botpress finds the
/// installation by the parameter `state`, which has to be the webhook's id and nothing else.
///
/// Source: <https://botpress.com/docs/integrations/sdk/integration/enable-oauth>.
///
/// # Errors
///
/// Returns an error if the base URL of webhooks is unknown.
pub fn redirect_url<D: Definition>(ctx: &Context<D>) -> Result<String> {
    Ok(format!("{}/oauth", ctx.webhook_base_url()?))
}
