//! Code that must not compile, and the messages of the compiler.
//!
//! `cargo update-snapshots` writes the messages anew.

use std::env;
use std::process::Command;

use crate::support::is_ci;

/// The messages in `ui/*.stderr` are those of this compiler.
const COMPILER: &str = "rustc 1.95.";

#[test]
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
fn types_promise_what_the_definition_says() {
    let compiler = compiler();
    if compiler.starts_with(COMPILER) || is_ci() {
        trybuild::TestCases::new().compile_fail("ui/*.rs");
    } else {
        eprintln!("skipped: the messages are those of {COMPILER}x, and this is {compiler}");
    }
}

fn compiler() -> String {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).arg("--version").output().unwrap();
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}
