//! States: what an integration keeps at Botpress.

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

/// Finds states by name; generated code gives each declared one a method.
#[derive(Clone, Debug)]
pub struct StatesClient {
    api: ApiClient,
}

impl StatesClient {
    pub(crate) fn new(api: ApiClient) -> Self {
        Self { api }
    }

    /// Gives a state that belongs to this installation of the integration.
    pub fn integration<T: Payload>(&self, name: &'static str) -> State<T> {
        let owner = self.api.identity().integration_id.clone();
        self.state("integration", owner, name)
    }

    /// Gives a state that belongs to a conversation.
    pub fn conversation<T: Payload>(
        &self,
        name: &'static str,
        conversation: impl Into<ConversationId>,
    ) -> State<T> {
        self.state("conversation", conversation.into().into(), name)
    }

    /// Gives a state that belongs to a user.
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

/// One state: where it is kept and what it holds.
///
/// What is written is checked against the schema of `T` before it leaves, and what is read when it
/// arrives.
#[must_use = "a state is read and written by its methods"]
pub struct State<T> {
    api: ApiClient,
    owner_type: &'static str,
    owner: String,
    name: &'static str,
    expiry: Option<Duration>,
    payload: PhantomData<fn() -> T>,
}

impl<T: Payload> State<T> {
    /// Lets what [`set`](Self::set) and [`get_or_set`](Self::get_or_set) write expire when it was
    /// idle for this long: between a millisecond and 30 days, says the API.
    pub fn expiring_after(mut self, idle: Duration) -> Self {
        self.expiry = Some(idle);
        self
    }

    /// Reads the state; `None` when nothing is stored.
    ///
    /// # Errors
    ///
    /// [`ClientError::Stale`] when what is stored does not fit the schema; otherwise as any request
    /// to the API.
    pub async fn get(&self) -> Result<Option<T>, ClientError> {
        match self.stored(Method::GET, None, None).await {
            Ok(Value::Null) => Ok(None),
            Ok(raw) => self.read(raw).map(Some),
            Err(error) if error.is_not_found() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Writes the state, whatever was stored.
    ///
    /// # Errors
    ///
    /// [`ClientError::Invalid`] when the payload does not fit its schema; otherwise as any request
    /// to the API.
    pub async fn set(&self, payload: &T) -> Result<(), ClientError> {
        let body = self.writing(payload.to_value()?);
        self.send(Method::POST, None, Some(body)).await?;
        Ok(())
    }

    /// Reads the state, after writing this payload when nothing is stored.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get) and [`set`](Self::set).
    pub async fn get_or_set(&self, payload: &T) -> Result<T, ClientError> {
        let body = self.writing(payload.to_value()?);
        let raw = self
            .stored(Method::POST, Some("get-or-set"), Some(body))
            .await?;
        self.read(raw)
    }

    /// Replaces some fields and gives the state as it is then.
    ///
    /// The fields are any value that is an object in JSON: `json!({ "token": token })`, or a struct of
    /// one's own. Each is checked against the schema before it leaves; the whole can only be checked
    /// when it comes back.
    ///
    /// # Errors
    ///
    /// [`ClientError::Invalid`] when a field does not fit the schema, [`ClientError::Stale`] when what
    /// is stored then does not; otherwise as any request to the API.
    pub async fn patch(&self, fields: &impl Serialize) -> Result<T, ClientError> {
        let fields = check_fields::<T>(fields)?;
        let body = JsonBody::default().with("payload", fields);
        let raw = self.stored(Method::PATCH, None, Some(body)).await?;
        self.read(raw)
    }

    /// Removes what is stored.
    ///
    /// # Errors
    ///
    /// As any request to the API.
    pub async fn clear(&self) -> Result<(), ClientError> {
        let body = JsonBody::default().with("payload", Value::Null);
        self.send(Method::POST, None, Some(body)).await?;
        Ok(())
    }

    /// Sets how long what is stored may be idle before it expires; `None` keeps it for ever.
    ///
    /// # Errors
    ///
    /// As any request to the API.
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

    /// Sends a request that is answered with the state, and gives the payload in it.
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
        // Whatever is done to a state sets it to something, so that it may be done twice.
        let mut call = ApiRequest::new(method, path).repeatable(true);
        call.body = body.map(Value::from);
        self.api.send(call).await
    }
}

/// What the client reads of a state in an answer.
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
