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
mod reference;
mod retry;

pub(crate) use self::admin::AdminClient;
pub(crate) use self::answers::{AccessKey, Integration, LogPage, Workspace};
pub(crate) use self::credentials::{CredentialArguments, Credentials};
pub(crate) use self::error::AdminError;
pub(crate) use self::files::{BotpressHome, Profile};
pub(crate) use self::operations::LogFilter;
pub(crate) use self::private_file::write_private;
pub(crate) use self::reference::Reference;

/// The address of Botpress's API.
pub(crate) const API_URL: &str = "https://api.botpress.cloud";

/// The address of webhooks that belongs to an address of the API, as Botpress's studio derives it.
pub(crate) fn webhook_url(api_url: &str) -> String {
    api_url.trim_end_matches('/').replacen("api", "webhook", 1)
}
