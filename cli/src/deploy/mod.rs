//! `contexture deploy`.

mod body;
mod update;

pub(crate) use self::body::{BodyParts, Place, create_body};
pub(crate) use self::update::update_body;
