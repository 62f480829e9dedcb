//! What Botpress has already of an integration.

use crate::botpress::{AdminClient, AdminError, Integration, Reference};

/// What Botpress has already.
pub(crate) struct Existing {
    /// The integration with this name and version.
    pub(crate) same: Option<Integration>,
    /// The version before, if there is not yet one with this version.
    pub(crate) previous: Option<Integration>,
}

impl Existing {
    /// Looks an integration up, and the version before it.
    ///
    /// # Errors
    ///
    /// If Botpress cannot be asked.
    pub(crate) async fn find(
        client: &AdminClient,
        name: &str,
        version: &str,
    ) -> Result<Self, AdminError> {
        let find = async |version: &str| {
            client
                .find_integration(&Reference::named(name, version))
                .await
        };
        let same = find(version).await?;
        let previous = match same {
            Some(_) => None,
            None => find(&format!("<{version}")).await?,
        };
        Ok(Self { same, previous })
    }

    /// The integration that bots use so far.
    pub(crate) fn current(&self) -> Option<&Integration> {
        self.same.as_ref().or(self.previous.as_ref())
    }
}
