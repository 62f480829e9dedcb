//! States: data that an integration stores in Botpress.

use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use http::Method;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::api::{Answer, ApiClient};
use super::api_request::ApiRequest;
use super::id::{ConversationId, UserId};
use super::json_body::{JsonBody, milliseconds};
use crate::ClientError;
use crate::Payload;
use crate::payload::check_fields;

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
    payload: PhantomData<fn() -> T>,
}

impl<T: Payload> State<T> {
    /// Sets the expiry of the values that [`set`](Self::set) and [`get_or_set`](Self::get_or_set)
    /// write: they expire after they were idle for this duration. The API accepts 1 millisecond to
    /// 30 days.
    pub fn expiring_after(mut self, idle: Duration) -> Self {
        self.expiry = Some(idle);
        self
    }

    /// Reads the state. Returns `None` if nothing is stored.
    ///
    /// # Errors
    ///
    /// Returns [`ClientError::Stale`] if the stored payload does not fit the schema, and any other
    /// [`ClientError`] if the request fails.
    pub async fn get(&self) -> Result<Option<T>, ClientError> {
        match self.stored(Method::GET, None, None).await {
            Ok(Value::Null) => Ok(None),
            Ok(raw) => self.read(raw).map(Some),
            Err(error) if error.is_not_found() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Writes the state and replaces the stored payload.
    ///
    /// # Errors
    ///
    /// Returns [`ClientError::Invalid`] if the payload does not fit its schema, and any other
    /// [`ClientError`] if the request fails.
    pub async fn set(&self, payload: &T) -> Result<(), ClientError> {
        let body = self.writing(payload.to_value()?);
        self.send(Method::POST, None, Some(body)).await?;
        Ok(())
    }

    /// Reads the state. If nothing is stored, writes `payload` first.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`get`](Self::get) and [`set`](Self::set).
    pub async fn get_or_set(&self, payload: &T) -> Result<T, ClientError> {
        let body = self.writing(payload.to_value()?);
        let raw = self
            .stored(Method::POST, Some("get-or-set"), Some(body))
            .await?;
        self.read(raw)
    }

    /// Replaces some fields and returns the resulting state.
    ///
    /// `fields` is any value that serializes to a JSON object, such as `json!({ "token": token })`
    /// or a struct. Each field is validated against its schema before the request is sent. The
    /// whole payload is validated when the response arrives.
    ///
    /// # Errors
    ///
    /// Returns [`ClientError::Invalid`] if a field does not fit the schema, [`ClientError::Stale`]
    /// if the resulting payload does not fit the schema, and any other [`ClientError`] if the
    /// request fails.
    pub async fn patch(&self, fields: &impl Serialize) -> Result<T, ClientError> {
        let fields = check_fields::<T>(fields)?;
        let body = JsonBody::default().with("payload", fields);
        let raw = self.stored(Method::PATCH, None, Some(body)).await?;
        self.read(raw)
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

    /// Sets how long the stored payload may be idle before it expires. With `None` it never
    /// expires.
    ///
    /// # Errors
    ///
    /// Returns a [`ClientError`] if the request fails.
    pub async fn set_expiry(&self, idle: Option<Duration>) -> Result<(), ClientError> {
        let body = JsonBody::default().with("expiry", idle.map(milliseconds));
        self.send(Method::POST, Some("expiry"), Some(body)).await?;
        Ok(())
    }

    fn writing(&self, payload: Value) -> JsonBody {
        JsonBody::default()
            .with("payload", payload)
            .with_some("expiry", self.expiry.map(milliseconds))
    }

    /// Sends a request whose response contains the state, and returns its payload.
    async fn stored(
        &self,
        method: Method,
        verb: Option<&str>,
        body: Option<JsonBody>,
    ) -> Result<Value, ClientError> {
        let stored: Stored = self.send(method, verb, body).await?.field("state")?;
        Ok(stored.payload)
    }

    fn read(&self, raw: Value) -> Result<T, ClientError> {
        T::from_value(raw.clone()).map_err(|violations| ClientError::Stale {
            name: self.name.to_owned(),
            raw,
            violations,
        })
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

/// The part of a state in a response that the client reads.
#[derive(Deserialize)]
struct Stored {
    #[serde(default)]
    payload: Value,
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
