//! The name of the dev integration: with the handle of its workspace.

use crate::Outcome;
use crate::botpress::AdminClient;
use crate::deploy::naming::{Naming, decide, is_botpress};

/// The name with the handle of the client's workspace. A handle that the name has and no workspace yet is claimed.
///
/// # Errors
///
/// The handle is another workspace's, or there is none.
pub(super) async fn name_of(client: &AdminClient, name: &str) -> Result<String, Outcome> {
    let workspace = client.workspace().await;
    let workspace = workspace.map_err(|error| error.outcome("the workspace cannot be read"))?;
    let is_botpress = is_botpress(client.workspace_id());
    match decide(name, workspace.handle.as_deref(), is_botpress)? {
        Naming::Right => Ok(name.to_owned()),
        Naming::Prefixed(name) => Ok(name),
        Naming::Claimed(handle) => {
            let claimed = client.claim_handle(&handle).await;
            claimed.map_err(|error| {
                error.outcome(&format!("the handle `{handle}` cannot be claimed"))
            })?;
            Ok(name.to_owned())
        }
        Naming::OtherWorkspace(handle) => Err(Outcome::failure(format!(
            "error: the handle `{handle}` of the name `{name}` is another workspace's: that of {} is `{}`\n\
             help: choose the workspace with `--workspace-id`, or change `name` in the definition\n",
            workspace.name,
            workspace.handle.unwrap_or_default()
        ))),
        Naming::Unknown => Err(Outcome::failure(format!(
            "error: your workspace {} has no handle, without which an integration has no name\n\
             help: choose one by `name: HANDLE/{name}` in the definition; `contexture dev --tunnel` claims it\n",
            workspace.name
        ))),
    }
}
