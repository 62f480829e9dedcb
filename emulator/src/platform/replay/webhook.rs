//! Replays of webhook requests.

use super::signature::ReplaySignature;
use super::{ReplayEdit, Replayed, replayed_body, restored, restored_text};
use crate::exchange::{Exchange, Secrets, TRACEPARENT};
use crate::platform::Platform;
use crate::platform::error::PlatformError;
use crate::platform::webhooks::Received;

impl Platform {
    /// Passes a webhook request on once more, with a new signature if that is possible.
    pub(super) async fn replay_webhook(
        &self,
        exchange: &Exchange,
        edit: ReplayEdit,
    ) -> Result<Replayed, PlatformError> {
        let instance = match exchange.instance {
            Some(_) => Some(self.instance_of(exchange)?),
            None => None,
        };
        let secrets = match &instance {
            Some(instance) => self.secrets_of(instance),
            None => self.own_secrets(),
        };
        let signing = edit.signing.clone();
        let recorded = recorded_request(exchange, &secrets)?;
        let (edited, mut notes) = edited_request(exchange, &recorded, edit, &secrets)?;
        let replayed = match &instance {
            Some(instance) => {
                let signature = ReplaySignature {
                    platform: self,
                    instance,
                    secrets: &secrets,
                    signing,
                };
                let (signed, note) = signature.sign(&recorded, edited, exchange.started);
                notes.extend(note);
                signed
            }
            None => edited,
        };
        let note = (!notes.is_empty()).then(|| notes.join("; "));
        let source = Some(exchange.id.clone());
        let (exchange, _) = self.pass(&replayed, source, note).await?;
        Ok(Replayed {
            exchange,
            problem: None,
        })
    }
}

/// Reads the recorded request. Headers whose values were not recorded are left out.
fn recorded_request(exchange: &Exchange, secrets: &Secrets) -> Result<Received, PlatformError> {
    let mut headers = Vec::new();
    for (name, value) in &exchange.request.headers {
        if !is_left_out(value) && !name.eq_ignore_ascii_case(TRACEPARENT) {
            headers.push((name.clone(), restored_text(value, secrets)?));
        }
    }
    let (path, query) = split_query(&restored_text(&exchange.request.path, secrets)?);
    Ok(Received {
        method: exchange.request.method.clone(),
        path,
        query,
        headers,
        body: restored(exchange.request.body.bytes(), secrets)?.into(),
    })
}

fn is_left_out(value: &str) -> bool {
    value.contains("[redacted]")
}

/// Applies an edit. Returns notes on what the replay lacks.
fn edited_request(
    exchange: &Exchange,
    recorded: &Received,
    edit: ReplayEdit,
    secrets: &Secrets,
) -> Result<(Received, Vec<String>), PlatformError> {
    let mut notes = Vec::new();
    let mut received = recorded.clone();
    received.body = replayed_body(exchange, edit.body, secrets)?.into();
    if let Some(method) = edit.method {
        received.method = method;
    }
    if let Some(path) = edit.path {
        (received.path, received.query) = split_query(&restored_text(&path, secrets)?);
    }
    if let Some(headers) = edit.headers {
        received.headers.clear();
        for (name, value) in headers {
            let value = restored_text(&value, secrets)?;
            received.headers.push((name, value));
        }
    } else {
        let headers = exchange.request.headers.iter();
        let left_out = headers.filter(|(_, value)| is_left_out(value));
        notes.extend(left_out.map(|(name, _)| {
            format!("the header `{name}` is missing, because its value was not recorded")
        }));
    }
    set_length(&mut received);
    Ok((received, notes))
}

/// Corrects the length of a body that was edited.
fn set_length(received: &mut Received) {
    let length = received.body.len().to_string();
    for (name, value) in &mut received.headers {
        if name.eq_ignore_ascii_case("content-length") {
            length.clone_into(value);
        }
    }
}

fn split_query(path: &str) -> (String, String) {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    (path.to_owned(), query.to_owned())
}
