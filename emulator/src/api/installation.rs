//! The integrations that are installed in bots, and the tokens of integrations.

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use super::schemas::Schemas;
use crate::definition::Definition;

/// An integration that is installed in a bot, as the API knows it.
#[derive(Clone, Debug)]
pub struct Installation {
    /// The bot.
    pub bot_id: String,
    /// The user that the bot is in conversations.
    pub bot_user_id: String,
    /// The integration.
    pub integration_id: String,
    /// The name of the installation within the bot.
    pub alias: String,
    /// The definition of the integration.
    pub definition: Definition,
}

/// An installation with the compiled schemas of its definition.
#[derive(Debug)]
pub(super) struct Installed {
    pub(super) installation: Installation,
    pub(super) schemas: Schemas,
}

/// The installations and tokens. Clones share them.
#[derive(Clone, Default)]
pub(super) struct Directory(Arc<RwLock<Entries>>);

#[derive(Default)]
struct Entries {
    /// By bot and alias.
    installations: HashMap<(String, String), Arc<Installed>>,
    /// The ids of integrations, by token.
    tokens: HashMap<String, BTreeSet<String>>,
}

impl Directory {
    pub(super) fn install(&self, installation: Installation) {
        let key = (installation.bot_id.clone(), installation.alias.clone());
        let installed = Installed {
            installation,
            schemas: Schemas::default(),
        };
        self.write().installations.insert(key, Arc::new(installed));
    }

    pub(super) fn uninstall(&self, bot_id: &str, alias: &str) {
        let key = (bot_id.to_owned(), alias.to_owned());
        self.write().installations.remove(&key);
    }

    pub(super) fn add_token(&self, token: String, integration_id: String) {
        let mut entries = self.write();
        let of_token = entries.tokens.entry(token).or_default();
        of_token.insert(integration_id);
    }

    pub(super) fn remove_token(&self, token: &str) {
        self.write().tokens.remove(token);
    }

    /// Ends the access of all tokens to an integration.
    pub(super) fn remove_integration(&self, integration_id: &str) {
        let mut entries = self.write();
        entries.tokens.retain(|_, of_token| {
            of_token.remove(integration_id);
            !of_token.is_empty()
        });
    }

    /// Reads the ids of the integrations that a token gives access to.
    pub(super) fn with_integrations_of<T>(
        &self,
        token: &str,
        read: impl FnOnce(Option<&BTreeSet<String>>) -> T,
    ) -> T {
        read(self.read().tokens.get(token))
    }

    pub(super) fn find(&self, bot_id: &str, alias: &str) -> Option<Arc<Installed>> {
        let key = (bot_id.to_owned(), alias.to_owned());
        self.read().installations.get(&key).cloned()
    }

    /// The only installation of an integration in a bot.
    pub(super) fn find_only(&self, bot_id: &str, integration_id: &str) -> Option<Arc<Installed>> {
        let entries = self.read();
        let mut found = entries.installations.values().filter(|installed| {
            let installation = &installed.installation;
            installation.bot_id == bot_id && installation.integration_id == integration_id
        });
        let only = found.next().cloned();
        only.filter(|_| found.next().is_none())
    }

    fn read(&self) -> RwLockReadGuard<'_, Entries> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Entries> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Omits the tokens.
impl fmt::Debug for Directory {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let entries = self.read();
        formatter
            .debug_struct("Directory")
            .field("installations", &entries.installations.len())
            .field("tokens", &entries.tokens.len())
            .finish()
    }
}
