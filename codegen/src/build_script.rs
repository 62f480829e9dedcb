//! The driver for `build.rs`: generates into `OUT_DIR`, and names the files for cargo to watch.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::diagnostic::Severity;
use crate::generator::{Generator, Outcome};
use crate::output::write_if_changed_in;
use crate::system::System;

/// Generates the code of a definition for [`include_definition!`], from a build script.
///
/// The path is relative to the package. Cargo runs the build script again when one of the files that were read
/// changes, and only then. Warnings are shown as cargo's.
///
/// ```no_run
/// // build.rs
/// contexture_codegen::compile("definition.yaml");
/// ```
///
/// If the definition is refused, or the file cannot be written, this prints why and ends the process.
///
/// # Panics
///
/// Panics if it is called outside a build script, where cargo gives no `OUT_DIR`.
///
/// [`include_definition!`]: https://docs.rs/contexture/latest/contexture/macro.include_definition.html
pub fn compile(path: impl AsRef<Path>) {
    Generator::new(path).compile();
}

impl Generator {
    /// Generates from a build script; see [`compile`].
    ///
    /// # Panics
    ///
    /// Panics if it is called outside a build script.
    pub fn compile(&self) {
        compile_with(self);
    }
}

/// Runs a generator for cargo.
fn compile_with(generator: &Generator) {
    let system = generator.system();
    let out = PathBuf::from(
        system
            .variable("OUT_DIR")
            .expect("cargo sets OUT_DIR for build scripts"),
    );
    let Outcome {
        generated,
        diagnostics,
        read,
    } = generator.run();
    let mut instructions: Vec<String> = read
        .iter()
        .map(|file| format!("cargo::rerun-if-changed={}", watched(file).display()))
        .collect();
    if generated.is_some() {
        let lines = diagnostics.iter().zip(diagnostics.one_line_each());
        let warnings = lines.filter(|(found, _)| found.severity() != Severity::Note);
        instructions.extend(warnings.map(|(_, line)| format!("cargo::warning={line}")));
    }
    print(&instructions);
    let Some(file) = generated else {
        fail(&diagnostics.render(is_colored(system)))
    };
    let path = out.join(&file.name);
    if let Err(error) = write_if_changed_in(system, &path, &file.contents) {
        fail(&format!(
            "error: cannot write {}: {error}\n",
            path.display()
        ));
    }
}

/// What cargo watches for a file: a name with a line break in it would be an instruction of its own, so the folder that
/// holds it stands for it.
fn watched(file: &Path) -> &Path {
    let is_line = |path: &&Path| !path.to_string_lossy().contains(['\n', '\r']);
    let found = file.ancestors().find(is_line);
    found
        .filter(|path| !path.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

/// Cargo reads the instructions from the output. A closed output is ignored.
fn print(instructions: &[String]) {
    let mut output = io::stdout().lock();
    for instruction in instructions {
        let _ = writeln!(output, "{instruction}");
    }
}

/// Ends the build without a backtrace, which would bury the message.
#[expect(
    clippy::exit,
    reason = "a panic would bury the message under a backtrace"
)]
fn fail(message: &str) -> ! {
    let _ = io::stderr().write_all(message.as_bytes());
    std::process::exit(1);
}

/// Cargo shows the output of a build script unchanged, so cargo's choice of colors applies.
fn is_colored(system: &dyn System) -> bool {
    let choice = system.variable("CARGO_TERM_COLOR");
    choice.is_some_and(|choice| choice == "always")
}
