//! The manifests of the packages.

use std::env;
use std::process::Command;

use serde_json::Value;

use crate::support::repository;

/// The packages of the workspace, from `cargo metadata`.
fn packages() -> Vec<Value> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--no-deps", "--format-version=1", "--locked"])
        .current_dir(repository(""))
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let mut metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let Value::Array(packages) = metadata["packages"].take() else {
        panic!("{metadata}");
    };
    packages
}

/// Whether a package may be published: `publish` is null if its manifest does not set it.
fn is_published(package: &Value) -> bool {
    package["publish"].is_null()
}

#[test]
fn only_these_packages_are_published() {
    let packages = packages();
    let mut published: Vec<_> = packages
        .iter()
        .filter(|package| is_published(package))
        .map(|package| package["name"].as_str().unwrap())
        .collect();
    published.sort_unstable();
    assert_eq!(
        published,
        [
            "contexture",
            "contexture-cli",
            "contexture-codegen",
            "contexture-compare",
            "contexture-emulator",
            "contexture-validator",
            "contexture-wasm"
        ]
    );
}

#[test]
fn a_published_package_has_the_metadata_of_a_registry() {
    for package in packages().iter().filter(|package| is_published(package)) {
        let name = package["name"].as_str().unwrap();
        for key in [
            "description",
            "license",
            "repository",
            "documentation",
            "readme",
            "rust_version",
        ] {
            assert!(package[key].is_string(), "{name} has no {key}");
        }
        for key in ["keywords", "categories"] {
            let words = package[key].as_array().unwrap();
            // crates.io rejects more than five.
            assert!((1..=5).contains(&words.len()), "{name}: {words:?}");
        }
        let docs = &package["metadata"]["docs"]["rs"];
        assert_eq!(docs["all-features"], true, "{name}");
        assert_eq!(docs["rustdoc-args"][1], "docsrs", "{name}");
    }
}

#[test]
fn a_published_package_has_the_licences() {
    for folder in [
        "runtime",
        "runtime/validator",
        "runtime/wasm",
        "codegen",
        "emulator",
        "compare",
        "cli",
    ] {
        for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
            let copy = std::fs::read_to_string(repository(folder).join(licence)).unwrap();
            let text = std::fs::read_to_string(repository(licence)).unwrap();
            assert!(copy == text, "{folder}/{licence} is not {licence}");
        }
    }
}
