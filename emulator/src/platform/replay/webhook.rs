//! Replays of webhook requests.

use super::headers::RestoredHeaders;
use super::signature::ReplaySignature;
use super::{ReplayEdit, Replayed, replayed_body, restored, restored_text};
use crate::exchange::{Exchange, Secrets};
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
            None => self.all_secrets(),
        };
        let signing = edit.signing.clone();
        let recorded = recorded_request(exchange, &edit, &secrets)?;
        let (edited, mut notes) = edited_request(exchange, &recorded, edit, &secrets)?;
        let replayed = match &instance {
            Some(instance) => {
                let signature = ReplaySignature {
                    platform: self,
                    instance,
                    secrets: &secrets,
                    signing,
                };
                let (signed, note) = signature.sign(&recorded.request, edited, exchange.started);
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

/// The recorded request. Headers whose values were not recorded are left out.
struct Recorded {
    request: Received,
    left_out: Vec<String>,
}

/// Reads the recorded request. What is edited does not need its secrets.
fn recorded_request(
    exchange: &Exchange,
    edit: &ReplayEdit,
    secrets: &Secrets,
) -> Result<Recorded, PlatformError> {
    let request = &exchange.request;
    let headers = match RestoredHeaders::of(&request.headers, secrets) {
        Err(_) if edit.headers.is_some() => RestoredHeaders::of(&[], secrets)?,
        restored => restored?,
    };
    let path = match restored_text(&request.path, secrets) {
        Err(_) if edit.path.is_some() => request.path.clone(),
        restored => restored?,
    };
    let body = match restored(request.body.bytes(), secrets) {
        Err(_) if edit.body.is_some() => Vec::new(),
        restored => restored?,
    };
    let (path, query) = split_query(&path);
    Ok(Recorded {
        request: Received {
            method: request.method.clone(),
            path,
            query,
            headers: headers.headers,
            body: body.into(),
        },
        left_out: headers.left_out,
    })
}

/// Applies an edit. Returns notes on what the replay lacks.
fn edited_request(
    exchange: &Exchange,
    recorded: &Recorded,
    edit: ReplayEdit,
    secrets: &Secrets,
) -> Result<(Received, Vec<String>), PlatformError> {
    let mut received = recorded.request.clone();
    let mut left_out = recorded.left_out.clone();
    received.body = replayed_body(exchange, edit.body, secrets)?.into();
    if let Some(method) = edit.method {
        received.method = method;
    }
    if let Some(path) = edit.path {
        (received.path, received.query) = split_query(&restored_text(&path, secrets)?);
    }
    if let Some(headers) = edit.headers {
        let restored = RestoredHeaders::of(&headers, secrets)?;
        (received.headers, left_out) = (restored.headers, restored.left_out);
    }
    set_length(&mut received);
    let notes = left_out
        .into_iter()
        .map(|name| format!("the header `{name}` is missing, because its value was not recorded"));
    Ok((received, notes.collect()))
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
