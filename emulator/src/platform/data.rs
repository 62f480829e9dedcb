//! The data of bots, through the API.

use bytes::Bytes;
use contexture::ApiError;
use http::{Method, Request, Response};
use serde_json::Value;

use super::Platform;
use super::error::PlatformError;
use super::instance::Instance;
use crate::api::{Api, Installation, Role};
use crate::exchange::{ExchangeKind, NewExchange, SentRequest, SentResponse, header_texts};

impl Platform {
    pub(super) fn api(&self) -> &Api {
        &self.0.parts.api
    }

    /// Makes all instances known to the API.
    pub(super) fn open_data(&self) -> Result<(), PlatformError> {
        self.api().add_token(self.token(), self.integration_id());
        for instance in self.instances()? {
            self.add_to_data(&instance)?;
        }
        Ok(())
    }

    /// Makes an instance known to the API.
    pub(super) fn add_to_data(&self, instance: &Instance) -> Result<(), PlatformError> {
        Ok(self.api().install(Installation {
            bot_id: instance.bot_id.clone(),
            bot_user_id: instance.bot_user_id.clone(),
            integration_id: instance.integration_id.clone(),
            alias: instance.alias.clone(),
            definition: self.definition(),
        })?)
    }

    /// Ends the access of an instance. Its data remains.
    pub(super) fn remove_from_data(&self, instance: &Instance) {
        self.api().uninstall(&instance.bot_id, &instance.alias);
    }

    /// The identifier that the integration has given to an instance.
    ///
    /// # Errors
    ///
    /// The storage fails.
    pub fn identifier(&self, instance: &Instance) -> Result<Option<String>, PlatformError> {
        let configured = self
            .api()
            .configuration(&instance.bot_id, &instance.alias)?;
        Ok(configured.identifier)
    }

    pub(super) fn set_identifier(
        &self,
        instance: &Instance,
        identifier: &str,
    ) -> Result<(), PlatformError> {
        Ok(self
            .api()
            .set_identifier(&instance.bot_id, &instance.alias, Some(identifier))?)
    }

    /// Makes a request on behalf of the bot, such as to create a message. It is not recorded, because the integration does
    /// not see it.
    pub(super) fn as_bot(
        &self,
        instance: &Instance,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Value, PlatformError> {
        let body = body.map(Value::to_string).unwrap_or_default();
        let request = request(method, path, body.into())?;
        let response = self
            .api()
            .answer_as(Role::Bot, &instance.bot_id, &instance.alias, &request);
        let is_ok = response.status().is_success();
        let answer: Value = serde_json::from_slice(response.body()).unwrap_or_default();
        if is_ok {
            Ok(answer)
        } else {
            Err(PlatformError::Api(Box::new(ApiError::from_wire(&answer))))
        }
    }

    /// Makes a request on behalf of the integration, and records it. Returns the id of the exchange.
    pub(super) fn as_integration(
        &self,
        instance: &Instance,
        method: Method,
        path: &str,
        body: Bytes,
        source: Option<String>,
    ) -> Result<String, PlatformError> {
        let sent = SentRequest {
            method: method.to_string(),
            path: path.to_owned(),
            headers: Vec::new(),
            body: body.clone().into(),
        };
        let request = request(method, path, body)?;
        let api_path = request.uri().path();
        let name = format!("{} {api_path}", sent.method);
        let secrets = self.secrets_of(instance);
        let secrets = secrets.and(self.api_secrets(api_path, request.body()));
        let new = NewExchange::new(ExchangeKind::Api, name, sent, secrets)
            .of_instance(Some(instance.webhook_id.clone()))
            .replaying(source);
        let mut running = self.recorder().begin(new)?;
        let exchange = running.id().to_owned();
        let (role, bot_id) = (Role::Integration, &instance.bot_id);
        let response = self
            .api()
            .answer_as(role, bot_id, &instance.alias, &request);
        running.hide(self.api_secrets(api_path, response.body()));
        running.answered(&sent_response(&response))?;
        Ok(exchange)
    }
}

fn request(method: Method, path: &str, body: Bytes) -> Result<Request<Bytes>, PlatformError> {
    let request = Request::builder().method(method).uri(path).body(body);
    request.map_err(|error| PlatformError::NoReplay(format!("`{path}` is no path: {error}")))
}

/// A response as it is recorded.
pub(super) fn sent_response(response: &Response<Bytes>) -> SentResponse {
    SentResponse {
        status: response.status().as_u16(),
        headers: header_texts(response.headers()),
        body: response.body().clone().into(),
    }
}
