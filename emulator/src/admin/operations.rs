//! The operations of the admin API.

use super::call::Operation;
use super::{bots, hub, integrations, keys, logs, workspaces};

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
