//! The tables of the database, which have one version together.

mod admin;
mod api;
mod exchange;
mod platform;

/// The SQL that creates the tables of each module, in the order of their references.
pub(crate) const ALL: &[&str] = &[
    api::API,
    exchange::EXCHANGE,
    platform::PLATFORM,
    admin::ADMIN,
];

/// The version of the tables. A file with another version is refused.
pub(crate) const VERSION: i64 = 2;
