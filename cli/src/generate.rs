//! `contexture generate`.

use std::path::Path;

use contexture_codegen::write_if_changed;

use crate::Outcome;
use crate::folders::Folders;

/// Gives the generated file.
pub(crate) fn print(file: &Path, folders: &Folders, color: bool) -> Result<Outcome, Outcome> {
    let (contents, warnings) = generate(file, folders, color)?;
    Ok(Outcome {
        output: contents,
        errors: warnings,
        status: 0,
    })
}

/// Writes the generated file, unless it is up to date.
pub(crate) fn write(
    file: &Path,
    folders: &Folders,
    out: &Path,
    color: bool,
) -> Result<Outcome, Outcome> {
    let (contents, warnings) = generate(file, folders, color)?;
    match write_if_changed(out, &contents) {
        Ok(is_written) => {
            let what = if is_written { "wrote" } else { "unchanged:" };
            Ok(Outcome {
                errors: format!("{warnings}{what} {}\n", out.display()),
                ..Outcome::default()
            })
        }
        Err(error) => Err(failure(format!(
            "{warnings}error: cannot write {}: {error}\n",
            out.display()
        ))),
    }
}

/// Compares the generated code with an existing file.
pub(crate) fn compare(
    file: &Path,
    folders: &Folders,
    out: &Path,
    color: bool,
) -> Result<Outcome, Outcome> {
    let (contents, warnings) = generate(file, folders, color)?;
    let is_current = std::fs::read(out).is_ok_and(|current| current == contents.as_bytes());
    if is_current {
        return Ok(Outcome {
            errors: warnings,
            ..Outcome::default()
        });
    }
    let (file, out) = (file.display(), out.display());
    Err(failure(format!(
        "{warnings}error: {out} is not what {file} generates\n\
         help: run `contexture generate {file} --out {out}{folders}`\n"
    )))
}

/// Generates the code and draws the warnings.
fn generate(file: &Path, folders: &Folders, color: bool) -> Result<(String, String), Outcome> {
    match folders.generator(file).generate() {
        Ok(generated) => Ok((generated.file.contents, generated.warnings.render(color))),
        Err(diagnostics) => Err(failure(format!(
            "{}error: {} is refused: {}\n",
            diagnostics.render(color),
            file.display(),
            diagnostics.summary()
        ))),
    }
}

fn failure(errors: String) -> Outcome {
    Outcome {
        errors,
        status: 1,
        ..Outcome::default()
    }
}
