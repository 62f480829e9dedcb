//! The data of an instance as it is now, from the API's storage.

mod api;
mod file;
mod page;
mod states;
mod table;

pub(super) use self::api::Data;
pub(super) use self::file::download;
pub(super) use self::page::show;
