//! Requests to the API on behalf of an instance. They are not recorded, because the integration does not make them.

use bytes::Bytes;
use contexture::ApiError;
use http::header::HOST;
use http::{Method, Request, Response, StatusCode};
use serde_json::Value;

use crate::api::Role;
use crate::inspector::failure::{Failure, sentence};
use crate::inspector::state::Inspector;
use crate::platform::{Instance, PlatformError};

/// The data of an instance.
#[derive(Clone, Copy)]
pub(in crate::inspector) struct Data<'a> {
    pub(in crate::inspector) inspector: &'a Inspector,
    pub(in crate::inspector) instance: &'a Instance,
}

impl Data<'_> {
    /// Reads what a path names.
    pub(in crate::inspector) fn get(self, path: &str) -> Result<Value, Failure> {
        self.send(Method::GET, path, &Value::Null)?
            .map_err(|error| {
                let status = StatusCode::from_u16(error.code).unwrap_or(StatusCode::BAD_REQUEST);
                Failure::new(status, sentence(&error.message))
            })
    }

    /// Makes a request. The inner error is that of the API.
    pub(in crate::inspector) fn send(
        self,
        method: Method,
        path: &str,
        body: &Value,
    ) -> Result<Result<Value, Box<ApiError>>, Failure> {
        let body = if body.is_null() {
            Bytes::new()
        } else {
            body.to_string().into()
        };
        let request = self.request(method, path, body)?;
        let Instance { bot_id, alias, .. } = self.instance;
        let api = &self.inspector.platform.parts().api;
        let response = api.answer_as(Role::Integration, bot_id, alias, &request);
        let answer: Value = serde_json::from_slice(response.body()).unwrap_or_default();
        let is_ok = response.status().is_success();
        Ok(if is_ok {
            Ok(answer)
        } else {
            Err(Box::new(ApiError::from_wire(&answer)))
        })
    }

    /// Reads the content of a file at an address of the emulator.
    pub(super) fn content(self, path: &str) -> Result<Response<Bytes>, Failure> {
        let request = self.request(Method::GET, path, Bytes::new())?;
        Ok(self.inspector.platform.parts().api.answer(&request))
    }

    fn request(self, method: Method, path: &str, body: Bytes) -> Result<Request<Bytes>, Failure> {
        let base = &self.inspector.platform.parts().base_url;
        let host = base
            .split_once("://")
            .map_or(base.as_str(), |(_, host)| host);
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(HOST, host);
        request
            .body(body)
            .map_err(|_| Failure::not_found("path", path))
    }

    /// Replaces the secrets of the instance in a value.
    pub(super) fn redacted(self, value: &Value) -> String {
        self.inspector
            .platform
            .secrets_of(self.instance)
            .redact(&value.to_string())
    }
}

impl From<Box<ApiError>> for Failure {
    fn from(error: Box<ApiError>) -> Self {
        PlatformError::Api(error).into()
    }
}
