//! Workspaces: reading, listing, and their handles.

use http::Method;
use serde_json::{Value, json};

use super::account::{self, Workspace};
use super::call::{Call, Operation, shown_time};
use super::page::Listing;
use crate::wire::answer::Answer;
use crate::wire::failure::{Failure, Result};
use crate::wire::query::{Kind, NEXT_TOKEN, parameter};
use crate::wire::shape::{Field, Shape, TEXT, optional, required};

const UPDATE: &[Field] = &[
    optional("name", Shape::Text { min: 1, max: 64 }),
    optional(
        "spendingLimit",
        Shape::Number {
            min: 5.0,
            max: 1000.0,
        },
    ),
    optional("about", TEXT),
    optional("profilePicture", TEXT),
    optional("contactEmail", TEXT),
    optional("website", TEXT),
    optional("socialAccounts", Shape::List { of: &TEXT, max: 5 }),
    optional("isPublic", Shape::Boolean),
    optional(
        "handle",
        Shape::Form {
            min: 1,
            max: 64,
            is_form: is_handle,
            form: "at least 3 lower-case letters, digits, `-` and `_`, with a letter or a digit at both ends",
        },
    ),
];

const AVAILABILITY: &[Field] = &[required(
    "handle",
    Shape::Form {
        min: 1,
        max: 50,
        is_form: has_signs_of_handle,
        form: "lower-case letters, digits, `-` and `_`",
    },
)];

pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        name: "listWorkspaces",
        method: Method::GET,
        path: "/v1/admin/workspaces",
        query: &[NEXT_TOKEN, parameter("handle", Kind::Text)],
        body: &[],
        run: list,
    },
    Operation {
        name: "getWorkspace",
        method: Method::GET,
        path: "/v1/admin/workspaces/{id}",
        query: &[],
        body: &[],
        run: |call| Ok(Answer::ok(shown(call, &own(call)?)?)),
    },
    Operation {
        name: "updateWorkspace",
        method: Method::PUT,
        path: "/v1/admin/workspaces/{id}",
        query: &[],
        body: UPDATE,
        run: update,
    },
    Operation {
        name: "checkHandleAvailability",
        method: Method::PUT,
        path: "/v1/admin/workspaces/handle-availability",
        query: &[],
        body: AVAILABILITY,
        run: check_availability,
    },
];

/// Whether a handle has the signs of one: `^[a-z0-9-_]+$`.
fn has_signs_of_handle(text: &str) -> bool {
    let is_sign =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte);
    !text.is_empty() && text.bytes().all(is_sign)
}

/// Whether a text is a handle: `^[0-9a-z][a-z0-9-_]+[0-9a-z]$`.
fn is_handle(text: &str) -> bool {
    let is_end = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric());
    text.len() >= 3
        && has_signs_of_handle(text)
        && is_end(text.bytes().next())
        && is_end(text.bytes().next_back())
}

/// The workspace that the path names.
fn own(call: &Call<'_>) -> Result<Workspace> {
    let id = call.parameter(0);
    let found = account::workspace(call.database, id)?;
    let own = found.filter(|workspace| workspace.account_id == call.account_id);
    own.ok_or_else(|| Failure::not_found("workspace", id))
}

fn list(call: &mut Call<'_>) -> Result<Answer> {
    let mut listing = Listing::of("admin_workspaces");
    listing.filter("account_id = ?", Some(call.account_id.clone()));
    listing.filter("handle = ?", call.query.text("handle").map(str::to_owned));
    let (found, meta) = listing.read(call, account::read)?;
    let shown: Vec<_> = found
        .iter()
        .map(|workspace| shown(call, workspace))
        .collect::<Result<_>>()?;
    Ok(Answer::ok(json!({ "workspaces": shown, "meta": meta })))
}

fn update(call: &mut Call<'_>) -> Result<Answer> {
    let mut workspace = own(call)?;
    workspace.updated = call.moment();
    for (member, value) in call.body.clone() {
        match (member.as_str(), value) {
            ("name", Value::String(name)) => workspace.name = name,
            ("handle", Value::String(handle)) => claim(call, &mut workspace, handle)?,
            (_, value) => {
                workspace.profile.insert(member, value);
            }
        }
    }
    account::update(call.database, &workspace)?;
    Ok(Answer::ok(shown(call, &workspace)?))
}

fn claim(call: &Call<'_>, workspace: &mut Workspace, handle: String) -> Result<()> {
    let holder = account::with_handle(call.database, &handle)?;
    if holder.is_some_and(|holder| holder.id != workspace.id) {
        let message = format!("another workspace has the handle {handle:?}");
        return Err(Failure::exists(message));
    }
    workspace.handle = Some(handle);
    Ok(())
}

fn check_availability(call: &mut Call<'_>) -> Result<Answer> {
    let handle = call.text("handle").unwrap_or_default();
    let Some(holder) = account::with_handle(call.database, handle)? else {
        return Ok(Answer::ok(json!({ "available": true, "suggestions": [] })));
    };
    let mut suggestions = (2..).map(|number| format!("{handle}-{number}"));
    let mut free = Vec::new();
    while free.len() < 3
        && let Some(suggestion) = suggestions.next()
    {
        if account::with_handle(call.database, &suggestion)?.is_none() {
            free.push(suggestion);
        }
    }
    let answer = json!({ "available": false, "suggestions": free, "usedBy": holder.id });
    Ok(Answer::ok(answer))
}

fn shown(call: &Call<'_>, workspace: &Workspace) -> Result<Value> {
    let mut shown = json!({
        "id": workspace.id,
        "name": workspace.name,
        "ownerId": workspace.account_id,
        "createdAt": shown_time(workspace.created),
        "updatedAt": shown_time(workspace.updated),
        "botCount": super::bots::count(call.database)?,
        "billingVersion": "v3",
        "plan": "community",
        "blocked": false,
        "spendingLimit": 5,
        "activeTrialId": null,
    });
    if let Some(handle) = &workspace.handle {
        shown["handle"] = handle.as_str().into();
    }
    for (member, value) in &workspace.profile {
        shown[member] = value.clone();
    }
    Ok(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handle_has_a_letter_or_a_digit_at_both_ends() {
        for handle in ["abc", "a-c", "0_9", "acme-inc"] {
            assert!(is_handle(handle), "{handle}");
        }
        for other in ["ab", "-bc", "ab_", "Abc", "a c", "a/c", ""] {
            assert!(!is_handle(other), "{other}");
        }
        assert!(has_signs_of_handle("-a"));
        assert!(!has_signs_of_handle("a.b"));
    }
}
