//! Requests to webhook addresses.

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::any;

use super::Received;
use super::responses::{problem_response, refused, response_of};
use super::target::Target;
use crate::exchange::{
    ExchangeKind, NewExchange, RunningExchange, SentResponse, header_texts, new_traceparent,
    trace_id,
};
use crate::platform::Platform;
use crate::platform::call::Origin;
use crate::platform::error::PlatformError;
use crate::platform::instance::Instance;
use crate::platform::integrations::Integrations;
use crate::platform::operations::WEBHOOK;

/// The largest body of a webhook request in bytes, which is that of an integration of Contexture.
const BODY_LIMIT: usize = 10 * 1024 * 1024;

impl Integrations {
    /// The router of all webhook addresses. The server mounts it, on loopback only.
    pub fn webhooks(&self) -> Router {
        Router::new()
            .route("/webhook/{*path}", any(receive))
            .route("/oauth", any(receive))
            .route("/oauth/{*path}", any(receive))
            .route("/integration/global/{*path}", any(receive))
            .with_state(self.clone())
    }
}

impl Platform {
    /// Passes a request to the instance that it is for, and returns the response of the integration.
    pub(in crate::platform) async fn pass(
        &self,
        received: &Received,
        source: Option<String>,
        note: Option<String>,
    ) -> Result<(String, Response), PlatformError> {
        let target = self.target(received).await;
        let instance = match &target {
            Ok(Target::Instance(instance, _)) => Some(instance.as_ref()),
            _ => None,
        };
        let told = match &target {
            Ok(Target::Answer(_, told)) => told.clone(),
            _ => None,
        };
        let note = joined(note.into_iter().chain(told));
        let traceparent = new_traceparent();
        let running = self.begin_webhook(received, instance, &traceparent, source, note)?;
        let webhook_id = instance.map(|instance| instance.webhook_id.clone());
        let exchange = running.id().to_owned();
        let (response, error) = match target {
            Ok(Target::Instance(instance, path)) => {
                let origin = Origin {
                    parent: Some(exchange.clone()),
                    traceparent: Some(traceparent),
                    ..Origin::default()
                };
                self.call_webhook(&instance, received, &path, origin).await
            }
            Ok(Target::Answer(response, _)) => (response, None),
            Err(error) => refused(&error),
        };
        let (head, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
        let sent = SentResponse {
            status: head.status.as_u16(),
            headers: header_texts(&head.headers),
            body: body.clone().into(),
        };
        running.answered_with_error(&sent, error)?;
        if let Some(webhook_id) = webhook_id {
            // A failure is in the record and in the status of the instance.
            let _ = self.register_authorized(&webhook_id, &head.headers).await;
        }
        Ok((exchange, Response::from_parts(head, Body::from(body))))
    }

    /// Refuses a request whose body could not be read, and records that.
    fn refuse_body(&self, received: &Received) -> Response {
        let problem = format!("the body is larger than {BODY_LIMIT} bytes, or it ended too early");
        let traceparent = new_traceparent();
        let sent = SentResponse {
            status: StatusCode::PAYLOAD_TOO_LARGE.as_u16(),
            ..SentResponse::default()
        };
        // The sender gets the answer, whether it can be recorded or not.
        if let Ok(running) = self.begin_webhook(received, None, &traceparent, None, None) {
            let _ = running.answered_with_error(&sent, Some(problem.clone()));
        }
        problem_response(StatusCode::PAYLOAD_TOO_LARGE, &problem)
    }

    fn begin_webhook(
        &self,
        received: &Received,
        instance: Option<&Instance>,
        traceparent: &str,
        source: Option<String>,
        note: Option<String>,
    ) -> Result<RunningExchange, PlatformError> {
        let secrets = match instance {
            Some(instance) => self.secrets_of(instance),
            None => self.all_secrets(),
        };
        let secrets = secrets.and(self.secrets_in(received));
        let name = format!("{} {}", received.method, received.path);
        let note = joined(note.into_iter().chain(received.note()));
        let new = NewExchange::new(ExchangeKind::Webhook, name, received.sent(), secrets)
            .of_instance(instance.map(|instance| instance.webhook_id.clone()))
            .in_trace(trace_id(traceparent).map(str::to_owned))
            .replaying(source)
            .noting(note);
        Ok(self.recorder().begin(new)?)
    }

    /// Calls `webhook_received`. The answer of the integration is the response, whatever it is.
    async fn call_webhook(
        &self,
        instance: &Instance,
        received: &Received,
        path: &str,
        origin: Origin,
    ) -> (Response, Option<String>) {
        let body = received.operation(path).to_string().into();
        let mut call = self.outgoing(instance, WEBHOOK, body, origin);
        call.subject = Some(format!("{} {path}", received.method));
        call.secrets = call.secrets.and(self.secrets_in(received));
        let answer = match self.send(call, |_| None).await {
            Ok(answer) => answer,
            Err(error) => return refused(&error),
        };
        match self.note_identifier(instance, &answer) {
            Ok(()) => (response_of(answer), None),
            Err(error) => (response_of(answer), Some(error.to_string())),
        }
    }
}

fn joined(notes: impl Iterator<Item = String>) -> Option<String> {
    notes.reduce(|one, other| format!("{one}; {other}"))
}

async fn receive(State(integrations): State<Integrations>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let head = Received::new(&parts, Bytes::new());
    let state = head.parameter("state");
    let Some(platform) = integrations.receiver(&head.path, state.as_deref()) else {
        return problem_response(StatusCode::NOT_FOUND, "no integration is deployed");
    };
    let Ok(body) = to_bytes(body, BODY_LIMIT).await else {
        return platform.refuse_body(&head);
    };
    let received = Received { body, ..head };
    // The caller may go away; the integration has to get the request nevertheless.
    let passing = tokio::spawn(async move { platform.pass(&received, None, None).await });
    match passing.await {
        Ok(Ok((_, response))) => response,
        Ok(Err(error)) => refused(&error).0,
        Err(_) => problem_response(
            StatusCode::INTERNAL_SERVER_ERROR,
            "the emulator failed while it passed the request on",
        ),
    }
}
