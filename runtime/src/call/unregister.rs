//! `unregister` calls with an invalid configuration.

use std::sync::Arc;

use bytes::Bytes;
use http::Response;

use super::{
    handlers::Handlers, headers::CallHeaders, requests::UnreadableConfiguration,
    response::empty_response, state::ServiceState,
};
use crate::{Error, Logger, Result, payload::parse_json};

/// Answers such a call: a configuration that became invalid with an upgrade must not prevent the
/// removal of the integration.
pub(super) async fn unregister_unreadable<H: Handlers>(
    handlers: &H,
    state: &ServiceState<H::Definition>,
    headers: &CallHeaders,
    body: &[u8],
    error: &Error,
) -> Result<Response<Bytes>> {
    let identity = &headers.identity;
    let logger = Logger::new(state.environment.log_ref(), identity);
    if state.refusals.calls.admit(&logger) {
        logger.warn(format_args!(
            "unregistering despite an invalid configuration: {error}"
        ));
    }
    let body = parse_json(body).unwrap_or_default();
    let call = UnreadableConfiguration {
        bot_id: identity.bot_id.clone(),
        bot_user_id: identity.bot_user_id.clone(),
        integration_id: identity.integration_id.clone(),
        integration_alias: identity.integration_alias.clone(),
        webhook_id: identity.webhook_id.clone(),
        configuration_type: headers.configuration.configuration_type.clone(),
        webhook_url: body["webhookUrl"].as_str().map(str::to_owned),
        error: error.to_string(),
        environment: state.environment.clone(),
        identity: Arc::clone(identity),
    };
    handlers.unregister_unreadable(&call).await?;
    Ok(empty_response())
}
