//! Compares two versions of the definition of a Botpress integration: each change, whom it affects, and whether it breaks
//! something of theirs.
//!
//! ```
//! use std::time::Duration;
//!
//! use contexture_compare::{Verdict, ask::InProcess, compare};
//! use serde_json::json;
//!
//! let old = json!({ "name": "shop", "version": "1.0.0", "configuration": { "schema": { "type": "object" } } });
//! let mut new = old.clone();
//! new["configuration"]["schema"]["required"] = json!(["region"]);
//!
//! let report = compare(&old, &new, &InProcess::new(Duration::from_secs(2)));
//! assert_eq!(report.verdict(), Verdict::Breaks);
//! assert_eq!(report.changes[0].effects[0].value, Some(json!({})));
//! assert_eq!(report.version.least.as_deref(), Some("2.0.0"));
//! ```
//!
//! # How it works
//!
//! | phase | from | to |
//! |---|---|---|
//! | `definition` | two definitions | the places that differ: items, schemas, other values |
//! | `schema` | two versions of a schema | the changes of it, each of which can be made alone |
//! | `compare` | changes | questions, and from their answers the effects on others |
//! | [`ask`] | a question | *yes* by the algebra of schemas, *no* with a value that two validators judge, or *unknown* |
//!
//! Values go in one of two ways. What is given to the integration (configurations, inputs of actions, messages of bots, stored
//! states) has to be taken as before. What the integration gives (outputs of actions, events, messages of users) has to be
//! what it could be before.
//!
//! What is stored is not broken if a migration brings it along: [`Migrations`] says which ones there are.

#![warn(clippy::disallowed_methods)]

pub mod ask;
mod compare;
mod definition;
mod draft;
pub mod json;
mod pointer;
mod report;
pub mod sample;
mod schema;

pub use compare::{Migrations, OlderVersion, compare, compare_migrated};
pub use definition::Affected;
pub use report::{Change, Effect, Migration, Report, Step, Verdict, VersionCheck};
