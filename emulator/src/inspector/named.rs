//! The integration that a page is about: the one that runs on this machine, or one that was deployed.

use std::convert::Infallible;

use axum::extract::{FromRequestParts, RawPathParams};
use http::request::Parts;

use super::state::Inspector;
use crate::platform::Platform;

/// The inspector of the integration that the path names, by an id of it, of its instance, or of an exchange with that instance.
pub(super) struct Named(pub(super) Inspector);

impl FromRequestParts<Inspector> for Named {
    type Rejection = Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        inspector: &Inspector,
    ) -> Result<Self, Self::Rejection> {
        let deployed = inspector.integrations.deployed();
        if deployed.is_empty() {
            return Ok(Self(inspector.clone()));
        }
        let parameters = RawPathParams::from_request_parts(parts, inspector).await;
        let id = parameters.ok().and_then(|parameters| {
            let mut parameters = parameters.iter();
            let id = parameters.find(|(name, _)| *name == "id");
            id.map(|(_, id)| id.to_owned())
        });
        let found = id.and_then(|id| find(inspector, &deployed, &id));
        Ok(Self(match found {
            Some(platform) => inspector.about(platform),
            None => inspector.clone(),
        }))
    }
}

fn find(inspector: &Inspector, deployed: &[Platform], id: &str) -> Option<Platform> {
    let exchange = inspector.platform.recorder().find(id).ok().flatten();
    let of_exchange = exchange.and_then(|exchange| exchange.instance);
    let instance = of_exchange.as_deref().unwrap_or(id);
    let mut deployed = deployed.iter();
    let found = deployed.find(|one| one.integration_id() == id || one.instance(instance).is_ok());
    found.cloned()
}
