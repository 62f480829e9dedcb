//! The names of the secrets that webhooks can be signed with.

use crate::platform::Platform;
use crate::platform::error::PlatformError;

impl Platform {
    /// The names of the secrets that a webhook can be signed with: those of the integration, and JSON pointers of the
    /// configuration.
    ///
    /// # Errors
    ///
    /// There is no such instance, or the storage fails.
    pub fn secret_names(&self, webhook_id: &str) -> Result<Vec<String>, PlatformError> {
        let secrets = self.secrets_of_author(&self.instance(webhook_id)?);
        let mut names: Vec<_> = secrets.named().map(|(name, _)| name.to_owned()).collect();
        names.sort();
        names.dedup();
        Ok(names)
    }
}
