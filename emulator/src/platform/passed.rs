//! Calls that the real Botpress makes, which a tunnel brings.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Request, Response, Uri};
use serde_json::Value;

use super::Platform;
use super::answer::CallError;
use super::call::record_answer;
use super::configuration::schema_of;
use super::error::PlatformError;
use super::headers::{CONFIGURATION, OPERATION};
use super::operations::{WEBHOOK, subject};
use super::webhooks::secrets_of_passed;
use crate::exchange::{
    ExchangeKind, NewExchange, RunningExchange, Secrets, SentRequest, TRACEPARENT, header_texts,
    new_traceparent, trace_id,
};

/// The header with the type of the configuration.
const CONFIGURATION_TYPE: &str = "x-bp-configuration-type";

impl Platform {
    /// Passes a call of the real Botpress on to the integration, as it is, and records it without its secrets. It gets a
    /// trace if it has none. Every answer is taken.
    ///
    /// # Errors
    ///
    /// The integration gives no answer, or the storage fails.
    pub async fn pass_on(
        &self,
        mut request: Request<Bytes>,
    ) -> Result<Response<Bytes>, PlatformError> {
        if !request.headers().contains_key(TRACEPARENT)
            && let Ok(traceparent) = HeaderValue::try_from(new_traceparent())
        {
            request.headers_mut().insert(TRACEPARENT, traceparent);
        }
        let (running, secrets) = self.begin_passed(&request)?;
        let exchange = running.id().to_owned();
        let address = self.address();
        let sent = behind(&address, request.uri());
        *request.uri_mut() = sent;
        match self.send_request(request.map(Into::into), &address).await {
            Ok(response) => {
                let answer = record_answer(running, response, &secrets, |_| None)?;
                let mut response = Response::new(answer.body);
                *response.status_mut() = answer.status;
                *response.headers_mut() = answer.headers;
                Ok(response)
            }
            Err(problem) => {
                running.failed(&problem.to_string())?;
                Err(CallError { exchange, problem }.into())
            }
        }
    }

    fn begin_passed(
        &self,
        request: &Request<Bytes>,
    ) -> Result<(RunningExchange, Secrets), PlatformError> {
        let header = |name: &str| {
            let value = request.headers().get(name);
            value.and_then(|value| value.to_str().ok())
        };
        let uri = request.uri();
        let path = uri.path_and_query().map_or("/", |path| path.as_str());
        let body = serde_json::from_slice(request.body()).unwrap_or_default();
        let method = request.method();
        let (name, subject) = match header(OPERATION) {
            Some(WEBHOOK) => (WEBHOOK.to_owned(), webhook_subject(&body)),
            Some(operation) => (operation.to_owned(), subject(operation, &body)),
            None => (format!("{method} {}", uri.path()), None),
        };
        let secrets = self
            .secrets_of_headers(request.headers())
            .and(self.own_secrets())
            .and(self.call_secrets(&name, request.body()))
            .and(secrets_of_passed(&body));
        let sent = SentRequest {
            method: method.to_string(),
            path: path.to_owned(),
            headers: header_texts(request.headers()),
            body: request.body().clone().into(),
        };
        let new = NewExchange::new(ExchangeKind::Call, name, sent, secrets.clone())
            .about(subject)
            .in_trace(header(TRACEPARENT).and_then(trace_id).map(str::to_owned));
        Ok((self.recorder().begin(new)?, secrets))
    }

    /// The secrets of the configuration that a call brings.
    fn secrets_of_headers(&self, headers: &HeaderMap) -> Secrets {
        let kind = headers
            .get(CONFIGURATION_TYPE)
            .and_then(|kind| kind.to_str().ok());
        let schema = schema_of(&self.definition(), kind).unwrap_or_default();
        let configuration = headers.get(CONFIGURATION).and_then(|encoded| {
            let json = BASE64_STANDARD.decode(encoded).ok()?;
            serde_json::from_slice(&json).ok()
        });
        Secrets::of_configuration(&schema, &configuration.unwrap_or(Value::Null))
    }
}

fn webhook_subject(body: &Value) -> Option<String> {
    let text = |name: &str| body["req"][name].as_str();
    Some(format!("{} {}", text("method")?, text("path")?))
}

/// The same path and query at another address. A path that does not fit behind the address is left out.
fn behind(address: &str, uri: &Uri) -> Uri {
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    let url = format!("{}{path}", address.trim_end_matches('/'));
    url.parse().unwrap_or_default()
}
