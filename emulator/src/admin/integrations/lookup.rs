//! Finding integrations: by id, by name and version, in lists.

use rusqlite::Connection;
use semver::Version;
use serde_json::json;

use super::record::{self, Record, Visibility};
use super::shown;
use crate::admin::call::Call;
use crate::admin::version::Wanted;
use crate::wire::answer::Answer;
use crate::wire::failure::{Failure, Result};
use crate::wire::limits::PAGE_SIZE;

pub(super) fn get(call: &mut Call<'_>) -> Result<Answer> {
    let record = own(call, call.parameter(0))?;
    let shown = shown::whole(call, &record, "")?;
    Ok(Answer::ok(json!({ "integration": shown })))
}

pub(super) fn get_by_name(call: &mut Call<'_>) -> Result<Answer> {
    let workspace = call.workspace()?;
    let (name, version) = (call.parameter(0), call.parameter(1));
    let versions = record::versions(call.database, name)?;
    let own = versions.into_iter();
    let own = own.filter(|record| record.workspace_id == workspace.id);
    let found = best(version, own)?;
    let record = found.ok_or_else(|| not_found(name, version))?;
    let shown = shown::whole(call, &record, "")?;
    Ok(Answer::ok(json!({ "integration": shown })))
}

/// An integration of the workspace.
pub(in crate::admin) fn own(call: &Call<'_>, id: &str) -> Result<Record> {
    let workspace = call.workspace()?;
    let found = record::find(call.database, id)?;
    let own = found.filter(|record| record.workspace_id == workspace.id);
    own.ok_or_else(|| Failure::not_found("integration", id))
}

/// An integration that others can find by its name and version.
pub(in crate::admin) fn find_public(
    database: &Connection,
    name: &str,
    version: &str,
) -> Result<Record> {
    let versions = record::versions(database, name)?.into_iter();
    let open = versions.filter(|record| record.visibility != Visibility::Private);
    best(version, open)?.ok_or_else(|| not_found(name, version))
}

fn best(version: &str, records: impl Iterator<Item = Record>) -> Result<Option<Record>> {
    let wanted = read_version(version)?;
    let parsed = records.filter_map(|record| Some((Version::parse(&record.version).ok()?, record)));
    Ok(wanted.best(parsed))
}

/// Reads a version of a path.
pub(in crate::admin) fn read_version(text: &str) -> Result<Wanted> {
    Wanted::read(text).ok_or_else(|| {
        Failure::invalid(format!(
            "{text:?} is neither a version, nor a range of versions, nor `latest`"
        ))
    })
}

fn not_found(name: &str, version: &str) -> Failure {
    Failure::not_found("integration", &format!("{name}@{version}"))
}

pub(super) fn list(call: &mut Call<'_>) -> Result<Answer> {
    let workspace = call.workspace()?;
    let is_dev = call.query.boolean("dev").unwrap_or(false);
    let visibility = call.query.text("visibility");
    let is_wanted = |record: &Record| {
        let is_public = record.visibility == Visibility::Public;
        record.workspace_id == workspace.id
            && record.is_dev == is_dev
            && visibility.is_none_or(|wanted| is_public == (wanted == "public"))
    };
    let (found, meta) = search(call, is_wanted)?;
    let shown: Vec<_> = found
        .iter()
        .map(|record| shown::summary(call, record))
        .collect();
    Ok(Answer::ok(json!({ "integrations": shown, "meta": meta })))
}

/// The public integrations.
pub(in crate::admin) fn list_public(call: &mut Call<'_>) -> Result<Answer> {
    let is_wanted = |record: &Record| record.visibility == Visibility::Public;
    let (found, meta) = search(call, is_wanted)?;
    let shown: Vec<_> = found
        .iter()
        .map(|record| shown::public_summary(call, record))
        .collect::<Result<_>>()?;
    Ok(Answer::ok(json!({ "integrations": shown, "meta": meta })))
}

/// A page of the integrations that the query and `is_wanted` leave, and `meta`.
pub(in crate::admin) fn search(
    call: &Call<'_>,
    is_wanted: impl Fn(&Record) -> bool,
) -> Result<(Vec<Record>, serde_json::Value)> {
    let mut found = record::all(call.database)?;
    let wanted_version = call.query.text("version").map(read_version).transpose()?;
    let installed = installed_in(call)?;
    found.retain(|record| {
        let fits_version = wanted_version.as_ref().is_none_or(|wanted| {
            let version = Version::parse(&record.version);
            version.is_ok_and(|version| wanted.best([(version, ())]).is_some())
        });
        let is_installed = installed
            .as_ref()
            .is_none_or(|ids| ids.contains(&record.id));
        is_wanted(record) && fits_version && is_installed && fits_query(call, record)
    });
    sort(call, &mut found);
    page(call, found)
}

fn fits_query(call: &Call<'_>, record: &Record) -> bool {
    let query = |name: &str| call.query.text(name);
    let text = |name: &str| record.definition.get(name).and_then(|text| text.as_str());
    let contains = |text: &str, part: &str| text.to_lowercase().contains(&part.to_lowercase());
    let interfaces = record.definition.get("interfaces");
    let interfaces = || {
        interfaces
            .and_then(|all| all.as_object())
            .into_iter()
            .flatten()
    };
    query("name").is_none_or(|name| record.name == name)
        && query("verificationStatus").is_none_or(|status| record.verification == status)
        && query("interfaceId").is_none_or(|id| interfaces().any(|(_, one)| one["id"] == id))
        && query("interfaceName")
            .is_none_or(|name| interfaces().any(|(key, _)| key.split('<').next() == Some(name)))
        && query("search").is_none_or(|part| {
            let texts = [
                Some(record.name.as_str()),
                text("title"),
                text("description"),
            ];
            texts.into_iter().flatten().any(|text| contains(text, part))
        })
}

fn installed_in(call: &Call<'_>) -> Result<Option<Vec<String>>> {
    let Some(bot_id) = call.query.text("installedByBotId") else {
        return Ok(None);
    };
    let sql = "SELECT integration_id FROM platform_instances WHERE bot_id = ?1";
    let mut statement = call.database.prepare_cached(sql)?;
    let ids = statement.query_map([bot_id], |row| row.get(0))?;
    Ok(Some(ids.collect::<rusqlite::Result<_>>()?))
}

/// The newest first, unless the query names another order.
fn sort(call: &Call<'_>, found: &mut [Record]) {
    let by = call.query.text("sortBy").unwrap_or("createdAt");
    found.sort_by(|one, other| match by {
        "name" => (&one.name, &one.id).cmp(&(&other.name, &other.id)),
        "updatedAt" => (one.updated, &one.id).cmp(&(other.updated, &other.id)),
        // There is no popularity on one machine.
        _ => one.id.cmp(&other.id),
    });
    let usual = if by == "name" { "asc" } else { "desc" };
    if call.query.text("direction").unwrap_or(usual) == "desc" {
        found.reverse();
    }
}

/// The page after the integration that `nextToken` names.
fn page(call: &Call<'_>, found: Vec<Record>) -> Result<(Vec<Record>, serde_json::Value)> {
    let size = call.query.count("limit").unwrap_or(PAGE_SIZE.0);
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    if !(1..=100).contains(&size) {
        return Err(Failure::invalid_query("limit must be from 1 to 100"));
    }
    let token = call.query.text("nextToken");
    let start = match token {
        None => 0,
        Some(token) => {
            let place = found.iter().position(|record| record.id == token);
            place.map_or(found.len(), |place| place + 1)
        }
    };
    let has_more = found.len() > start + size;
    let page: Vec<_> = found.into_iter().skip(start).take(size).collect();
    let last = page.last().filter(|_| has_more);
    let meta = match last {
        Some(last) => json!({ "nextToken": last.id }),
        None => json!({}),
    };
    Ok((page, meta))
}
