//! The admin API: from a request to a response, without a socket.

use std::fmt;
use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use contexture::ApiErrorKind;
use http::{Method, Request, Response};
use serde_json::{Map, Value};

use super::account::{self, NewWorkspace};
use super::call::{Call, Run};
use super::deployed::Deployed;
use super::effect::Effect;
use super::operations::operations;
use super::{contents, hub};
use crate::ids::IdKind;
use crate::platform::{Integrations, Platform, PlatformOptions, PlatformParts};
use crate::wire::answer::{Answer, refusal};
use crate::wire::failure::{Failure, Result};
use crate::wire::headers::{token, unauthorized};
use crate::wire::request::Read;

/// The admin API of an emulator. Clones share it.
///
/// ```
/// use contexture_emulator::admin::{Admin, NewWorkspace};
/// # use contexture_emulator::clock::Clock;
/// # use contexture_emulator::platform::{PlatformOptions, PlatformParts};
/// # use contexture_emulator::storage::Storage;
/// # use bytes::Bytes;
/// # use http::Request;
/// # let parts = PlatformParts::new(Storage::in_memory()?, Clock::system(), "http://127.0.0.1:8070")?;
/// let admin = Admin::new(parts, PlatformOptions::default(), None)?;
/// let account = admin.create_account("bp_pat_1")?;
/// let workspace = NewWorkspace { name: "Acme".to_owned(), handle: Some("acme".to_owned()) };
/// let workspace = admin.create_workspace(&account, &workspace)?;
///
/// let request = Request::get(format!("/v1/admin/workspaces/{workspace}"))
///     .header("authorization", "Bearer bp_pat_1")
///     .body(Bytes::new())?;
/// assert_eq!(admin.answer(&request).status(), 200);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Admin(Arc<Inner>);

struct Inner {
    parts: PlatformParts,
    deployed: Deployed,
    /// The account that unknown tokens belong to, if they are accepted.
    guest: OnceLock<String>,
}

/// Why the admin API could not do something that no request asked for.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct AdminError(String);

impl Admin {
    /// Creates the admin API of an emulator, and opens what was deployed to its storage. `local` is the integration that runs
    /// on this machine.
    ///
    /// # Errors
    ///
    /// The storage fails.
    pub fn new(
        parts: PlatformParts,
        options: PlatformOptions,
        local: Option<Platform>,
    ) -> std::result::Result<Self, AdminError> {
        let deployed = Deployed::new(parts.clone(), options, local);
        deployed.open_all()?;
        let guest = OnceLock::new();
        Ok(Self(Arc::new(Inner {
            parts,
            deployed,
            guest,
        })))
    }

    /// All integrations of the emulator.
    #[must_use]
    pub fn integrations(&self) -> &Integrations {
        self.0.deployed.integrations()
    }

    /// Creates an account with a personal access token, unless one has it. Returns its id.
    ///
    /// # Errors
    ///
    /// The storage fails.
    pub fn create_account(&self, token: &str) -> std::result::Result<String, AdminError> {
        let new = self.0.parts.ids.next(IdKind::User);
        self.write(|database| match account::account_of(database, token)? {
            Some(known) => Ok(known),
            None => account::add_token(database, token, &new).map(|()| new),
        })
    }

    /// Creates a workspace of an account, unless it has one with this name and handle. Returns its id.
    ///
    /// # Errors
    ///
    /// Another workspace has the handle, or the storage fails.
    pub fn create_workspace(
        &self,
        account_id: &str,
        new: &NewWorkspace,
    ) -> std::result::Result<String, AdminError> {
        let now = i64::try_from(self.0.parts.clock.now()).unwrap_or(i64::MAX);
        let ids = &self.0.parts.ids;
        self.write(|database| account::create_workspace(database, ids, account_id, new, now))
    }

    /// Accepts each token: those that are unknown belong to one account, which gets a workspace. It is meant for an emulator that
    /// one author uses, on their own machine.
    ///
    /// # Errors
    ///
    /// Another workspace has the handle, or the storage fails.
    pub fn accept_any_token(
        &self,
        workspace: &NewWorkspace,
    ) -> std::result::Result<(), AdminError> {
        let account = self.create_account("")?;
        self.create_workspace(&account, workspace)?;
        let _ = self.0.guest.set(account);
        Ok(())
    }

    /// The account with a token. An unknown token becomes one of the account that takes any.
    fn account(&self, token: &str) -> Result<Option<String>> {
        let known = self.read(|database| account::account_of(database, token))?;
        match (known, self.0.guest.get()) {
            (None, Some(guest)) => {
                let storage = &self.0.parts.storage;
                storage.write(|database| account::add_token(database, token, guest))?;
                Ok(Some(guest.clone()))
            }
            (known, _) => Ok(known),
        }
    }

    /// Publishes an interface in the hub, in the form of `bp read --json`. Returns its id.
    ///
    /// # Errors
    ///
    /// The definition has no name or no version, or the storage fails.
    pub fn publish_interface(
        &self,
        definition: &Map<String, Value>,
    ) -> std::result::Result<String, AdminError> {
        let now = i64::try_from(self.0.parts.clock.now()).unwrap_or(i64::MAX);
        self.write(|database| hub::publish(database, definition, now))
    }

    /// Whether a request is for the admin API, by its path.
    #[must_use]
    pub fn is_for(path: &str) -> bool {
        path.starts_with("/v1/admin/") || path.starts_with(contents::FOLDER)
    }

    /// Answers a request, which waits for the storage. An integration that it updated is not registered again.
    #[must_use]
    pub fn answer(&self, request: &Request<Bytes>) -> Response<Bytes> {
        self.answer_noting(request).0
    }

    /// Answers a request. The instances of an integration that it updated are registered again, after the answer.
    ///
    /// # Panics
    ///
    /// It runs outside of a runtime of tokio.
    pub async fn call(&self, request: Request<Bytes>) -> Response<Bytes> {
        let admin = self.clone();
        let answered = tokio::task::spawn_blocking(move || admin.answer_noting(&request)).await;
        let Ok((response, updated)) = answered else {
            let message = "the request failed; see the output of the emulator";
            return refusal(Failure::new(ApiErrorKind::Internal, message));
        };
        if let Some(platform) = updated {
            tokio::spawn(async move { platform.register_all().await });
        }
        response
    }

    /// Answers a request, and returns the integration that it updated.
    fn answer_noting(&self, request: &Request<Bytes>) -> (Response<Bytes>, Option<Platform>) {
        let path = request.uri().path();
        if path.starts_with(contents::FOLDER) {
            let contents = self.0.parts.storage.contents();
            let answer = self.read(|database| contents::answer(database, contents, path));
            return (answer.unwrap_or_else(refusal), None);
        }
        match self.answer_call(request) {
            Ok((answer, updated)) => (answer.into_response(), updated),
            Err(failure) => (refusal(failure), None),
        }
    }

    fn answer_call(&self, request: &Request<Bytes>) -> Result<(Answer, Option<Platform>)> {
        let token = token(request.headers())?;
        let account = self.account(token)?;
        let account = account.ok_or_else(|| unauthorized("the token is unknown"))?;
        let read = Read::of(operations(), request)?;
        let is_write = read.operation.method != Method::GET;
        let (answer, effects) = if is_write {
            self.0
                .parts
                .storage
                .write(|database| self.run(account, read, database))?
        } else {
            self.read(|database| self.run(account, read, database))?
        };
        let mut updated = None;
        for effect in effects {
            updated = self.apply(effect)?.or(updated);
        }
        Ok((answer, updated))
    }

    fn run(
        &self,
        account_id: String,
        read: Read<'_, Run>,
        database: &rusqlite::Connection,
    ) -> Result<(Answer, Vec<Effect>)> {
        let parts = &self.0.parts;
        let mut call = Call {
            account_id,
            path: read.path,
            query: read.query,
            body: read.body,
            headers: read.headers,
            base_url: &parts.base_url,
            now: parts.clock.now(),
            ids: &parts.ids,
            contents: parts.storage.contents(),
            database,
            effects: Vec::new(),
        };
        let answer = (read.operation.run)(&mut call)?;
        Ok((answer, call.effects))
    }

    /// Returns the integration if it was updated.
    fn apply(&self, effect: Effect) -> Result<Option<Platform>> {
        match effect {
            Effect::Created(id) | Effect::Keys(id) => self.0.deployed.open(&id).map(|_| None),
            Effect::Updated(id) => self.0.deployed.open(&id),
            Effect::Deleted(id) => {
                self.0.deployed.close(&id);
                Ok(None)
            }
            Effect::Obsolete(content) => {
                // A content that cannot be removed takes space, and nothing refers to it.
                drop(self.0.parts.storage.contents().remove(&content));
                Ok(None)
            }
        }
    }

    fn read<T>(&self, work: impl FnOnce(&rusqlite::Connection) -> Result<T>) -> Result<T> {
        self.0.parts.storage.read(work)
    }

    fn write<T>(
        &self,
        work: impl FnOnce(&rusqlite::Connection) -> Result<T>,
    ) -> std::result::Result<T, AdminError> {
        let written = self.0.parts.storage.write(|transaction| work(transaction));
        Ok(written?)
    }
}

impl From<Failure> for AdminError {
    fn from(failure: Failure) -> Self {
        Self(failure.to_string())
    }
}

impl fmt::Debug for Admin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Admin")
            .field("integrations", self.integrations())
            .finish_non_exhaustive()
    }
}
