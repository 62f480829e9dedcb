//! Where every Rust name comes from. `codegen/docs/names.md` has the rule for authors, with examples.
//!
//! - The words of a source, in the case that Rust wants: `createIssue` is `CreateIssue` and `create_issue` ([`words`]).
//! - Names that fold into one are told apart by how they are written ([`distinct()`]).
//! - A type is called after its place ([`allocate()`]).

mod allocate;
mod case;
mod distinct;
mod methods;
mod reserved;
mod signs;
mod styles;
mod words;

pub(crate) use allocate::{FixedName, allocate};
pub(crate) use case::{ORDINALS, chosen, module, snake, upper_camel};
pub(crate) use distinct::{Case, Distinct, Source, distinct};
pub(crate) use methods::{default_method, setter};
pub(crate) use reserved::{OF_CONFIGURATIONS, OF_PAYLOADS};
