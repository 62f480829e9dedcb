//! Calls of other integrations' actions.

use http::Method;

use crate::api::call::{Answer, Call, Operation};
use crate::wire::failure::{Failure, Result};
use crate::wire::shape::{Field, NAME, Shape, required};

const CALL: &[Field] = &[required("type", NAME), required("input", Shape::AnyObject)];

pub(super) const OPERATIONS: &[Operation] = &[Operation {
    name: "callAction",
    method: Method::POST,
    path: "/v1/chat/actions",
    query: &[],
    body: CALL,
    run: refuse,
}];

/// An integration runs alone in the emulator, so that it can call no action.
fn refuse(call: &mut Call<'_>) -> Result<Answer> {
    let action = call.text("type").unwrap_or_default();
    Err(match action.split_once(':') {
        Some((integration, _)) if integration != call.alias() => {
            Failure::no_reference("integration", integration)
        }
        _ => Failure::forbidden(format!(
            "an integration cannot call its own action {action:?}"
        )),
    })
}
