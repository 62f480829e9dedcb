//! Settings of the current installation of the integration.

use serde_json::{Map, Value};

use super::api::ApiClient;
use super::api_request::ApiRequest;
use super::json_body::JsonBody;
use crate::ClientError;

/// A builder that changes settings of the current installation. Settings that are not set stay
/// unchanged.
#[derive(Clone, Debug)]
#[must_use = "settings are changed only when `send` is called"]
pub struct Configure {
    api: ApiClient,
    body: JsonBody,
}

/// How often Botpress calls `register` again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RegisterSchedule {
    /// Every hour.
    Hourly,
    /// Every day.
    Daily,
    /// Every week.
    Weekly,
    /// Every other week.
    BiWeekly,
    /// Every month.
    Monthly,
    /// Every other month.
    BiMonthly,
    /// Every three months.
    Quarterly,
    /// Every year.
    Yearly,
}

impl RegisterSchedule {
    /// Returns the wire name of the schedule.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hourly => "hourly",
            Self::Daily => "daily",
            Self::Weekly => "weekly",
            Self::BiWeekly => "bi-weekly",
            Self::Monthly => "monthly",
            Self::BiMonthly => "bi-monthly",
            Self::Quarterly => "quarterly",
            Self::Yearly => "yearly",
        }
    }
}

impl Configure {
    pub(super) fn new(api: ApiClient) -> Self {
        Self {
            api,
            body: JsonBody::default(),
        }
    }

    /// Sets the identifier. Botpress uses it to route requests to the integration's global webhook
    /// to this installation.
    pub fn identifier(self, identifier: impl Into<String>) -> Self {
        self.with("identifier", identifier.into())
    }

    /// Removes the identifier.
    pub fn clear_identifier(self) -> Self {
        self.with("identifier", Value::Null)
    }

    /// Schedules periodic `register` calls.
    pub fn schedule_register(self, schedule: RegisterSchedule) -> Self {
        self.with("scheduleRegisterCall", schedule.as_str())
    }

    /// Sets the sandbox identifiers. This is an experimental feature of Botpress.
    pub fn sandbox_identifiers<N, V>(self, identifiers: impl IntoIterator<Item = (N, V)>) -> Self
    where
        N: Into<String>,
        V: Into<Value>,
    {
        let identifiers = identifiers.into_iter();
        let identifiers: Map<_, _> = identifiers
            .map(|(name, value)| (name.into(), value.into()))
            .collect();
        self.with("sandboxIdentifiers", identifiers)
    }

    /// Removes all sandbox identifiers.
    pub fn clear_sandbox_identifiers(self) -> Self {
        self.with("sandboxIdentifiers", Value::Null)
    }

    fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.body = self.body.with(name, value);
        self
    }

    /// Changes the settings.
    ///
    /// # Errors
    ///
    /// Returns a [`ClientError`] if the request fails.
    pub async fn send(self) -> Result<(), ClientError> {
        let path = ["v1", "chat", "integrations", "configure"];
        self.api
            .execute(ApiRequest::post(path).body(self.body).repeatable(true))
            .await
    }
}
