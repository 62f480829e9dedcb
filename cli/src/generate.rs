//! `contexture generate`.

use std::path::{Path, PathBuf};

use clap::Args;
use contexture_codegen::write_if_changed;

use crate::folders::Folders;
use crate::{Outcome, definition_file};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  contexture generate
  contexture generate definition.yaml --out src/definition.rs
  contexture generate definition.yaml --out src/definition.rs --check   # in CI: fails if the file is not up to date

A project with a build script needs no generated file: it calls `contexture_codegen::compile`.")]
pub(crate) struct GenerateArguments {
    /// The definition: a YAML or JSON file; ./definition.yaml by default.
    file: Option<PathBuf>,
    /// The file to write; the standard output by default.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Writes nothing, and fails if the file given by --out is not up to date.
    #[arg(long, requires = "out")]
    check: bool,
    #[command(flatten)]
    folders: Folders,
}

/// Generates the Rust of a definition.
pub(crate) fn run(arguments: &GenerateArguments, color: bool) -> Result<Outcome, Outcome> {
    let GenerateArguments {
        file,
        out,
        check,
        folders,
    } = arguments;
    let file = &definition_file::find(file.as_deref())?;
    if let Some(out) = out {
        definition_file::keep(file, out)?;
    }
    match out {
        Some(out) if *check => compare(file, folders, out, color),
        Some(out) => write(file, folders, out, color),
        None => print(file, folders, color),
    }
}

/// Gives the generated file.
fn print(file: &Path, folders: &Folders, color: bool) -> Result<Outcome, Outcome> {
    let (contents, warnings) = generate(file, folders, color)?;
    Ok(Outcome {
        output: contents,
        errors: warnings,
        status: 0,
    })
}

/// Writes the generated file, unless it is up to date.
fn write(file: &Path, folders: &Folders, out: &Path, color: bool) -> Result<Outcome, Outcome> {
    let (contents, warnings) = generate(file, folders, color)?;
    match write_if_changed(out, &contents) {
        Ok(is_written) => {
            let what = if is_written { "wrote" } else { "unchanged:" };
            Ok(Outcome {
                errors: format!("{warnings}{what} {}\n", out.display()),
                ..Outcome::default()
            })
        }
        Err(error) => Err(Outcome::failure(format!(
            "{warnings}error: cannot write {}: {error}\n",
            out.display()
        ))),
    }
}

/// Compares the generated code with an existing file.
fn compare(file: &Path, folders: &Folders, out: &Path, color: bool) -> Result<Outcome, Outcome> {
    let (contents, warnings) = generate(file, folders, color)?;
    let is_current = std::fs::read(out).is_ok_and(|current| current == contents.as_bytes());
    if is_current {
        return Ok(Outcome {
            errors: warnings,
            ..Outcome::default()
        });
    }
    let (file, out) = (file.display(), out.display());
    Err(Outcome::failure(format!(
        "{warnings}error: {out} is not what {file} generates\n\
         help: run `contexture generate {file} --out {out}{folders}`\n"
    )))
}

/// Generates the code and draws the warnings.
fn generate(file: &Path, folders: &Folders, color: bool) -> Result<(String, String), Outcome> {
    match folders.generator(file).generate() {
        Ok(generated) => Ok((generated.file.contents, generated.warnings.render(color))),
        Err(diagnostics) => Err(Outcome::failure(format!(
            "{}error: {} is refused: {}\n",
            diagnostics.render(color),
            file.display(),
            diagnostics.summary()
        ))),
    }
}
