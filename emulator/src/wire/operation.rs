//! What an operation takes, as data.

use http::Method;

use super::query::Parameter;
use super::shape::Field;

/// An operation of an API. `Run` is the function that performs it.
#[derive(Debug)]
pub(crate) struct Operation<Run: 'static> {
    /// The name in the documents of the API.
    pub(crate) name: &'static str,
    pub(crate) method: Method,
    /// The path, with parameters in braces.
    pub(crate) path: &'static str,
    pub(crate) query: &'static [Parameter],
    /// The members of the body; empty if the operation has none.
    pub(crate) body: &'static [Field],
    pub(crate) run: Run,
}
