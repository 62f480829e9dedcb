//! The build of a package as WebAssembly.

use std::io::{BufRead as _, BufReader};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;

use super::target::TARGET;
use crate::Outcome;
use crate::dev::{CargoMessage, Package, cargo, read_message};

/// The settings of the build, whatever the profiles of the package say. With `s` in place of `z` a module has almost a fifth
/// more bytes. `tests/hosted/measure` shows that `z` is fast enough.
const PROFILE: [&str; 14] = [
    "codegen-units=1",
    "debug=false",
    "lto='fat'",
    "opt-level='z'",
    "strip=true",
    // What a package has for these comes before its own `opt-level`.
    "package.contexture-validator.opt-level='z'",
    "package.jsonschema.opt-level='z'",
    "package.aho-corasick.opt-level='z'",
    "package.data-encoding.opt-level='z'",
    "package.fancy-regex.opt-level='z'",
    "package.num-bigint.opt-level='z'",
    "package.referencing.opt-level='z'",
    "package.regex-automata.opt-level='z'",
    "package.regex-syntax.opt-level='z'",
];

/// Builds the program of a package; returns the file of the module.
pub(super) fn build(
    package: &Package,
    color: bool,
    print: &mut dyn FnMut(Outcome) -> ControlFlow<()>,
) -> Result<PathBuf, Outcome> {
    let cannot =
        |error: std::io::Error| Outcome::failure(format!("error: cannot run cargo: {error}\n"));
    let mut child = command(package, color).spawn().map_err(cannot)?;
    let output = child.stdout.take();
    let messages = thread::spawn(move || {
        let lines = output
            .into_iter()
            .flat_map(|stream| BufReader::new(stream).lines());
        let messages = lines
            .map_while(Result::ok)
            .filter_map(|line| read_message(&line));
        messages.collect::<Vec<_>>()
    });
    let said = child.stderr.take().into_iter();
    for line in said
        .flat_map(|stream| BufReader::new(stream).lines())
        .map_while(Result::ok)
    {
        if print(Outcome::told(line + "\n")).is_break() {
            break;
        }
    }
    let status = child.wait().map_err(cannot)?;
    let messages = messages.join().unwrap_or_default();
    let module = messages.into_iter().find_map(|message| match message {
        CargoMessage::Program { name, file } if name == package.bin => Some(file),
        _ => None,
    });
    module.filter(|_| status.success()).ok_or_else(|| {
        Outcome::failure(format!(
            "error: the package does not compile for {TARGET}\n\
             help: what needs sockets, threads or files is not there: `ctx.http()` sends requests, and code for servers \
             alone stands behind `#[cfg(not(target_family = \"wasm\"))]`\n"
        ))
    })
}

fn command(package: &Package, color: bool) -> Command {
    let mut command = Command::new(cargo());
    for setting in PROFILE {
        command.args(["--config", &format!("profile.release.{setting}")]);
    }
    command
        .args(["build", "--release", "--target", TARGET])
        .args(["--bin", &package.bin, "--manifest-path"])
        .arg(&package.manifest)
        .arg("--message-format=json-render-diagnostics")
        .args(["--color", if color { "always" } else { "never" }])
        .current_dir(&package.folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}
