//! Creation of an integration.

use semver::Version;
use serde_json::{Map, Value, json};

use super::parts::{self, NewContents};
use super::record::{self, Record, Visibility};
use super::{breaking, check, shown};
use crate::admin::account::Workspace;
use crate::admin::call::Call;
use crate::admin::effect::Effect;
use crate::ids::IdKind;
use crate::platform::create_identity;
use crate::wire::answer::Answer;
use crate::wire::failure::{Failure, Result};

/// The most versions of an integration.
const MOST_VERSIONS: usize = 200;

/// A body that is accepted.
struct Accepted {
    record: Record,
    contents: NewContents,
}

pub(super) fn create(call: &mut Call<'_>) -> Result<Answer> {
    let Accepted {
        mut record,
        contents,
    } = accept(call)?;
    let secret = create_identity(call.database, &record.id, call.now)?;
    let has_icon = contents.has_icon();
    contents.store(call, &mut record)?;
    record::write(call.database, &record)?;
    if has_icon {
        record::share_icon(call.database, &record)?;
    }
    call.effects.push(Effect::Created(record.id.clone()));
    let shown = shown::whole(call, &record, &secret)?;
    Ok(Answer::ok(json!({ "integration": shown })))
}

pub(super) fn validate(call: &mut Call<'_>) -> Result<Answer> {
    accept(call)?;
    Ok(Answer::empty())
}

fn accept(call: &mut Call<'_>) -> Result<Accepted> {
    let workspace = call.workspace()?;
    let name = call.text("name").unwrap_or_default().to_owned();
    let version = call.text("version").unwrap_or_default().to_owned();
    let is_dev = call.body.get("dev").is_some_and(|dev| dev == true);
    check_name(&workspace, &name)?;
    let parsed = Version::parse(&version).map_err(|_| {
        Failure::invalid(format!(
            "version must be a semantic version, and is {version:?}"
        ))
    })?;
    let definition = parts::definition(&call.body);
    check::definition(call.database, &definition)?;
    let earlier = record::versions(call.database, &name)?;
    if !is_dev {
        check_version(call, &parsed, &earlier, &definition)?;
    }
    let kind = if is_dev {
        IdKind::DevIntegration
    } else {
        IdKind::IntegrationVersion
    };
    let contents = NewContents::read(&call.body)?;
    let record = Record {
        id: call.new_id(kind),
        workspace_id: workspace.id,
        name,
        version,
        is_dev,
        visibility: parts::visibility(&call.body).unwrap_or(Visibility::Private),
        verification: "unapproved".to_owned(),
        url: parts::url(&call.body, None)?,
        definition,
        secrets: inherited_secrets(call, &parsed, &earlier),
        code: None,
        icon: earlier.iter().find_map(|one| one.icon.clone()),
        readme: None,
        created: call.moment(),
        updated: call.moment(),
    };
    check::secrets(&record.secrets)?;
    Ok(Accepted { record, contents })
}

/// A name begins with the handle of its workspace.
fn check_name(workspace: &Workspace, name: &str) -> Result<()> {
    let Some(handle) = &workspace.handle else {
        let message = "the workspace has no handle, with which the name of an integration begins: claim one first";
        return Err(Failure::forbidden(message));
    };
    let own = name
        .strip_prefix(handle.as_str())
        .and_then(|rest| rest.strip_prefix('/'));
    let is_sign =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte);
    match own {
        None => Err(Failure::forbidden(format!(
            "the name must begin with the handle of the workspace, as {handle}/{}",
            name.rsplit('/').next().unwrap_or_default()
        ))),
        Some(own) if own.is_empty() || !own.bytes().all(is_sign) => Err(Failure::invalid(
            "the name behind the handle must have lower-case letters, digits, `-` and `_`",
        )),
        Some(_) => Ok(()),
    }
}

fn check_version(
    call: &Call<'_>,
    version: &Version,
    earlier: &[Record],
    definition: &Map<String, Value>,
) -> Result<()> {
    if let Some(known) = earlier
        .iter()
        .find(|known| known.version == version.to_string())
    {
        let message = format!("{} {} exists already: update it", known.name, known.version);
        return Err(Failure::exists(message));
    }
    if earlier.len() >= MOST_VERSIONS {
        let message = format!("an integration can have at most {MOST_VERSIONS} versions");
        return Err(Failure::limit(message));
    }
    match predecessor(version, earlier) {
        Some(predecessor) if !breaking::is_bypassed(call) => {
            breaking::check(version, predecessor, definition)
        }
        _ => Ok(()),
    }
}

/// The highest of the earlier versions.
fn predecessor<'a>(version: &Version, all: &'a [Record]) -> Option<&'a Record> {
    let parsed = all.iter().filter_map(|one| {
        let parsed = Version::parse(&one.version).ok()?;
        Some((parsed, one))
    });
    let earlier = parsed.filter(|(parsed, _)| parsed < version);
    let last = earlier.max_by(|(one, _), (other, _)| one.cmp(other));
    last.map(|(_, record)| record)
}

/// A new version has the secrets of its predecessor, with the changes of the body.
fn inherited_secrets(call: &Call<'_>, version: &Version, earlier: &[Record]) -> Map<String, Value> {
    let before = predecessor(version, earlier).map(|record| record.secrets.clone());
    parts::secrets(&call.body, &before.unwrap_or_default())
}
