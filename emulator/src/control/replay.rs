//! Replays.

use contexture::Secret;
use serde::Deserialize;
use serde_json::Value;

use super::Control;
use super::body::Refusal;
use super::called::Called;
use super::webhook::provider_named;
use crate::platform::{ReplayEdit, WebhookSigning};

/// What is different in a replay.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct Edit {
    method: Option<String>,
    path: Option<String>,
    headers: Option<Vec<(String, String)>>,
    body: Option<String>,
    provider: Option<String>,
    secret: Option<String>,
}

impl Control {
    /// Repeats an exchange.
    pub(super) async fn replay(&self, id: &str, edit: Edit) -> Result<Value, Refusal> {
        self.check_here()?;
        self.check_serves()?;
        let signing = match (edit.provider, edit.secret) {
            (Some(provider), Some(secret)) => Some(WebhookSigning {
                provider: provider_named(&provider)?,
                secret: Secret::from(secret),
            }),
            (None, None) => None,
            _ => return Err(Refusal::wrong("`provider` and `secret` belong together")),
        };
        let edit = ReplayEdit {
            method: edit.method,
            path: edit.path,
            headers: edit.headers,
            body: edit.body.map(String::into_bytes),
            signing,
        };
        let replayed = self.platform.replay(id, edit).await?;
        self.result(Called {
            exchange: Some(replayed.exchange),
            problem: replayed.problem.map(|problem| problem.to_string()),
        })
        .await
    }
}
