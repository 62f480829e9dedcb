//! Requests to webhook addresses.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::any;

use super::responses::{no_state, problem_response, refused, response_of, unidentified, unknown};
use super::route::Route;
use super::{Received, authorization, interstitial};
use crate::exchange::{
    ExchangeKind, NewExchange, RunningExchange, Secrets, SentResponse, header_texts,
    new_traceparent, trace_id,
};
use crate::platform::Platform;
use crate::platform::call::{Origin, header_map};
use crate::platform::error::PlatformError;
use crate::platform::instance::Instance;
use crate::platform::scripts::ScriptError;

/// The largest body of a webhook request in bytes, which is that of an integration of Contexture.
const BODY_LIMIT: usize = 10 * 1024 * 1024;

/// Where a request goes, and what becomes of it.
enum Target {
    Instance(Box<Instance>, String),
    Answer(Response),
}

impl Platform {
    /// The router of all webhook addresses. The server mounts it, on loopback only.
    pub fn webhooks(&self) -> Router {
        Router::new()
            .route("/webhook/{*path}", any(receive))
            .route("/oauth", any(receive))
            .route("/oauth/{*path}", any(receive))
            .route("/integration/global/{*path}", any(receive))
            .with_state(self.clone())
    }

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
        let traceparent = new_traceparent();
        let running = self.begin_webhook(received, instance, &traceparent, source, note)?;
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
            Ok(Target::Answer(response)) => (response, None),
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
        Ok((exchange, Response::from_parts(head, Body::from(body))))
    }

    /// The path behind the address of an instance's webhook.
    pub(in crate::platform) fn path_behind(&self, path: &str) -> String {
        let definition = self.definition();
        match Route::of(path, definition.name()) {
            Route::Instance { path, .. } | Route::OAuth { path } | Route::Global { path } => {
                path.to_owned()
            }
            Route::Interstitial | Route::Unknown => path.to_owned(),
        }
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
            None => self.own_secrets(),
        };
        let secrets = secrets.and(self.secrets_in(received));
        let name = format!("{} {}", received.method, received.path);
        let note = note.into_iter().chain(received.note());
        let note = note.reduce(|one, other| format!("{one}; {other}"));
        let new = NewExchange::new(ExchangeKind::Webhook, name, received.sent(), secrets)
            .of_instance(instance.map(|instance| instance.webhook_id.clone()))
            .in_trace(trace_id(traceparent).map(str::to_owned))
            .replaying(source)
            .noting(note);
        Ok(self.recorder().begin(new)?)
    }

    /// The secrets in a request to the shared OAuth address.
    fn secrets_in(&self, received: &Received) -> Secrets {
        match Route::of(&received.path, self.definition().name()) {
            Route::OAuth { .. } => authorization::secrets(received),
            _ => Secrets::new(),
        }
    }

    /// Finds the instance, or the answer of the platform.
    async fn target(&self, received: &Received) -> Result<Target, PlatformError> {
        let definition = self.definition();
        let to =
            |instance: Instance, path: &str| Target::Instance(Box::new(instance), path.to_owned());
        match Route::of(&received.path, definition.name()) {
            Route::Instance { webhook_id, path } => Ok(to(self.active(webhook_id)?, path)),
            Route::OAuth { path } => match received.parameter("state") {
                Some(state) => Ok(to(self.active(&state)?, path)),
                None => Ok(Target::Answer(no_state())),
            },
            Route::Global { path } => {
                let (platform, received) = (self.clone(), received.clone());
                let path = path.to_owned();
                // A script runs in another process, which blocks.
                let target =
                    tokio::task::spawn_blocking(move || platform.global_target(&received, &path));
                target.await.map_err(|_| ScriptError::Panicked)?
            }
            Route::Interstitial => Ok(Target::Answer(interstitial::page(received))),
            Route::Unknown => Ok(Target::Answer(unknown(definition.name()))),
        }
    }

    /// Finds the instance by its identifier. The definition can answer in its place.
    fn global_target(&self, received: &Received, path: &str) -> Result<Target, PlatformError> {
        let identifier = self.extract_identifier(received, path)?;
        let instance = match &identifier {
            Some(identifier) => self.identified(identifier)?,
            None => None,
        };
        if let Some(instance) = instance {
            return Ok(Target::Instance(Box::new(instance), path.to_owned()));
        }
        match self.fallback_answer(received, path)? {
            Some(answer) => {
                let headers = header_map(&answer.headers).unwrap_or_default();
                let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
                Ok(Target::Answer(
                    (status, headers, answer.body).into_response(),
                ))
            }
            None => Ok(Target::Answer(unidentified(identifier.as_deref()))),
        }
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
        let mut call = self.outgoing(instance, "webhook_received", body, origin);
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

async fn receive(State(platform): State<Platform>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, BODY_LIMIT).await else {
        let problem = format!("the body is larger than {BODY_LIMIT} bytes, or it ended too early");
        return problem_response(StatusCode::PAYLOAD_TOO_LARGE, &problem);
    };
    let received = Received::new(&parts, body);
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
