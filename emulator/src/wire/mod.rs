//! Requests and responses of Botpress's APIs: what an operation takes, and how it answers.
//!
//! An operation is a row of a table: its method, its path, its query parameters, and the members of its body.

pub(crate) mod answer;
pub(crate) mod failure;
pub(crate) mod headers;
pub(crate) mod limits;
pub(crate) mod operation;
pub(crate) mod query;
pub(crate) mod request;
pub(crate) mod router;
pub(crate) mod shape;
pub(crate) mod time;
