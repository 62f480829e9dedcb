//! Files: their descriptions, their contents, and what is found in them.

mod copy;
mod describe;
mod knowledge_bases;
mod list;
mod media_type;
mod passages;
mod record;
mod search;
mod upload;
mod upsert;

pub(in crate::api) use self::upload::{answer_content, answer_upload, is_content};
use crate::api::call::Operation;

/// The operations of files.
pub(super) fn operations() -> impl Iterator<Item = &'static Operation> {
    let parts = [
        copy::OPERATIONS,
        describe::OPERATIONS,
        knowledge_bases::OPERATIONS,
        list::OPERATIONS,
        passages::OPERATIONS,
        search::OPERATIONS,
        upsert::OPERATIONS,
    ];
    parts.into_iter().flatten()
}
