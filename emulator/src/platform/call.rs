//! Calls of the integration.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use contexture::CallSigner;
use contexture::client::RequestBody;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response};

use super::Platform;
use super::answer::{Answer, CallError, CallProblem};
use super::error::PlatformError;
use super::headers::call_headers;
use super::instance::Instance;
use crate::exchange::{
    ExchangeKind, NewExchange, RunningExchange, Secrets, SentRequest, SentResponse, header_texts,
    new_traceparent, trace_id,
};

/// The header of the signatures.
pub(super) const SIGNATURE: &str = "x-bp-signature";

/// A call that is sent.
pub(super) struct Outgoing {
    pub(super) operation: String,
    pub(super) subject: Option<String>,
    pub(super) method: Method,
    pub(super) path: String,
    /// All headers but the signature.
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Bytes,
    pub(super) instance: String,
    pub(super) secrets: Secrets,
    pub(super) origin: Origin,
    pub(super) traceparent: String,
}

/// Where a call comes from.
#[derive(Clone, Debug, Default)]
pub(super) struct Origin {
    /// The exchange that it belongs to.
    pub(super) parent: Option<String>,
    /// The exchange that it replays.
    pub(super) source: Option<String>,
    /// The trace that it continues.
    pub(super) traceparent: Option<String>,
}

impl Platform {
    /// Prepares the call of an operation, as Botpress sends it.
    pub(super) fn outgoing(
        &self,
        instance: &Instance,
        operation: &str,
        body: Bytes,
        origin: Origin,
    ) -> Outgoing {
        let traceparent = origin.traceparent.clone().unwrap_or_else(new_traceparent);
        Outgoing {
            operation: operation.to_owned(),
            subject: None,
            method: Method::POST,
            path: "/".to_owned(),
            headers: call_headers(instance, operation, &traceparent),
            body,
            instance: instance.webhook_id.clone(),
            secrets: self.secrets_of(instance),
            origin,
            traceparent,
        }
    }

    /// Signs a call, sends it, and records it. `judge` tells what is wrong with an answer.
    pub(super) async fn send(
        &self,
        mut call: Outgoing,
        judge: fn(&Answer) -> Option<CallProblem>,
    ) -> Result<Answer, PlatformError> {
        let signature = self.sign(&call.body)?;
        call.headers.push((SIGNATURE.to_owned(), signature));
        let shown = self.call_secrets(&call.operation, &call.body);
        call.secrets = call.secrets.and(shown);
        let mut running = self.begin(&call)?;
        let exchange = running.id().to_owned();
        match self.transmit(&call).await {
            Ok(response) => {
                let subject = call.subject.as_deref();
                let shown = self.answer_secrets(&call.operation, subject, response.body());
                running.hide(shown.clone());
                record_answer(running, response, &call.secrets.and(shown), judge)
            }
            Err(problem) => {
                running.failed(&problem.to_string())?;
                Err(CallError { exchange, problem }.into())
            }
        }
    }

    fn begin(&self, call: &Outgoing) -> Result<RunningExchange, PlatformError> {
        let request = SentRequest {
            method: call.method.to_string(),
            path: call.path.clone(),
            headers: call.headers.clone(),
            body: call.body.clone().into(),
        };
        let secrets = call.secrets.clone();
        let new = NewExchange::new(ExchangeKind::Call, &call.operation, request, secrets)
            .about(call.subject.clone())
            .of_instance(Some(call.instance.clone()))
            .within(call.origin.parent.clone())
            .replaying(call.origin.source.clone())
            .in_trace(trace_id(&call.traceparent).map(str::to_owned));
        Ok(self.recorder().begin(new)?)
    }

    async fn transmit(&self, call: &Outgoing) -> Result<Response<Bytes>, CallProblem> {
        let address = self.address();
        let request = build(call, &address)?;
        self.send_request(request, &address).await
    }

    /// Sends a request to the integration, which is at `address`.
    pub(super) async fn send_request(
        &self,
        request: Request<RequestBody>,
        address: &str,
    ) -> Result<Response<Bytes>, CallProblem> {
        let limit = self.time_limit();
        match tokio::time::timeout(limit, self.transport().send(request)).await {
            Ok(Ok(response)) => Ok(response),
            Ok(Err(error)) => Err(CallProblem::of_transport(&error, address)),
            Err(_) => Err(CallProblem::Timeout {
                seconds: seconds(limit),
            }),
        }
    }

    /// Signs a body with each valid secret.
    fn sign(&self, body: &[u8]) -> Result<String, PlatformError> {
        let secrets = self.signing_secrets()?;
        let signer = CallSigner::new(&secrets).map_err(PlatformError::SigningSecret)?;
        Ok(signer.sign(body, SystemTime::now()))
    }
}

/// Records an answer, and tells what is wrong with it.
pub(super) fn record_answer(
    running: RunningExchange,
    response: Response<Bytes>,
    secrets: &Secrets,
    judge: fn(&Answer) -> Option<CallProblem>,
) -> Result<Answer, PlatformError> {
    let (head, body) = response.into_parts();
    let answer = Answer {
        exchange: running.id().to_owned(),
        status: head.status,
        headers: head.headers,
        body,
    };
    let sent = SentResponse {
        status: answer.status.as_u16(),
        headers: header_texts(&answer.headers),
        body: answer.body.clone().into(),
    };
    let problem = judge(&answer).map(|problem| problem.without(secrets));
    let error = problem
        .as_ref()
        .filter(|problem| problem.breaks_the_protocol());
    running.answered_with_error(&sent, error.map(ToString::to_string))?;
    match problem {
        None => Ok(answer),
        Some(problem) => Err(CallError {
            exchange: answer.exchange,
            problem,
        }
        .into()),
    }
}

fn build(call: &Outgoing, address: &str) -> Result<Request<RequestBody>, CallProblem> {
    let unsendable = |reason: String| CallProblem::Unsendable { reason };
    if address.is_empty() {
        let reason = "the integration was deployed without an address, and the emulator does not run its code; deploy it with `url`";
        return Err(unsendable(reason.to_owned()));
    }
    let url = format!("{}{}", address.trim_end_matches('/'), call.path);
    let mut request = Request::builder()
        .method(call.method.clone())
        .uri(&url)
        .body(call.body.clone().into())
        .map_err(|error| unsendable(format!("`{url}` is no address: {error}")))?;
    *request.headers_mut() = header_map(&call.headers).map_err(unsendable)?;
    Ok(request)
}

/// Reads headers, whose values are UTF-8.
pub(super) fn header_map(headers: &[(String, String)]) -> Result<HeaderMap, String> {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        let header = HeaderName::from_bytes(name.as_bytes())
            .map_err(|_| format!("`{name}` is no name of a header"))?;
        let value = HeaderValue::from_bytes(value.as_bytes()).map_err(|_| {
            format!("the value of the header `{name}` has signs that headers cannot have")
        })?;
        map.append(header, value);
    }
    Ok(map)
}

fn seconds(limit: Duration) -> u64 {
    limit.as_secs().max(1)
}
