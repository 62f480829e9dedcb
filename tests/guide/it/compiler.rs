//! The messages of the compiler about code that the definition does not permit.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::SystemTime;

use crate::messages::{OF_THE_COMPILER, shown};

/// The compiler of the messages that the chapters show.
const COMPILER: &str = "rustc 1.95.";

/// A mistake, and the path of its file in a project.
fn mistake(name: &str) -> (&'static str, &'static str) {
    let code = match name {
        "configuration-without-arm" => include_str!("../mistakes/configuration_without_arm.rs"),
        "action-without-handler" => include_str!("../mistakes/action_without_handler.rs"),
        "message-without-method" => include_str!("../mistakes/message_without_method.rs"),
        "wrong-owner" => include_str!("../mistakes/wrong_owner.rs"),
        _ => panic!("no mistake is known for `{name}`"),
    };
    ("src/handlers/lifecycle.rs", code)
}

#[test]
#[expect(clippy::print_stderr, reason = "a skipped test reports it")]
fn the_compiler_prints_what_the_chapters_show() {
    let version = version();
    if !version.starts_with(COMPILER) && env::var("CI").is_err() {
        eprintln!("skipped: the messages are from {COMPILER}x, and this is {version}");
        return;
    }
    for name in OF_THE_COMPILER {
        let (path, code) = mistake(name);
        let printed = compile(path, code);
        for shown in shown(name) {
            assert!(printed.contains(&shown), "{printed}\n\nnot:\n\n{shown}");
        }
    }
}

/// What the compiler prints about a file.
fn compile(path: &str, code: &str) -> String {
    let scratch = tempfile::tempdir().unwrap();
    let file = scratch.path().join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&file, code).unwrap();
    let dependencies = dependencies();
    let mut library = "--extern=contexture_guide=".to_owned();
    library.push_str(newest_library(&dependencies).to_str().unwrap());
    let output = rustc()
        .args(["--edition=2024", "--crate-type=lib", "--emit=metadata"])
        .args(["--crate-name=desk_with_a_mistake", path, &library, "-L"])
        .arg(dependencies)
        .current_dir(scratch.path())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(!output.status.success(), "{path} compiles");
    let errors = String::from_utf8(output.stderr).unwrap();
    // An author's integration is a module of their own crate.
    errors.replace("contexture_guide::", "")
}

/// The folder with what cargo has compiled for this test.
fn dependencies() -> PathBuf {
    let program = env::current_exe().unwrap();
    program.parent().unwrap().to_owned()
}

/// The library of this package. An older one of other features or another version may lie beside it.
fn newest_library(folder: &Path) -> PathBuf {
    let entries = fs::read_dir(folder).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let libraries = paths.filter(|path| {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let is_library = path.extension().is_some_and(|ending| ending == "rlib");
        is_library && stem.starts_with("libcontexture_guide-")
    });
    let age = |path: &PathBuf| -> SystemTime { fs::metadata(path).unwrap().modified().unwrap() };
    let newest = libraries.max_by_key(age);
    newest.expect("cargo compiles the library before its tests")
}

fn version() -> String {
    let output = rustc().arg("--version").output().unwrap();
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

fn rustc() -> Command {
    Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
}
