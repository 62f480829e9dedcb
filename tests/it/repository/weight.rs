//! What a user of the smallest integration compiles.

#![cfg(target_os = "linux")]

use std::collections::BTreeSet;
use std::process::Command;

/// The packages that a build of the example compiles, for the program and for its build script.
fn packages(arguments: &[&str]) -> BTreeSet<String> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let output = Command::new(cargo)
        .args(["tree", "--package", "quickstart", "--edges", "normal,build"])
        .args([
            "--prefix",
            "none",
            "--format",
            "{p}",
            "--locked",
            "--offline",
        ])
        .args(arguments)
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .output()
        .unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{error}");
    let text = String::from_utf8(output.stdout).unwrap();
    let lines = text.lines().filter(|line| !line.is_empty());
    lines
        .map(|line| line.trim_end_matches(" (*)").to_owned())
        .collect()
}

#[test]
fn a_quickstart_compiles_few_packages() {
    let packages = packages(&[]);
    let has_validator = packages
        .iter()
        .any(|package| package.starts_with("jsonschema "));
    assert!(has_validator, "{packages:#?}");
    assert!(packages.len() <= 150, "{}: {packages:#?}", packages.len());
}

/// A package is compiled twice if the program and the build script ask for different features of it, and so is everything
/// that depends on it.
#[test]
fn the_program_and_its_build_script_share_packages() {
    let twice = packages(&["--duplicates", "--depth", "0"]);
    let names: BTreeSet<&str> = twice
        .iter()
        .filter_map(|package| package.split(' ').next())
        .collect();
    // Each of the two versions is needed by others.
    assert_eq!(names, BTreeSet::from(["getrandom", "syn"]));
    assert_eq!(twice.len(), 4, "{twice:#?}");
}
