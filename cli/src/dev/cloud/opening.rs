//! What a session with the real Botpress begins with.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use contexture::Secret;
use contexture_emulator::definition::Definition;
use contexture_emulator::platform::Platform;
use contexture_emulator::program::Program;
use tokio::sync::mpsc::UnboundedSender;

use super::dev_integration::DevIntegration;
use super::environment;
use super::handler::handler;
use super::naming::name_of;
use crate::Outcome;
use crate::botpress::{AdminClient, Credentials, ProjectCache};
use crate::dev::TunnelArguments;
use crate::dev::dot_env::Variables;
use crate::dev::event::Event;
use crate::dev::package::Package;
use crate::tunnel::{Tunnel, TunnelAddress, TunnelId};

/// What a session has that the real Botpress calls.
#[derive(Debug)]
pub(in crate::dev) struct Cloud {
    pub(super) address: TunnelAddress,
    pub(super) credentials: Credentials,
    pub(super) cache: ProjectCache,
    pub(super) integration: DevIntegration,
    /// The secrets that the official command line asked for, by their names without `SECRET_`.
    secrets: BTreeMap<String, Secret>,
    pub(super) tunnel: Option<Tunnel>,
    pub(super) is_connected: bool,
    /// Whether the tunnel was connected before.
    pub(super) was_connected: bool,
    pub(super) publication: Publication,
}

/// What becomes of the dev integration.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Publication {
    /// Whether a request is on its way.
    pub(super) runs: bool,
    /// Whether there is something newer to publish.
    pub(super) is_wanted: bool,
}

impl Cloud {
    /// Finds the credentials, the id of the tunnel and the name of the integration. The tunnel is not yet open.
    pub(in crate::dev) async fn find(
        arguments: &TunnelArguments,
        package: &Package,
        definition: &Definition,
        events: &UnboundedSender<Event>,
    ) -> Result<Self, Outcome> {
        let credentials = arguments.credentials.find()?;
        let cache = ProjectCache::of(&package.folder);
        let address = address(arguments, &cache)?;
        let events = events.clone();
        let client = AdminClient::new(&credentials, move |line| {
            // Without the session there is no receiver.
            let _ = events.send(Event::Waits(line.trim_end().to_owned()));
        });
        let name = name_of(&client, definition.name()).await?;
        Ok(Self {
            integration: DevIntegration {
                client,
                definition: package.definition.clone(),
                name,
                url: address.public_url(),
                id: cache.dev_id()?,
            },
            secrets: cache.secrets()?,
            address,
            credentials,
            cache,
            tunnel: None,
            is_connected: false,
            was_connected: false,
            publication: Publication::default(),
        })
    }

    /// Opens the tunnel.
    pub(in crate::dev) fn open(
        &mut self,
        platform: &Platform,
        program: &Program,
        events: &UnboundedSender<Event>,
    ) {
        let events = events.clone();
        let handler = handler(platform.clone(), program.clone());
        let tunnel = Tunnel::open(self.address.clone(), handler, move |event| {
            // Without the session there is no receiver.
            let _ = events.send(Event::Tunnel(event));
        });
        self.tunnel = Some(tunnel);
    }

    /// The address that Botpress calls.
    pub(in crate::dev) fn public_url(&self) -> String {
        self.address.public_url()
    }

    /// Why the emulator has no instances.
    pub(in crate::dev) fn instances_elsewhere(&self) -> String {
        format!(
            "with `--tunnel`, Botpress calls the program, and its bots have the instances: use {} in a bot there, or run \
             `contexture dev` without `--tunnel`",
            self.integration.name
        )
    }

    /// The environment of the program.
    pub(in crate::dev) fn variables(&self, own: &Variables, listen: SocketAddr) -> Variables {
        let is_inherited = |name: &str| std::env::var_os(name).is_some();
        environment::variables(own, &self.secrets, is_inherited, &self.credentials, listen)
    }

    /// The secrets that the record of calls must not show, beside those of the program.
    pub(in crate::dev) fn secrets(&self) -> Variables {
        let token = [("BP_TOKEN".to_owned(), self.credentials.token.clone())];
        let secrets = self.secrets.clone().into_iter().chain(token);
        secrets
            .map(|(name, value)| (name, value.expose().to_owned()))
            .collect()
    }

    /// Ends the tunnel, after the calls that run.
    pub(super) async fn end(&mut self) {
        if let Some(tunnel) = self.tunnel.take() {
            tunnel.close().await;
        }
    }
}

/// The address with the id that is given, was kept, or is made and kept now.
fn address(arguments: &TunnelArguments, cache: &ProjectCache) -> Result<TunnelAddress, Outcome> {
    let wrong = |reason: String| Outcome::wrong_usage(format!("error: {reason}\n"));
    let kept = match &arguments.tunnel_id {
        Some(given) => Some(given.clone()),
        None => cache.tunnel_id()?,
    };
    let id = match kept {
        Some(id) => TunnelId::new(id).map_err(wrong)?,
        None => {
            TunnelId::random().map_err(|reason| Outcome::failure(format!("error: {reason}\n")))?
        }
    };
    let address = TunnelAddress::new(&arguments.tunnel_url, id).map_err(wrong)?;
    cache.keep_tunnel_id(address.id().as_str())?;
    Ok(address)
}
