//! Snapshots of all generated code, for review.
//!
//! `cargo update-snapshots` updates them.

use std::path::Path;

use crate::support::{is_definition, name_of, repository, snapshots};

#[test]
fn every_definition_generates_its_reviewed_snapshot() {
    insta::glob!("../../definitions", "*.{yaml,json}", |path| {
        if is_definition(path) {
            check(path, &Warnings::None);
        }
    });
    insta::glob!("../definitions", "*.yaml", |path| {
        check(path, &Warnings::OnPurpose);
    });
    check(&repository(MIGRATING), &Warnings::None);
}

/// A definition whose code needs migrations of its author, so that it does not compile alone.
const MIGRATING: &str = "examples/tickets/tickets.yaml";

/// The warnings that a definition may cause.
#[derive(PartialEq)]
enum Warnings {
    None,
    OnPurpose,
}

/// Compares the generated file with its snapshot.
fn check(definition: &Path, allowed: &Warnings) {
    let generated = contexture_codegen::generate(definition)
        .unwrap_or_else(|refusal| panic!("{} is rejected:\n{refusal}", definition.display()));
    if *allowed == Warnings::None {
        let warnings = generated.warnings.render(false);
        assert_eq!(warnings, "", "{} causes warnings", definition.display());
    }
    snapshots("generated").bind(|| {
        insta::assert_snapshot!(name_of(definition), generated.file.contents);
    });
}
