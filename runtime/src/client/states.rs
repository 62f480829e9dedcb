//! States: data that an integration stores in Botpress.

use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use http::Method;
use serde::Serialize;
use serde_json::Value;

use super::api::{Answer, ApiClient};
use super::api_request::ApiRequest;
use super::entity::StoredState;
use super::id::{ConversationId, UserId};
use super::json_body::{JsonBody, milliseconds};
use crate::definition::ReadOlder;
use crate::payload::check_fields;
use crate::{ApiError, ClientError, Payload};

/// The longest expiry that the API accepts: 2,592,000,000 milliseconds.
const LONGEST_EXPIRY: Duration = Duration::from_hours(30 * 24);

/// Creates states by name. Generated code has a method for each declared state.
#[derive(Clone, Debug)]
pub struct StatesClient {
    api: ApiClient,
}

impl StatesClient {
    pub(crate) fn new(api: ApiClient) -> Self {
        Self { api }
    }

    /// Returns a state of this installation of the integration.
    pub fn integration<T: Payload>(&self, name: &'static str) -> State<T> {
        let owner = self.api.identity().integration_id.clone();
        self.state("integration", owner, name)
    }

    /// Returns a state of a conversation.
    pub fn conversation<T: Payload>(
        &self,
        name: &'static str,
        conversation: impl Into<ConversationId>,
    ) -> State<T> {
        self.state("conversation", conversation.into().into(), name)
    }

    /// Returns a state of a user.
    pub fn user<T: Payload>(&self, name: &'static str, user: impl Into<UserId>) -> State<T> {
        self.state("user", user.into().into(), name)
    }

    fn state<T>(&self, owner_type: &'static str, owner: String, name: &'static str) -> State<T> {
        State {
            api: self.api.clone(),
            owner_type,
            owner,
            name,
            expiry: None,
            older: None,
            payload: PhantomData,
        }
    }
}

/// A handle to one state: its owner, its name and the type of its payload.
///
/// Payloads are validated against the schema of `T` before they are sent and after they are
/// received.
#[must_use = "a state does nothing until one of its methods is called"]
pub struct State<T> {
    api: ApiClient,
    owner_type: &'static str,
    owner: String,
    name: &'static str,
    expiry: Option<Duration>,
    older: Option<ReadOlder<T>>,
    payload: PhantomData<fn() -> T>,
}

impl<T: Payload> State<T> {
    /// Sets the expiry of the values that [`set`](Self::set), [`get_or_set`](Self::get_or_set) and
    /// [`patch`](Self::patch) write, and of those that [`upgrade`](Self::upgrade) writes back: they expire after they were
    /// idle for this duration, from 1 millisecond to 30 days. Fractions of a millisecond are dropped.
    pub fn expiring_after(mut self, idle: Duration) -> Self {
        self.expiry = Some(idle);
        self
    }

    /// Sets how payloads of older versions are read.
    #[doc(hidden)]
    pub fn or_older(mut self, read: ReadOlder<T>) -> Self {
        self.older = Some(read);
        self
    }

    /// Reads the state. Returns `None` if nothing is stored.
    ///
    /// A payload that fits the schema of an older version only is migrated, and stays as it is at Botpress until the state
    /// is written; see [`upgrade`](Self::upgrade).
    ///
    /// # Errors
    ///
    /// Returns [`ClientError::Migration`] if a migration fails, [`ClientError::Stale`] if the stored payload fits no version,
    /// and any other [`ClientError`] if the request fails.
    pub async fn get(&self) -> Result<Option<T>, ClientError> {
        Ok(self.get_stored().await?.map(|stored| stored.payload))
    }

    /// Reads the state with its expiry. Returns `None` if nothing is stored.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`get`](Self::get).
    pub async fn get_stored(&self) -> Result<Option<StoredState<T>>, ClientError> {
        let stored = self.stored_if_any().await?;
        stored
            .map(|stored| stored.try_map(|raw| self.read(raw)))
            .transpose()
    }

    /// Reads the state as [`get`](Self::get) does, and writes a payload that was migrated from an older version back. Its
    /// expiry stays as it is, unless [`expiring_after`](Self::expiring_after) sets another one.
    ///
    /// A write of another process between the two requests would be lost, so call it where nothing else writes the state,
    /// such as in `register`.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`get`](Self::get) and [`set`](Self::set).
    pub async fn upgrade(&self) -> Result<Option<T>, ClientError> {
        let Some(stored) = self.stored_if_any().await? else {
            return Ok(None);
        };
        let (payload, is_migrated) = self.read_any(stored.payload)?;
        if is_migrated {
            // A write without an expiry would remove the one that the state has.
            let kept = Self {
                expiry: self.expiry.or(stored.expiry),
                ..self.clone()
            };
            kept.set(&payload).await?;
        }
        Ok(Some(payload))
    }

    /// Writes a payload of an older version back in today's form. One that fits no version stays as it is.
    async fn upgrade_if_older(&self) -> Result<(), ClientError> {
        if self.older.is_none() {
            return Ok(());
        }
        match self.upgrade().await {
            Ok(_) | Err(ClientError::Stale { .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Writes the state and replaces the stored payload.
    ///
    /// # Errors
    ///
    /// Returns [`ClientError::Invalid`] if the payload does not fit its schema,
    /// [`ClientError::Request`] if the API does not accept the expiry, and any other
    /// [`ClientError`] if the request fails.
    pub async fn set(&self, payload: &T) -> Result<(), ClientError> {
        let body = self.writing(payload.to_value()?)?;
        self.send(Method::POST, None, Some(body)).await?;
        Ok(())
    }

    /// Reads the state. If nothing is stored, writes `payload` first.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`get`](Self::get) and [`set`](Self::set).
    pub async fn get_or_set(&self, payload: &T) -> Result<T, ClientError> {
        let body = self.writing(payload.to_value()?)?;
        let stored = self
            .stored(Method::POST, Some("get-or-set"), Some(body))
            .await?;
        self.read(stored.payload)
    }

    /// Replaces some fields and returns the resulting state.
    ///
    /// `fields` is any value that serializes to a JSON object, such as `json!({ "token": token })`
    /// or a struct. Each field is validated against its schema before the request is sent. The
    /// whole payload is validated when the response arrives.
    ///
    /// Fields of today in a payload of an older version would fit neither. So a state that has migrations is read and
    /// written back first, as [`upgrade`](Self::upgrade) does.
    ///
    /// # Errors
    ///
    /// Returns [`ClientError::Invalid`] if a field does not fit the schema, [`ClientError::Migration`] if a migration
    /// fails, [`ClientError::Stale`] if the resulting payload does not fit the schema, [`ClientError::Request`] if the API does
    /// not accept the expiry, and any other [`ClientError`] if the request fails.
    pub async fn patch(&self, fields: &impl Serialize) -> Result<T, ClientError> {
        let fields = check_fields::<T>(fields)?;
        let body = self.writing(fields)?;
        self.upgrade_if_older().await?;
        let stored = self.stored(Method::PATCH, None, Some(body)).await?;
        self.read(stored.payload)
    }

    /// Deletes the stored payload.
    ///
    /// # Errors
    ///
    /// Returns a [`ClientError`] if the request fails.
    pub async fn clear(&self) -> Result<(), ClientError> {
        let body = JsonBody::default().with("payload", Value::Null);
        self.send(Method::POST, None, Some(body)).await?;
        Ok(())
    }

    /// Sets how long the stored payload may be idle before it expires, from 1 millisecond to 30
    /// days. With `None` it never expires.
    ///
    /// # Errors
    ///
    /// Returns [`ClientError::Request`] if the API does not accept the duration, and any other
    /// [`ClientError`] if the request fails.
    pub async fn set_expiry(&self, idle: Option<Duration>) -> Result<(), ClientError> {
        let idle = idle.map(expiry).transpose()?;
        let body = JsonBody::default().with("expiry", idle);
        self.send(Method::POST, Some("expiry"), Some(body)).await?;
        Ok(())
    }

    fn writing(&self, payload: impl Into<Value>) -> Result<JsonBody, ClientError> {
        let expiry = self.expiry.map(expiry).transpose()?;
        Ok(JsonBody::default()
            .with("payload", payload)
            .with_some("expiry", expiry))
    }

    /// Sends a request whose response contains the state, and returns it.
    async fn stored(
        &self,
        method: Method,
        verb: Option<&str>,
        body: Option<JsonBody>,
    ) -> Result<StoredState<Value>, ClientError> {
        self.send(method, verb, body).await?.field("state")
    }

    /// Reads the stored payload; `None` if nothing is stored.
    async fn stored_if_any(&self) -> Result<Option<StoredState<Value>>, ClientError> {
        match self.stored(Method::GET, None, None).await {
            Ok(stored) if stored.payload.is_null() => Ok(None),
            Ok(stored) => Ok(Some(stored)),
            Err(error) if error.is_not_found() => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn read(&self, raw: Value) -> Result<T, ClientError> {
        self.read_any(raw).map(|(payload, _)| payload)
    }

    /// Reads a payload, and whether it was migrated from an older version.
    fn read_any(&self, raw: Value) -> Result<(T, bool), ClientError> {
        let violations = match T::from_value(raw.clone()) {
            Ok(payload) => return Ok((payload, false)),
            Err(violations) => violations,
        };
        let name = self.name.to_owned();
        match self.older.and_then(|read| read(&raw)) {
            Some(migrated) => match check_migrated(migrated) {
                Ok(payload) => Ok((payload, true)),
                Err((reason, answer)) => Err(ClientError::Migration {
                    name,
                    raw,
                    reason: reason.into(),
                    answer,
                }),
            },
            None => Err(ClientError::Stale {
                name,
                raw,
                violations,
            }),
        }
    }

    async fn send(
        &self,
        method: Method,
        verb: Option<&str>,
        body: Option<JsonBody>,
    ) -> Result<Answer, ClientError> {
        let mut path = vec![
            "v1",
            "chat",
            "states",
            self.owner_type,
            &self.owner,
            self.name,
        ];
        path.extend(verb);
        // Every request sets the state to a given value, so it is idempotent.
        let mut call = ApiRequest::new(method, path).repeatable(true);
        call.body = body.map(Value::from);
        self.api.send(call).await
    }
}

/// Returns a migrated payload, if it fits the schema; otherwise the reason, and the error with a message for the bot's owner.
fn check_migrated<T: Payload>(
    migrated: crate::Result<T>,
) -> Result<T, (String, Option<Box<ApiError>>)> {
    let payload = migrated.map_err(|error| {
        let answer = error.as_api().cloned().map(Box::new);
        (error.to_string(), answer)
    })?;
    match payload.to_value() {
        Ok(_) => Ok(payload),
        Err(violations) => {
            let reason = format!("the result does not fit its schema: {violations}");
            Err((reason, None))
        }
    }
}

/// Returns an expiry in milliseconds, if the API accepts it.
fn expiry(idle: Duration) -> Result<u64, ClientError> {
    match milliseconds(idle) {
        0 => Err("is shorter than 1 millisecond"),
        _ if idle > LONGEST_EXPIRY => Err("is longer than 30 days"),
        accepted => Ok(accepted),
    }
    .map_err(|problem| ClientError::Request(format!("the expiry of a state {problem}: {idle:?}")))
}

impl<T> Clone for State<T> {
    fn clone(&self) -> Self {
        Self {
            api: self.api.clone(),
            owner: self.owner.clone(),
            ..*self
        }
    }
}

impl<T> fmt::Debug for State<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("State")
            .field("owner_type", &self.owner_type)
            .field("owner", &self.owner)
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}
