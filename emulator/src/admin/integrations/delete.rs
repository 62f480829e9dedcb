//! Deletion of an integration.

use contexture::ApiErrorKind;

use super::lookup;
use crate::admin::call::Call;
use crate::admin::effect::Effect;
use crate::platform::delete_identity;
use crate::wire::answer::Answer;
use crate::wire::failure::{Failure, Result};

/// An integration that is installed in a bot cannot be deleted.
pub(super) fn delete(call: &mut Call<'_>) -> Result<Answer> {
    let record = lookup::own(call, call.parameter(0))?;
    let sql = "SELECT EXISTS (SELECT 1 FROM platform_instances WHERE integration_id = ?1)";
    let is_installed: bool = call
        .database
        .query_row(sql, [&record.id], |row| row.get(0))?;
    if is_installed {
        let message = format!(
            "{} {} is installed in a bot: uninstall it first",
            record.name, record.version
        );
        return Err(Failure::new(ApiErrorKind::ReferenceConstraint, message));
    }
    for table in [
        "admin_keys WHERE integration_id",
        "admin_integrations WHERE id",
    ] {
        let sql = format!("DELETE FROM {table} = ?1");
        call.database.execute(&sql, [&record.id])?;
    }
    delete_identity(call.database, &record.id)?;
    let own = [record.code, record.readme].into_iter().flatten();
    call.effects.extend(own.map(Effect::Obsolete));
    call.effects.push(Effect::Deleted(record.id));
    Ok(Answer::empty())
}
