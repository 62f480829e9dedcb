//! Where a webhook request goes.

use axum::response::{IntoResponse as _, Response};

use super::responses::{no_state, unidentified, unknown};
use super::route::Route;
use super::{Received, authorization, interstitial};
use crate::exchange::Secrets;
use crate::platform::Platform;
use crate::platform::error::PlatformError;
use crate::platform::instance::Instance;
use crate::platform::scripts::ScriptError;

/// Where a request goes, and what becomes of it.
pub(super) enum Target {
    Instance(Box<Instance>, String),
    /// A response of the platform, and what a reader of the record has to know.
    Answer(Response, Option<String>),
}

impl Platform {
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

    /// The secrets in a request to the shared OAuth address.
    pub(super) fn secrets_in(&self, received: &Received) -> Secrets {
        match Route::of(&received.path, self.definition().name()) {
            Route::OAuth { .. } => authorization::secrets(received),
            _ => Secrets::new(),
        }
    }

    /// Finds the instance, or the answer of the platform.
    pub(super) async fn target(&self, received: &Received) -> Result<Target, PlatformError> {
        let definition = self.definition();
        let to =
            |instance: Instance, path: &str| Target::Instance(Box::new(instance), path.to_owned());
        match Route::of(&received.path, definition.name()) {
            Route::Instance { webhook_id, path } => Ok(to(self.active(webhook_id)?, path)),
            Route::OAuth { path } => match received.parameter("state") {
                Some(state) => Ok(to(self.active(&state)?, path)),
                None => Ok(Target::Answer(no_state(), None)),
            },
            Route::Global { path } => {
                let (platform, received) = (self.clone(), received.clone());
                let path = path.to_owned();
                // A script runs in another process, which blocks.
                let target =
                    tokio::task::spawn_blocking(move || platform.global_target(&received, &path));
                target.await.map_err(|_| ScriptError::Panicked)?
            }
            Route::Interstitial => Ok(Target::Answer(interstitial::page(received), None)),
            Route::Unknown => Ok(Target::Answer(unknown(definition.name()), None)),
        }
    }

    /// Finds the instance by its identifier. The definition can answer in its place.
    fn global_target(&self, received: &Received, path: &str) -> Result<Target, PlatformError> {
        let (identifier, failure) = match self.extract_identifier(received, path) {
            Err(PlatformError::Script(ScriptError::Run(failure))) => {
                (None, Some(format!("the extractScript failed: {failure}")))
            }
            extracted => (extracted?, None),
        };
        let instance = match &identifier {
            Some(identifier) => self.identified(identifier)?,
            None => None,
        };
        if let Some(instance) = instance {
            return Ok(Target::Instance(Box::new(instance), path.to_owned()));
        }
        if let Some(answer) = self.fallback_answer(received, path)? {
            let response = (answer.status, answer.headers, answer.body).into_response();
            Ok(Target::Answer(response, failure))
        } else {
            let response = unidentified(identifier.as_deref(), failure.as_deref());
            Ok(Target::Answer(response, failure))
        }
    }
}
