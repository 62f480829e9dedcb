//! Replays of API requests.

use super::{ReplayEdit, Replayed, method_of, replayed_body, restored_text};
use crate::exchange::Exchange;
use crate::platform::Platform;
use crate::platform::error::PlatformError;

impl Platform {
    /// Sends an API request once more, in the name of the integration.
    pub(super) fn replay_api(
        &self,
        exchange: &Exchange,
        edit: ReplayEdit,
    ) -> Result<Replayed, PlatformError> {
        let instance = self.instance_of(exchange)?;
        let secrets = self.secrets_of(&instance);
        let path = edit.path.unwrap_or_else(|| exchange.request.path.clone());
        let method = edit
            .method
            .unwrap_or_else(|| exchange.request.method.clone());
        let body = replayed_body(exchange, edit.body, &secrets)?;
        let path = restored_text(&path, &secrets)?;
        let source = Some(exchange.id.clone());
        let exchange =
            self.as_integration(&instance, method_of(&method)?, &path, body.into(), source)?;
        Ok(Replayed {
            exchange,
            problem: None,
        })
    }
}
