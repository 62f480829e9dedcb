//! Code that must not compile, and the messages of the compiler.
//!
//! `cargo update-snapshots` updates the messages.

use std::env;
use std::process::Command;

use crate::support::is_ci;

/// The compiler version of the messages in `ui/*.stderr`.
const COMPILER: &str = "rustc 1.95.";

#[test]
#[expect(clippy::print_stderr, reason = "a skipped test reports it")]
fn types_enforce_the_definition() {
    let compiler = compiler();
    if compiler.starts_with(COMPILER) || is_ci() {
        trybuild::TestCases::new().compile_fail("ui/*.rs");
    } else {
        eprintln!("skipped: the messages are from {COMPILER}x, and this is {compiler}");
    }
}

fn compiler() -> String {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).arg("--version").output().unwrap();
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}
