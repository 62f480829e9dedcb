//! Requests for a verification by Botpress.

use super::{lookup, record};
use crate::admin::call::Call;
use crate::wire::answer::Answer;
use crate::wire::failure::Result;

/// Notes that the verification is wanted. The emulator never approves it.
pub(super) fn request(call: &mut Call<'_>) -> Result<Answer> {
    let id = call.text("integrationId").unwrap_or_default();
    let mut record = lookup::own(call, id)?;
    if record.verification != "approved" {
        "pending".clone_into(&mut record.verification);
        record::write(call.database, &record)?;
    }
    Ok(Answer::empty())
}
