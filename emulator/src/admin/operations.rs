//! The operations of the admin API.

use contexture::ApiError;
use serde_json::Value;

use super::call::Operation;
use super::{bots, hub, integrations, keys, logs, workspaces};
use crate::wire::failure::Failure;
use crate::wire::request::checked_body;

/// All operations.
pub(super) fn operations() -> impl Iterator<Item = &'static Operation> {
    let resources = [
        bots::OPERATIONS,
        hub::OPERATIONS,
        integrations::OPERATIONS,
        keys::OPERATIONS,
        logs::OPERATIONS,
        workspaces::OPERATIONS,
    ];
    resources.into_iter().flatten()
}

/// The names of all operations, as in the document of Botpress's admin API.
pub fn operation_names() -> impl Iterator<Item = &'static str> {
    operations().map(|operation| operation.name)
}

/// Checks a body against the table of an operation, such as `createIntegration`, without sending it.
///
/// ```
/// use contexture_emulator::admin::check_body;
/// use serde_json::json;
///
/// let body = json!({ "name": "acme/github", "version": "1.0.0", "typo": true });
/// let error = check_body("createIntegration", &body).unwrap_err();
/// assert!(error.message.starts_with("typo is not a member of the body"));
/// ```
///
/// # Errors
///
/// The body does not fit, or there is no such operation.
pub fn check_body(operation: &str, body: &Value) -> Result<(), Box<ApiError>> {
    let known = operations().find(|known| known.name == operation);
    let known = known.ok_or_else(|| Failure::not_found("operation", operation));
    let checked = known.and_then(|operation| checked_body(operation, body.clone()));
    let checked = checked.map(drop);
    checked.map_err(|failure| Box::new(failure.into_api_error()))
}

#[cfg(test)]
mod tests {
    use http::Method;

    use super::*;
    use crate::wire::router::route;

    #[test]
    fn a_path_without_parameters_wins() {
        let name = |method, path| {
            route(operations(), &method, path)
                .expect("an operation")
                .0
                .name
        };
        assert_eq!(
            name(Method::GET, "/v1/admin/integrations/iaks"),
            "listIntegrationApiKeys"
        );
        assert_eq!(
            name(Method::GET, "/v1/admin/integrations/acme%2Fgithub/latest"),
            "getIntegrationByName"
        );
        assert_eq!(
            name(Method::GET, "/v1/admin/integrations/intver_1/logs"),
            "getIntegrationLogs"
        );
        assert_eq!(
            name(Method::PUT, "/v1/admin/workspaces/handle-availability"),
            "checkHandleAvailability"
        );
    }
}
