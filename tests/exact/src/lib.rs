//! Measures how exact generated types are: which values they accept, and whether they preserve them.
//!
//! | program | measurement |
//! |---|---|
//! | `corpus` | real definitions: compilation, and the findings of rustdoc |
//! | `suite` | the JSON Schema Test Suite, each schema as the input of an action |
//! | `schemas` | schemas of any origin, with valid and invalid values |
//! | `properties` | real definitions: values made from every schema, valid ones and broken ones |
//! | `texts` | definitions of hostile texts: none becomes code, and the findings of rustdoc |
//! | `nodes` | real definitions: schemas that constrain the type and became `Value` |
//! | `names` | additions to definitions, drawn at random: every public name stays and means the same |
//! | `attributes` | the definitions of the repository: whether a missing attribute in their code is detected |
//! | `rebuild` | the packages that cargo compiles again when a definition changes, and when it does not |
//! | `projects` | projects of `contexture new`, from nothing and from real definitions: they build and their tests pass |
//! | `bars` | everything, with the required results |
//! | `size` | lines and time, compared with the output of typify alone for the same schemas |
//!
//! The data is not in the repository: `CONTEXTURE_SCHEMA_SUITE` names a folder with `tests/draft7` and `remotes`,
//! `CONTEXTURE_CORPUS` one with `integrations/`. Generated code is built and run in its own workspace below the target
//! folder. Numbers are compared as exact decimals, from the text, since the conversions of `serde_json` are part of
//! the measurement.

pub mod attributes;
pub mod bars;
mod cargo;
pub mod compiled;
pub mod corpus;
pub mod environment;
pub mod generate;
pub mod json;
pub mod names;
pub mod nodes;
pub mod projects;
pub mod properties;
pub mod rebuild;
pub mod scratch;
pub mod size;
pub mod suite;
pub mod texts;
