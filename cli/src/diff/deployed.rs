//! The version of a definition that is deployed to Botpress.

use serde_json::Value;

use super::version::Version;
use crate::Outcome;
use crate::botpress::{AdminClient, AdminError, CredentialArguments, Integration, Reference};
use crate::deploy::definition::definition_of;
use crate::deploy::existing::Existing;
use crate::deploy::naming::{self, Naming};
use crate::login::block_on;

/// Reads the integration that is deployed: the one that is named, or else the one that deploying the new definition would
/// update or follow.
pub(super) fn version_of(
    which: Option<&Reference>,
    new: &Version,
    credentials: &CredentialArguments,
    color: bool,
) -> Result<Version, Outcome> {
    let client = AdminClient::new(&credentials.find()?, crate::waits::tell);
    let found = match which {
        Some(which) => block_on(find_named(&client, which))??,
        None => block_on(find_own(client, new.definition()))??,
    };
    let name = format!("{}@{}", found.text("name"), found.version());
    Version::of_json(&definition_of(&found.json, new.definition()), &name, color)
}

async fn find_named(client: &AdminClient, which: &Reference) -> Result<Integration, Outcome> {
    let found = client.find_integration(which).await;
    let found = found.map_err(|error| error.outcome(&format!("{which} cannot be read")))?;
    found.ok_or_else(|| {
        Outcome::failure(format!(
            "error: there is no integration {which}\n\
             help: `contexture integrations list` shows those of the workspace\n"
        ))
    })
}

async fn find_own(client: AdminClient, definition: &Value) -> Result<Integration, Outcome> {
    let text = |name: &str| definition[name].as_str().unwrap_or_default();
    let (name, version) = (text("name"), text("version"));
    let failed = |error: AdminError| error.outcome(&format!("{name} cannot be looked up"));
    let workspace = client.workspace().await.map_err(failed)?;
    let is_botpress = naming::is_botpress(client.workspace_id());
    let mut client = client;
    let name = match naming::decide(name, workspace.handle.as_deref(), is_botpress)? {
        Naming::Prefixed(name) => name,
        Naming::OtherWorkspace(handle) => {
            let other = client.workspace_with_handle(&handle).await;
            if let Some(other) = other.map_err(failed)? {
                client = client.in_workspace(&other.id);
            }
            name.to_owned()
        }
        Naming::Right | Naming::Claimed(_) | Naming::Unknown => name.to_owned(),
    };
    let existing = Existing::find(&client, &name, version).await;
    let existing = existing.map_err(failed)?;
    existing.current().cloned().ok_or_else(|| {
        Outcome::failure(format!(
            "error: no version of {name} up to {version} is deployed to {workspace}\n\
             help: name another integration, as in `--against deployed:{name}@2.0.0`; `contexture integrations list` \
             shows those of the workspace\n"
        ))
    })
}
