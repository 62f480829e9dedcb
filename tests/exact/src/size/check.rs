//! How long the compiler takes to check code.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};
use std::{env, fs, io};

use crate::environment::workspace;

/// Checks files as one package, its dependencies built; gives the time that the package itself took.
///
/// # Errors
///
/// Returns an error if the package cannot be written or does not compile.
pub fn check_seconds(
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
        writeln!(library, "pub mod file_{name};").expect("a string takes any text");
    }
    fs::write(source.join("lib.rs"), library)?;
    let start = Instant::now();
    check(folder)?;
    Ok(start.elapsed())
}

fn check(folder: &Path) -> io::Result<()> {
    let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["check", "--quiet", "--target-dir", "target"])
        .current_dir(folder)
        .output()?;
    if output.status.success() {
        return Ok(());
    }
    let errors = String::from_utf8_lossy(&output.stderr);
    let errors: Vec<_> = errors
        .lines()
        .filter(|line| line.contains("error") || line.contains("-->"))
        .take(20)
        .collect();
    Err(io::Error::other(format!(
        "does not compile:\n{}",
        errors.join("\n")
    )))
}
