//! The tests of the whole: what is generated, what is refused, and how an integration made of it answers.

mod cli;
mod corpus;
mod determinism;
mod direction;
mod explain;
mod format;
mod from_typescript;
mod interfaces;
mod limits;
mod lint;
mod refusals;
mod service;
mod snapshots;
mod support;
mod ui;
mod workflow_commands;
