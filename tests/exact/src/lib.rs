//! Measures how exact generated types are: what they accept, and what they keep of it.
//!
//! | program | what it measures |
//! |---|---|
//! | `corpus` | real definitions: what compiles, and what rustdoc says of it |
//! | `suite` | the JSON Schema Test Suite, each schema as the input of an action |
//! | `properties` | real definitions: values made from every schema, valid ones and broken ones |
//! | `texts` | definitions of hostile texts: that none becomes code, and what rustdoc says of it |
//! | `nodes` | real definitions: schemas that say something about the type and became `Value` |
//! | `attributes` | the definitions of the repository: what becomes of their code without one attribute |
//! | `rebuild` | what cargo compiles again when a definition changes, and when it does not |
//! | `bars` | everything, beside what it has to be |
//! | `size` | lines and time, beside what typify alone makes of the same schemas |
//!
//! The data comes from outside: `CONTEXTURE_SCHEMA_SUITE` names a folder with `tests/draft7` and `remotes`,
//! `CONTEXTURE_CORPUS` one with `integrations/`. Generated code is built and run in a workspace of its own below
//! the target folder. Numbers are compared as exact decimals, from the text: what `serde_json` makes of them is what
//! is being measured.

pub mod attributes;
pub mod bars;
mod cargo;
pub mod compiled;
pub mod corpus;
pub mod environment;
pub mod generate;
pub mod json;
pub mod nodes;
pub mod properties;
pub mod rebuild;
pub mod sample;
pub mod scratch;
pub mod size;
pub mod suite;
pub mod texts;
