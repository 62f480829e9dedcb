//! The API: from a request to a response, without a socket.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, Method, Request, Response};
use serde_json::Value;

use super::authentication::{authenticate, integration_of};
use super::call::{Answer, Call, Role, Run};
use super::change::{Change, Observer, Observers};
use super::installation::{Directory, Installation, Installed};
use super::resources::{self, Configuration};
use crate::clock::Clock;
use crate::ids::Ids;
use crate::storage::{Storage, StorageError};
use crate::wire::answer::refusal;
use crate::wire::failure::{Failure, Result};
use crate::wire::request::Read;
use crate::wire::router;

/// The API that the client of an integration calls. Clones share the data.
///
/// A request is answered on behalf of an installation, which its token and its headers name. An installation sees its
/// own data only.
///
/// ```
/// use bytes::Bytes;
/// use contexture_emulator::api::{Api, Installation};
/// use contexture_emulator::clock::Clock;
/// use contexture_emulator::definition::Definition;
/// use contexture_emulator::storage::Storage;
/// use http::Request;
/// use serde_json::json;
///
/// let api = Api::new(Storage::in_memory()?, Clock::system());
/// api.install(Installation {
///     bot_id: "bot_01HF7YAT00000000000000000A".to_owned(),
///     bot_user_id: "user_01HF7YAT00000000000000000B".to_owned(),
///     integration_id: "intver_01HF7YAT00000000000000000C".to_owned(),
///     alias: "acme".to_owned(),
///     definition: Definition::new(json!({ "name": "acme", "user": { "tags": { "id": {} } } })),
/// })?;
/// api.add_token("secret", "intver_01HF7YAT00000000000000000C");
///
/// let request = Request::post("/v1/chat/users")
///     .header("authorization", "Bearer secret")
///     .header("x-bot-id", "bot_01HF7YAT00000000000000000A")
///     .header("x-integration-id", "intver_01HF7YAT00000000000000000C")
///     .header("x-integration-alias", "acme")
///     .body(Bytes::from(r#"{ "tags": { "id": "7" } }"#))?;
/// assert_eq!(api.answer(&request).status(), 201);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Api {
    storage: Storage,
    clock: Clock,
    ids: Ids,
    directory: Directory,
    observers: Observers,
}

impl Api {
    /// Creates the API of a storage.
    #[must_use]
    pub fn new(storage: Storage, clock: Clock) -> Self {
        let ids = Ids::new(clock.clone());
        Self::with_ids(storage, clock, ids)
    }

    /// Creates the API of a storage, with a source of ids that others use too.
    #[must_use]
    pub fn with_ids(storage: Storage, clock: Clock, ids: Ids) -> Self {
        Self {
            storage,
            clock,
            ids,
            directory: Directory::default(),
            observers: Observers::default(),
        }
    }

    /// Installs an integration in a bot. It replaces the installation with the same alias, whose data remains.
    ///
    /// # Errors
    ///
    /// The storage fails.
    pub fn install(&self, installation: Installation) -> std::result::Result<(), StorageError> {
        let now = self.clock.now();
        self.storage.write(|database| {
            resources::ensure_bot_user(database, &installation, now).map_err(StorageError::from)
        })?;
        self.directory.install(installation);
        Ok(())
    }

    /// Removes an installation. Its data remains.
    pub fn uninstall(&self, bot_id: &str, alias: &str) {
        self.directory.uninstall(bot_id, alias);
    }

    /// The integration that makes a request, by its token and the header `x-integration-id`.
    #[must_use]
    pub fn integration_of(&self, headers: &HeaderMap) -> Option<String> {
        integration_of(&self.directory, headers).ok()
    }

    /// Accepts no token for an integration any more.
    pub fn remove_integration(&self, integration_id: &str) {
        self.directory.remove_integration(integration_id);
    }

    /// Accepts a token for requests of an integration. A token can be that of several integrations.
    pub fn add_token(&self, token: impl Into<String>, integration_id: impl Into<String>) {
        self.directory
            .add_token(token.into(), integration_id.into());
    }

    /// Accepts a token no longer.
    pub fn remove_token(&self, token: &str) {
        self.directory.remove_token(token);
    }

    /// Adds an observer of all changes from now on.
    pub fn observe(&self, observer: Arc<dyn Observer>) {
        self.observers.add(observer);
    }

    /// Reads what an installation configured: its identifier, and the schedule of `register`.
    ///
    /// # Errors
    ///
    /// The storage fails.
    pub fn configuration(
        &self,
        bot_id: &str,
        alias: &str,
    ) -> std::result::Result<Configuration, StorageError> {
        self.storage
            .read(|database| Ok(resources::configuration_of(database, bot_id, alias)?))
    }

    /// Sets the identifier of an installation.
    ///
    /// # Errors
    ///
    /// The storage fails.
    pub fn set_identifier(
        &self,
        bot_id: &str,
        alias: &str,
        identifier: Option<&str>,
    ) -> std::result::Result<(), StorageError> {
        self.storage.write(|database| {
            Ok(resources::set_identifier(
                database, bot_id, alias, identifier,
            )?)
        })
    }

    /// Returns all states of an installation that have not expired, the latest first. Requests can only get one by its
    /// name.
    ///
    /// # Errors
    ///
    /// The storage fails.
    pub fn states(
        &self,
        bot_id: &str,
        alias: &str,
    ) -> std::result::Result<Vec<Value>, StorageError> {
        let now = self.clock.now();
        self.storage
            .read(|database| Ok(resources::all_states(database, bot_id, alias, now)?))
    }

    /// Sends the scheduled messages and events that are due. Requests do so too.
    ///
    /// # Errors
    ///
    /// The storage fails.
    pub fn send_due(&self) -> std::result::Result<(), StorageError> {
        let now = self.clock.now();
        let is_due = self
            .storage
            .read(|database| Ok::<_, StorageError>(resources::is_something_due(database, now)?))?;
        if !is_due {
            return Ok(());
        }
        let sent = self.storage.write(|database| {
            let mut sent = resources::send_due_messages(database, now)?;
            sent.extend(resources::send_due_events(database, now)?);
            Ok::<_, StorageError>(sent)
        })?;
        self.observers.notify(&sent);
        Ok(())
    }

    /// The name of the operation that a request calls, such as `createUser`. It has none if it uploads or downloads a
    /// content, or if there is no such operation.
    #[must_use]
    pub fn operation(request: &Request<Bytes>) -> Option<&'static str> {
        let route = router::route(
            resources::operations(),
            request.method(),
            request.uri().path(),
        );
        route.ok().map(|(operation, _)| operation.name)
    }

    /// Answers a request of an integration.
    ///
    /// The path is that of Botpress's API, or the address of an upload or a content.
    #[must_use]
    pub fn answer(&self, request: &Request<Bytes>) -> Response<Bytes> {
        let answer = match request.uri().path() {
            path if resources::is_content(path) => self.answer_content(request),
            _ => authenticate(&self.directory, request.headers())
                .and_then(|installed| self.answer_call(installed, Role::Integration, request)),
        };
        answer.unwrap_or_else(refusal)
    }

    /// Answers a request on behalf of an installation, without a token: of the integration, or of the bot that talks
    /// through it.
    #[must_use]
    pub fn answer_as(
        &self,
        role: Role,
        bot_id: &str,
        alias: &str,
        request: &Request<Bytes>,
    ) -> Response<Bytes> {
        let installed = self.directory.find(bot_id, alias).ok_or_else(|| {
            Failure::forbidden(format!(
                "bot {bot_id:?} has no integration with the alias {alias:?}"
            ))
        });
        let answer = installed.and_then(|installed| self.answer_call(installed, role, request));
        answer.unwrap_or_else(refusal)
    }

    fn answer_content(&self, request: &Request<Bytes>) -> Result<Response<Bytes>> {
        let now = self.clock.now();
        if request.uri().path().starts_with("/contents/") {
            return resources::answer_content(&self.storage, request, now);
        }
        resources::answer_upload(&self.storage, request, now)?;
        Ok(Response::new(Bytes::new()))
    }

    fn answer_call(
        &self,
        installed: Arc<Installed>,
        role: Role,
        request: &Request<Bytes>,
    ) -> Result<Response<Bytes>> {
        self.send_due()?;
        let read = Read::of(resources::operations(), request)?;
        let is_write = read.operation.method != Method::GET;
        let (answer, changes, obsolete) = if is_write {
            self.storage
                .write(|database| self.run(installed, role, read, database))?
        } else {
            self.storage
                .read(|database| self.run(installed, role, read, database))?
        };
        self.observers.notify(&changes);
        for content in obsolete {
            // A content that cannot be removed takes space, and nothing refers to it.
            drop(self.storage.contents().remove(&content));
        }
        Ok(answer.into_response())
    }

    fn run(
        &self,
        installed: Arc<Installed>,
        role: Role,
        read: Read<'_, Run>,
        database: &rusqlite::Connection,
    ) -> Result<(Answer, Vec<Change>, Vec<String>)> {
        let is_installed = |bot_id: &str, installation: &Installation| {
            let found = self.directory.find(bot_id, &installation.alias);
            found.is_some_and(|found| {
                found.installation.integration_id == installation.integration_id
            })
        };
        let mut call = Call {
            installed,
            role,
            path: read.path,
            query: read.query,
            body: read.body,
            headers: read.headers,
            base_url: read.base_url,
            now: self.clock.now(),
            ids: &self.ids,
            contents: self.storage.contents(),
            database,
            is_installed: &is_installed,
            changes: Vec::new(),
            obsolete: Vec::new(),
        };
        let answer = (read.operation.run)(&mut call)?;
        Ok((answer, call.changes, call.obsolete))
    }
}

impl fmt::Debug for Api {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Api")
            .field("clock", &self.clock)
            .field("directory", &self.directory)
            .finish_non_exhaustive()
    }
}
