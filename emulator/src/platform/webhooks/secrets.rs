//! The secrets that webhooks can be signed with.

use contexture::Secret;

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

    /// The secret with a name of [`secret_names`](Self::secret_names).
    ///
    /// # Errors
    ///
    /// There is no such instance, or the storage fails.
    pub fn named_secret(
        &self,
        webhook_id: &str,
        name: &str,
    ) -> Result<Option<Secret>, PlatformError> {
        let secrets = self.secrets_of_author(&self.instance(webhook_id)?);
        let mut named = secrets.named();
        let found = named.find(|(known, _)| *known == name);
        Ok(found.map(|(_, value)| Secret::from(value.to_owned())))
    }
}
