//! Snapshots of all generated code, for review.
//!
//! `cargo update-snapshots` updates them.

use std::path::Path;

use crate::support::{is_definition, name_of, snapshots};

#[test]
fn every_definition_generates_its_reviewed_snapshot() {
    insta::glob!("../../definitions", "*.{yaml,json}", |path| {
        if is_definition(path) {
            check(path);
        }
    });
}

/// Compares the generated file with its snapshot.
fn check(definition: &Path) {
    let generated = contexture_codegen::generate(definition)
        .unwrap_or_else(|refusal| panic!("{} is rejected:\n{refusal}", definition.display()));
    let warnings = generated.warnings.render(false);
    assert_eq!(warnings, "", "{} causes warnings", definition.display());
    snapshots("generated").bind(|| {
        insta::assert_snapshot!(name_of(definition), generated.file.contents);
    });
}
