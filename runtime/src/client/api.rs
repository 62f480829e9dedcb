//! Untyped JSON requests to the Botpress API.

use std::sync::Arc;

use bytes::Bytes;
use http::header::{
    ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, USER_AGENT,
};
use http::{Method, Request, Response, StatusCode, Uri};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::api_request::{ApiRequest, Query};
use super::entity::FoundOrCreated;
use super::send::send_with_retries;
use super::url;
use crate::ClientError;
use crate::transport::RequestBody;
use crate::transport::RetryPolicy;
use crate::{ApiError, ApiErrorKind, CallIdentity, Environment};

/// Sends JSON requests to the Botpress API with the identifiers of one call.
///
/// The typed [`Client`](super::Client) uses it for all of its requests. Use it for endpoints that
/// the typed client does not cover. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct ApiClient {
    environment: Environment,
    identity: Arc<CallIdentity>,
    retries: RetryPolicy,
}

impl ApiClient {
    /// Creates a client that sends the identifiers of `identity` with each request.
    pub(crate) fn new(environment: &Environment, identity: &Arc<CallIdentity>) -> Self {
        Self {
            environment: environment.clone(),
            identity: Arc::clone(identity),
            retries: environment.retries_ref(),
        }
    }

    /// Sets the retry policy. It replaces the policy of the [`Environment`].
    #[must_use]
    pub fn retries(mut self, retries: RetryPolicy) -> Self {
        self.retries = retries;
        self
    }

    /// Returns the identifiers that the client sends with each request.
    #[must_use]
    pub fn identity(&self) -> &CallIdentity {
        &self.identity
    }

    /// Sends one request and returns the JSON of the response.
    ///
    /// Path segments and query parameters are percent-encoded here. For a list in the query, repeat
    /// its name; for a map, write `name.key`. `POST`, `PUT`, `PATCH` and `DELETE` requests always
    /// have a body: `{}` if `body` is `None`. A response without a body is returned as `null`.
    ///
    /// # Errors
    ///
    /// Returns a [`ClientError`] if the request fails or the response is not JSON.
    pub async fn request(
        &self,
        method: Method,
        path: &[&str],
        query: &[(&str, &str)],
        body: Option<Value>,
    ) -> Result<Value, ClientError> {
        let parts = query
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let mut request =
            ApiRequest::new(method, path.iter().copied()).query(Query(parts.collect()));
        request.body = body;
        self.request_json(request).await
    }

    /// Sends a request of the typed client.
    pub(super) async fn send(&self, request: ApiRequest<'_>) -> Result<Answer, ClientError> {
        self.request_json(request).await.map(Answer)
    }

    /// Reads one field of the response to a request for something that may not exist. Returns
    /// `None` if the API responds that it does not exist.
    pub(super) async fn get_optional<T: DeserializeOwned>(
        &self,
        request: ApiRequest<'_>,
        field: &str,
    ) -> Result<Option<T>, ClientError> {
        match self.send(request).await {
            Ok(answer) => answer.field(field).map(Some),
            Err(error) if error.is_not_found() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Sends a request of the typed client and ignores the content of the response.
    pub(super) async fn execute(&self, request: ApiRequest<'_>) -> Result<(), ClientError> {
        self.request_json(request).await.map(drop)
    }

    /// All requests to the API go through this function.
    async fn request_json(&self, request: ApiRequest<'_>) -> Result<Value, ClientError> {
        let repeatable = request.repeatable;
        let request = self.build(request)?;
        let make = || request.clone().map(RequestBody::from);
        let response =
            send_with_retries(&self.environment, &self.retries, repeatable, make).await?;
        decode(&response)
    }

    /// Sends bytes to a server other than the API, without any of the API's headers.
    pub(super) async fn send_elsewhere(
        &self,
        retries: &RetryPolicy,
        repeatable: bool,
        make: impl FnMut() -> Request<RequestBody>,
    ) -> Result<(), ClientError> {
        let response = send_with_retries(&self.environment, retries, repeatable, make).await?;
        if response.status().is_success() {
            return Ok(());
        }
        Err(ClientError::foreign(response.status(), response.body()))
    }

    pub(super) fn retries_ref(&self) -> RetryPolicy {
        self.retries
    }

    fn build(&self, request: ApiRequest<'_>) -> Result<Request<Bytes>, ClientError> {
        let base = self.environment.api_url_ref();
        let url = url::build(base, &request.path, &request.query.0).map_err(|segment| {
            ClientError::Request(format!("`{segment}` is not a valid path segment"))
        })?;
        let mut built = Request::new(Bytes::new());
        *built.uri_mut() = absolute(&url)
            .ok_or_else(|| ClientError::Request("the API URL is not an absolute URL".to_owned()))?;
        *built.headers_mut() = self.headers()?;
        if has_body(&request.method) {
            let body = request
                .body
                .unwrap_or_else(|| Value::Object(serde_json::Map::new()));
            *built.body_mut() = Bytes::from(body.to_string());
            built
                .headers_mut()
                .insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        *built.method_mut() = request.method;
        Ok(built)
    }

    fn headers(&self) -> Result<HeaderMap, ClientError> {
        let (environment, identity) = (&self.environment, &self.identity);
        let mut headers = own_headers();
        let named = [
            ("x-bot-id", Some(identity.bot_id.as_str())),
            ("x-integration-id", Some(identity.integration_id.as_str())),
            (
                "x-integration-alias",
                Some(identity.integration_alias.as_str()),
            ),
            ("x-workspace-id", environment.workspace_id_ref()),
            ("traceparent", identity.traceparent.as_deref()),
            ("tracestate", identity.tracestate.as_deref()),
        ];
        for (name, value) in named {
            if let Some(value) = value {
                headers.insert(HeaderName::from_static(name), header_value(name, value)?);
            }
        }
        if let Some(token) = environment.token_ref() {
            let mut value = header_value("authorization", &format!("Bearer {}", token.expose()))?;
            value.set_sensitive(true);
            headers.insert(AUTHORIZATION, value);
        }
        Ok(headers)
    }
}

/// Deserializes one field of a response, or the field with what the response says about it.
pub(super) type ReadAnswer<A> = fn(Answer, &str) -> Result<A, ClientError>;

/// The JSON of a response from the API.
#[derive(Debug)]
pub(super) struct Answer(Value);

impl Answer {
    /// Takes one field out of the response; returns null if it does not exist.
    pub(super) fn take(&mut self, name: &str) -> Value {
        self.0.get_mut(name).map_or(Value::Null, Value::take)
    }

    /// Takes one field out of the response and deserializes it.
    pub(super) fn field<T: DeserializeOwned>(mut self, name: &str) -> Result<T, ClientError> {
        self.part(name)
    }

    /// Takes one field out of the response and deserializes it, with whether the API created it.
    pub(super) fn found_or_created<T: DeserializeOwned>(
        mut self,
        name: &str,
    ) -> Result<FoundOrCreated<T>, ClientError> {
        Ok(FoundOrCreated {
            value: self.part(name)?,
            created: self.take("meta")["created"].as_bool(),
        })
    }

    /// Deserializes one field of the response and keeps the others.
    pub(super) fn part<T: DeserializeOwned>(&mut self, name: &str) -> Result<T, ClientError> {
        let value = self.take(name);
        // The cause is left out: it may quote the response, which may contain data that must not be
        // logged.
        serde_json::from_value(value)
            .map_err(|_| ClientError::Decode(format!("missing or invalid field `{name}`")))
    }
}

/// The headers of every request, to the API and to other servers.
pub(super) fn own_headers() -> HeaderMap {
    let agent = HeaderValue::from_static(concat!("contexture/", env!("CARGO_PKG_VERSION")));
    let accept = HeaderValue::from_static("application/json, text/plain, */*");
    HeaderMap::from_iter([(ACCEPT, accept), (USER_AGENT, agent)])
}

fn absolute(url: &str) -> Option<Uri> {
    let uri: Uri = url.parse().ok()?;
    uri.scheme().is_some().then_some(uri)
}

fn header_value(name: &str, value: &str) -> Result<HeaderValue, ClientError> {
    // From bytes, because an alias may contain characters outside ASCII.
    HeaderValue::from_bytes(value.as_bytes())
        .map_err(|_| ClientError::Request(format!("invalid value for the header {name}")))
}

fn has_body(method: &Method) -> bool {
    [Method::POST, Method::PUT, Method::PATCH, Method::DELETE].contains(method)
}

fn decode(response: &Response<Bytes>) -> Result<Value, ClientError> {
    let (status, body) = (response.status(), response.body());
    if !status.is_success() {
        return Err(decode_error(status, body));
    }
    if body.is_empty() {
        return Ok(Value::Null);
    }
    serde_json::from_slice(body).map_err(|_| ClientError::Decode("the body is not JSON".to_owned()))
}

fn decode_error(status: StatusCode, body: &[u8]) -> ClientError {
    let error = serde_json::from_slice(body).ok();
    match error.as_ref().and_then(ApiError::try_from_wire) {
        Some(mut error) => {
            if error.kind == ApiErrorKind::Unknown {
                error.code = status.as_u16();
            }
            ClientError::Api(Box::new(error))
        }
        None => ClientError::foreign(status, body),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_needs_a_scheme() {
        assert!(absolute("http://127.0.0.1:9000/v1").is_some());
        assert!(absolute("127.0.0.1:9000/v1").is_none());
        assert!(absolute("botpress").is_none());
    }
}
