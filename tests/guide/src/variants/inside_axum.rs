//! The integration inside an axum application.

use axum::Router;
use axum::routing::get;
use contexture::prelude::*;
use contexture::{Service, VerifyCallsLayer};

use crate::desk::Definition;

pub(crate) fn application(
    integration: Service<Definition>,
    signing_secret: &str,
) -> Result<Router> {
    integration.check()?;
    let signed = VerifyCallsLayer::new([signing_secret])?;
    let integration = Router::new().fallback_service(integration).layer(signed);
    Ok(Router::new()
        .route("/about", get(|| async { "the help desk" }))
        .nest("/botpress", integration))
}
