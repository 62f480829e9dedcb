//! Tests of generator, runtime and command together: generated code, diagnostics, and the behavior of integrations.

mod cli;
mod command;
mod corpus;
mod determinism;
mod diff;
mod direction;
mod explain;
mod format;
mod from_typescript;
mod interfaces;
mod limits;
mod lint;
mod mistakes;
mod names;
mod output_of_texts;
mod overlays;
mod refusals;
mod repository;
mod service;
mod snapshots;
mod support;
mod texts;
mod texts_in_literals;
#[path = "../build/texts.rs"]
mod texts_of;
mod ui;
mod workflow_commands;
