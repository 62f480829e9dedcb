//! The target of the build, and whether the compiler has it.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::Outcome;

/// WebAssembly with WASI preview 1, which has time, random numbers, variables and the standard streams.
pub(super) const TARGET: &str = "wasm32-wasip1";

/// Refuses a compiler without the standard library of the target, unless cargo builds that too.
///
/// # Errors
///
/// Returns what to install.
pub(super) fn check(folder: &Path) -> Result<(), Outcome> {
    if std::env::var_os("CARGO_UNSTABLE_BUILD_STD").is_some() {
        return Ok(());
    }
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc)
        .args(["--print", "target-libdir", "--target", TARGET])
        .current_dir(folder)
        .stdin(Stdio::null())
        .output();
    let output =
        output.map_err(|error| Outcome::failure(format!("error: cannot run rustc: {error}\n")))?;
    let library = String::from_utf8_lossy(&output.stdout);
    if output.status.success() && Path::new(library.trim_end()).is_dir() {
        return Ok(());
    }
    Err(Outcome::failure(missing(has_rustup())))
}

fn has_rustup() -> bool {
    let mut rustup = Command::new("rustup");
    rustup
        .arg("--version")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    rustup.status().is_ok_and(|status| status.success())
}

fn missing(has_rustup: bool) -> String {
    let help = if has_rustup {
        "help: in this folder, run `rustup target add wasm32-wasip1`\n"
    } else {
        "help: with rustup, run `rustup target add wasm32-wasip1`\n\
         help: on Debian without rustup, the packages rustc-web, rust-web-src, lld and wasi-libc build it from source: \
         https://github.com/contexture-rs/contexture/blob/main/docs/guide/hosted.md#without-rustup\n"
    };
    format!("error: the compiler has no standard library for {TARGET}\n{help}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_target_is_told_with_the_command_that_installs_it() {
        let with = missing(true);
        assert!(
            with.contains("in this folder, run `rustup target add wasm32-wasip1`"),
            "{with}"
        );
        let without = missing(false);
        assert!(
            without.contains("rust-web-src") && without.contains("#without-rustup"),
            "{without}"
        );
    }
}
