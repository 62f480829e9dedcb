//! The buttons of an instance.

use axum::extract::Path;
use axum::response::{IntoResponse as _, Redirect, Response};

use crate::inspector::failure::Answer;
use crate::inspector::named::Named;
use crate::inspector::page::{self, ROOT};
use crate::inspector::run;
use crate::inspector::sent::Sent;
use crate::platform::{PlatformError, RegistrationStatus};

pub(in crate::inspector) async fn register(
    Named(inspector): Named,
    Path(webhook_id): Path<String>,
    _: Sent,
) -> Answer {
    inspector.platform.register(&webhook_id).await?;
    inspector.instance_changed();
    Ok(back(&webhook_id, ""))
}

pub(in crate::inspector) async fn unregister(
    Named(inspector): Named,
    Path(webhook_id): Path<String>,
    _: Sent,
) -> Answer {
    inspector.platform.unregister(&webhook_id).await?;
    inspector.instance_changed();
    Ok(back(&webhook_id, ""))
}

pub(in crate::inspector) async fn ping(
    Named(inspector): Named,
    Path(webhook_id): Path<String>,
    _: Sent,
) -> Answer {
    let exchange = match inspector.platform.ping(&webhook_id).await {
        Ok(answer) => answer.exchange,
        Err(PlatformError::Call(failed)) => failed.exchange,
        Err(other) => return Err(other.into()),
    };
    let address = run::address(&page::of_instance(&webhook_id), &exchange);
    Ok(Redirect::to(&address).into_response())
}

pub(in crate::inspector) async fn rotate(
    Named(inspector): Named,
    Path(webhook_id): Path<String>,
    _: Sent,
) -> Answer {
    inspector.platform.rotate_signing_secret()?;
    Ok(back(&webhook_id, "?done=rotated"))
}

/// Calls `unregister`, and removes the instance if that succeeds.
pub(in crate::inspector) async fn uninstall(
    Named(inspector): Named,
    Path(webhook_id): Path<String>,
    _: Sent,
) -> Answer {
    let instance = inspector.platform.uninstall(&webhook_id).await?;
    inspector.instance_changed();
    if instance.status == RegistrationStatus::Unregistered {
        Ok(Redirect::to(ROOT).into_response())
    } else {
        Ok(back(&webhook_id, ""))
    }
}

pub(in crate::inspector) async fn remove(
    Named(inspector): Named,
    Path(webhook_id): Path<String>,
    _: Sent,
) -> Answer {
    inspector.platform.remove(&webhook_id)?;
    inspector.instance_changed();
    Ok(Redirect::to(ROOT).into_response())
}

fn back(webhook_id: &str, query: &str) -> Response {
    Redirect::to(&format!("{}{query}", page::of_instance(webhook_id))).into_response()
}
