//! Botpress's admin API, and the credentials for it.
//!
//! The files, variables and rules are those of the official command line, so that both can be used side by side.

mod admin;
mod answers;
mod credentials;
mod error;
mod files;
mod operations;
mod private_file;
mod project_cache;
mod reference;
mod retry;

pub(crate) use self::admin::AdminClient;
pub(crate) use self::answers::{AccessKey, Integration, Workspace};
pub(crate) use self::credentials::{CredentialArguments, Credentials};
pub(crate) use self::error::AdminError;
pub(crate) use self::files::Profile;
pub(crate) use self::operations::LogFilter;
pub(crate) use self::private_file::write_private;
pub(crate) use self::project_cache::ProjectCache;
pub(crate) use self::reference::Reference;

/// The address of Botpress's API.
pub(crate) const API_URL: &str = "https://api.botpress.cloud";

/// The address of webhooks that belongs to an address of the API; `None` if the host does not begin with `api.`.
pub(crate) fn webhook_url(api_url: &str) -> Option<String> {
    let (scheme, host) = api_url.trim_end_matches('/').split_once("://")?;
    let host = host.strip_prefix("api.")?;
    Some(format!("{scheme}://webhook.{host}"))
}
