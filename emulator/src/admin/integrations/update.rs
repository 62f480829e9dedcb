//! Update of an integration, and new signing secrets.

use serde_json::json;

use super::parts::{self, NewContents};
use super::record::{self, Record, Visibility};
use super::{check, lookup, merge, shown};
use crate::admin::body;
use crate::admin::call::Call;
use crate::admin::effect::Effect;
use crate::platform::rotate_signing_secret as rotate;
use crate::wire::answer::Answer;
use crate::wire::failure::{Failure, Result};

pub(super) fn update(call: &mut Call<'_>) -> Result<Answer> {
    let (mut record, contents) = accept(call)?;
    let has_icon = contents.has_icon();
    contents.store(call, &mut record)?;
    record::write(call.database, &record)?;
    if has_icon {
        record::share_icon(call.database, &record)?;
    }
    call.effects.push(Effect::Updated(record.id.clone()));
    let shown = shown::whole(call, &record, "")?;
    Ok(Answer::ok(json!({ "integration": shown })))
}

pub(super) fn validate(call: &mut Call<'_>) -> Result<Answer> {
    accept(call)?;
    Ok(Answer::empty())
}

fn accept(call: &mut Call<'_>) -> Result<(Record, NewContents)> {
    let mut record = lookup::own(call, call.parameter(0))?;
    if record.visibility != Visibility::Private {
        let message = format!(
            "{} {} is {}, so it cannot be updated: create a new version",
            record.name,
            record.version,
            record.visibility.as_str()
        );
        return Err(Failure::forbidden(message));
    }
    let contents = NewContents::read(&call.body)?;
    let changes = parts::definition(&call.body);
    record.definition = merge::merged(body::UPDATE, &record.definition, &changes);
    record.url = parts::url(&call.body, record.url.as_deref())?;
    record.secrets = parts::secrets(&call.body, &record.secrets);
    record.visibility = parts::visibility(&call.body).unwrap_or(record.visibility);
    record.updated = call.moment();
    check::definition(call.database, &record.definition)?;
    check::secrets(&record.secrets)?;
    Ok((record, contents))
}

/// The old secrets remain valid for a while.
pub(super) fn rotate_signing_secret(call: &mut Call<'_>) -> Result<Answer> {
    let record = lookup::own(call, call.parameter(0))?;
    let secret = rotate(call.database, &record.id, call.now)?;
    Ok(Answer::ok(json!({ "newSigningSecret": secret })))
}
