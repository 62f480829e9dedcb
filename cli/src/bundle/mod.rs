//! `contexture bundle`.

mod build;
mod pack;
mod target;

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use clap::Args;

use self::pack::Bundle;
use crate::Outcome;
use crate::dev::Package;

#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Examples:
  contexture bundle                             # of the integration of this folder
  contexture bundle --out dist/index.cjs
  contexture bundle examples/quickstart

The bundle is one file for Node 18 or newer: the integration as WebAssembly, and the JavaScript that runs it. Its \
`handler(req)` answers a call, as that of the official SDK's bundle does. The program has to begin with \
`contexture::run(…)`, and needs the target wasm32-wasip1:
  rustup target add wasm32-wasip1")]
pub(crate) struct BundleArguments {
    /// The folder of the package; the current one by default.
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    /// The file to write; by default bundle/NAME/index.cjs in the target folder of cargo.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// The program of the package, if it has several.
    #[arg(long, value_name = "NAME")]
    bin: Option<String>,
    /// The definition; by default definition.yaml, or the one that build.rs compiles.
    #[arg(long, value_name = "FILE")]
    definition: Option<PathBuf>,
}

/// Builds the bundle of a package and writes it.
pub(crate) fn run(
    arguments: &BundleArguments,
    color: bool,
    print: &mut dyn FnMut(Outcome) -> ControlFlow<()>,
) -> Result<Outcome, Outcome> {
    let folder = arguments.folder.as_deref().unwrap_or(Path::new("."));
    if !folder.is_dir() {
        let shown = folder.display();
        return Err(Outcome::wrong_usage(format!(
            "error: there is no folder {shown}\n"
        )));
    }
    let (bin, definition) = (arguments.bin.as_deref(), arguments.definition.as_deref());
    let package = Package::find(folder, bin, definition)?;
    let bundle = make(&package, color, print)?;
    let out = arguments.out.clone().unwrap_or_else(|| place(&package));
    write(&out, &bundle.code).map_err(|error| {
        Outcome::failure(format!("error: cannot write {}: {error}\n", out.display()))
    })?;
    Ok(Outcome::told(report(&out, &bundle)))
}

/// Builds the bundle of a package. Each line of cargo's progress is printed as it comes.
///
/// # Errors
///
/// Returns what to print if the target is missing or the build fails.
pub(crate) fn make(
    package: &Package,
    color: bool,
    print: &mut dyn FnMut(Outcome) -> ControlFlow<()>,
) -> Result<Bundle, Outcome> {
    target::check(&package.folder)?;
    let file = build::build(package, color, print)?;
    let module = fs::read(&file).map_err(|error| {
        Outcome::failure(format!("error: cannot read {}: {error}\n", file.display()))
    })?;
    // It takes seconds, and a closed output ends nothing here.
    let _ = print(Outcome::told("     Packing the module\n"));
    Ok(pack::pack(&module))
}

/// Where a bundle is written if no place is named.
fn place(package: &Package) -> PathBuf {
    let folder = package.target.join("bundle").join(&package.bin);
    folder.join("index.cjs")
}

fn write(out: &Path, code: &str) -> std::io::Result<()> {
    if let Some(folder) = out.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(out, code)
}

fn report(out: &Path, bundle: &Bundle) -> String {
    format!(
        "wrote {}: {} kB ({} kB of WebAssembly, {} kB compressed)\n",
        out.display(),
        kilobytes(bundle.code.len()),
        kilobytes(bundle.module),
        kilobytes(bundle.compressed),
    )
}

fn kilobytes(bytes: usize) -> usize {
    bytes.div_ceil(1000)
}
