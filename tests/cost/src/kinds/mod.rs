//! The kinds of work, one file for each group.

mod calls;
mod formats;
mod json;
mod keywords;
mod patterns;
mod schema;
mod unions;
mod webhook;

pub use self::schema::Validation;
use crate::Kind;

/// Every kind.
#[must_use]
pub fn all() -> Vec<Kind> {
    let validations = validations();
    let validations = validations.iter().map(Validation::kind).collect();
    let groups = [json::kinds(), validations, calls::kinds(), webhook::kinds()];
    groups.into_iter().flatten().collect()
}

/// The kinds that validate against a schema.
#[must_use]
pub fn validations() -> Vec<Validation> {
    let groups = [
        keywords::validations(),
        unions::validations(),
        formats::validations(),
        patterns::validations(),
    ];
    groups.into_iter().flatten().collect()
}
