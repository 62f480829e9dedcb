//! The time of `cargo check`.

use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};
use std::{fs, io};

use crate::cargo::{cargo, run};
use crate::environment::workspace;

/// Checks files as one package with built dependencies; returns the time of the package itself.
///
/// # Errors
///
/// Returns an error if the package cannot be written or does not compile.
pub(super) fn check_seconds(
    folder: &Path,
    dependencies: &str,
    files: &[(String, String)],
) -> io::Result<Duration> {
    let source = folder.join("src");
    fs::create_dir_all(&source)?;
    fs::write(
        folder.join("Cargo.toml"),
        format!(
            "[workspace]\n\n[package]\nname = \"size-check\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
             [profile.dev]\nincremental = false\n\n[dependencies]\n{dependencies}"
        ),
    )?;
    fs::copy(workspace().join("Cargo.lock"), folder.join("Cargo.lock"))?;
    fs::write(source.join("lib.rs"), "")?;
    check(folder)?;
    let mut library = "#![allow(warnings)]\n".to_owned();
    for (stem, code) in files {
        let name = stem.replace('-', "_");
        fs::write(source.join(format!("file_{name}.rs")), code)?;
        writeln!(library, "pub mod file_{name};").expect("writing to a string does not fail");
    }
    fs::write(source.join("lib.rs"), library)?;
    let start = Instant::now();
    check(folder)?;
    Ok(start.elapsed())
}

fn check(folder: &Path) -> io::Result<()> {
    let mut check = cargo(folder);
    let ran = run(check.args(["check", "--quiet", "--target-dir", "target"]))?;
    if ran.is_success {
        return Ok(());
    }
    let errors = ran.errors.lines();
    let errors = errors.filter(|line| line.contains("error") || line.contains("-->"));
    let errors: Vec<_> = errors.take(20).collect();
    let errors = errors.join("\n");
    Err(io::Error::other(format!("does not compile:\n{errors}")))
}
