//! The options of a session that the real Botpress calls.

use clap::Args;

use crate::Outcome;
use crate::botpress::CredentialArguments;
use crate::tunnel::DEFAULT_URL;

/// The options of a session that the real Botpress calls.
#[derive(Clone, Debug, Args)]
pub(crate) struct TunnelArguments {
    /// Lets the real Botpress call the program through its tunnel, and keeps a dev integration there up to date.
    #[arg(
        long,
        help_heading = "Tunnel",
        conflicts_with_all = ["configuration", "configuration_type"]
    )]
    pub(in crate::dev) tunnel: bool,
    /// The address of the tunnel.
    #[arg(long, value_name = "URL", help_heading = "Tunnel", requires = "tunnel", default_value = DEFAULT_URL)]
    pub(super) tunnel_url: String,
    /// The id of the tunnel; by default the one in .botpress/project.cache.json, or a new one, which is kept there.
    #[arg(long, value_name = "ID", help_heading = "Tunnel", requires = "tunnel")]
    pub(super) tunnel_id: Option<String>,
    #[command(flatten)]
    pub(super) credentials: CredentialArguments,
}

impl TunnelArguments {
    /// Refuses credentials that nothing needs.
    pub(in crate::dev) fn check(&self) -> Result<(), Outcome> {
        let credentials = &self.credentials;
        let given = [
            &credentials.profile,
            &credentials.api_url,
            &credentials.workspace_id,
        ];
        if self.tunnel || given.iter().all(|given| given.is_none()) {
            return Ok(());
        }
        Err(Outcome::wrong_usage(
            "error: without `--tunnel`, `contexture dev` needs no credentials of Botpress\n\
             help: add `--tunnel`, or leave out `--profile`, `--api-url` and `--workspace-id`\n",
        ))
    }
}
