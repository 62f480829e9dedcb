//! The hub: what all workspaces can find.

use http::Method;
use semver::Version;
use serde_json::{Value, json};

use super::call::{Call, Operation, shown_time};
use super::integrations::{self, Visibility};
use super::interfaces::{self, Interface};
use crate::wire::answer::Answer;
use crate::wire::failure::{Failure, Result};
use crate::wire::query::{Kind, NEXT_TOKEN, parameter};

/// The sections of an interface.
const SECTIONS: [&str; 4] = ["entities", "events", "actions", "channels"];

pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        name: "listPublicIntegrations",
        method: Method::GET,
        path: "/v1/admin/hub/integrations",
        query: integrations::LIST,
        body: &[],
        run: integrations::list_public,
    },
    Operation {
        name: "getPublicIntegrationById",
        method: Method::GET,
        path: "/v1/admin/hub/integrations/{id}",
        query: &[],
        body: &[],
        run: integration_by_id,
    },
    Operation {
        name: "getPublicIntegration",
        method: Method::GET,
        path: "/v1/admin/hub/integrations/{name}/{version}",
        query: &[],
        body: &[],
        run: integration,
    },
    Operation {
        name: "listPublicInterfaces",
        method: Method::GET,
        path: "/v1/admin/hub/interfaces",
        query: &[
            NEXT_TOKEN,
            parameter("name", Kind::Text),
            parameter("version", Kind::Text),
        ],
        body: &[],
        run: list_interfaces,
    },
    Operation {
        name: "getPublicInterfaceById",
        method: Method::GET,
        path: "/v1/admin/hub/interfaces/{id}",
        query: &[],
        body: &[],
        run: interface_by_id,
    },
    Operation {
        name: "getPublicInterface",
        method: Method::GET,
        path: "/v1/admin/hub/interfaces/{name}/{version}",
        query: &[],
        body: &[],
        run: interface_by_name,
    },
];

fn integration_by_id(call: &mut Call<'_>) -> Result<Answer> {
    let id = call.parameter(0);
    let found = integrations::find(call.database, id)?;
    let open = found.filter(|record| record.visibility != Visibility::Private);
    let record = open.ok_or_else(|| Failure::not_found("integration", id))?;
    let shown = integrations::public(call, &record)?;
    Ok(Answer::ok(json!({ "integration": shown })))
}

fn integration(call: &mut Call<'_>) -> Result<Answer> {
    let record = integrations::find_public(call.database, call.parameter(0), call.parameter(1))?;
    let shown = integrations::public(call, &record)?;
    Ok(Answer::ok(json!({ "integration": shown })))
}

fn interface_by_id(call: &mut Call<'_>) -> Result<Answer> {
    let id = call.parameter(0);
    let found = interfaces::find(call.database, id)?;
    let found = found.ok_or_else(|| Failure::not_found("interface", id))?;
    Ok(Answer::ok(json!({ "interface": shown(&found) })))
}

fn interface_by_name(call: &mut Call<'_>) -> Result<Answer> {
    let (name, version) = (call.parameter(0), call.parameter(1));
    let wanted = integrations::read_version(version)?;
    let named = interfaces::all(call.database)?.into_iter();
    let named = named.filter(|one| one.name == name);
    let parsed = named.filter_map(|one| Some((Version::parse(&one.version).ok()?, one)));
    let found = wanted.best(parsed);
    let found =
        found.ok_or_else(|| Failure::not_found("interface", &format!("{name}@{version}")))?;
    Ok(Answer::ok(json!({ "interface": shown(&found) })))
}

/// All interfaces are on one page.
fn list_interfaces(call: &mut Call<'_>) -> Result<Answer> {
    let wanted = call.query.text("version").map(integrations::read_version);
    let wanted = wanted.transpose()?;
    let mut found = interfaces::all(call.database)?;
    found.retain(|one| {
        let version = Version::parse(&one.version);
        let fits = wanted.as_ref().is_none_or(|wanted| {
            version.is_ok_and(|version| wanted.best([(version, ())]).is_some())
        });
        fits && call.query.text("name").is_none_or(|name| one.name == name)
    });
    let shown: Vec<_> = found.iter().map(summary).collect();
    Ok(Answer::ok(json!({ "interfaces": shown, "meta": {} })))
}

fn summary(interface: &Interface) -> Value {
    let text = |name: &str| interface.definition.get(name).and_then(Value::as_str);
    json!({
        "id": interface.id,
        "createdAt": shown_time(interface.created),
        "updatedAt": shown_time(interface.created),
        "name": interface.name,
        "version": interface.version,
        "title": text("title").unwrap_or(&interface.name),
        "description": text("description").unwrap_or_default(),
        "iconUrl": "",
        "readmeUrl": "",
        "public": true,
    })
}

fn shown(interface: &Interface) -> Value {
    let mut shown = summary(interface);
    for section in SECTIONS {
        let declared = interface.definition.get(section).cloned();
        shown[section] = declared.unwrap_or_else(|| json!({}));
    }
    for member in ["nameTemplate", "attributes"] {
        if let Some(value) = interface.definition.get(member) {
            shown[member] = value.clone();
        }
    }
    shown
}
