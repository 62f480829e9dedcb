//! Where a reference goes.

use std::path::Path;

use contexture_codegen::write_if_changed;

use super::{DocsArguments, Format};
use crate::Outcome;

/// Prints a reference, writes it, or compares it with files.
pub(super) fn put(
    arguments: &DocsArguments,
    file: &Path,
    render: &dyn Fn(Format) -> String,
) -> Result<Outcome, Outcome> {
    if arguments.out.is_empty() {
        return Ok(Outcome {
            output: render(arguments.format.unwrap_or(Format::Markdown)),
            ..Outcome::default()
        });
    }
    let mut told = String::new();
    for out in &arguments.out {
        let text = render(format(arguments.format, out)?);
        told += &if arguments.check {
            check(arguments, file, out, &text)?
        } else {
            write(out, &text)?
        };
        if arguments.open {
            open::that_detached(out).map_err(|error| {
                Outcome::failure(format!(
                    "{told}error: cannot open {}: {error}\n",
                    out.display()
                ))
            })?;
        }
    }
    Ok(Outcome::told(told))
}

/// The format of a file, by its ending if none is given.
fn format(given: Option<Format>, out: &Path) -> Result<Format, Outcome> {
    let ending = out.extension().unwrap_or_default().to_string_lossy();
    let known = match ending.to_lowercase().as_str() {
        "html" | "htm" => Some(Format::Html),
        "md" | "markdown" => Some(Format::Markdown),
        _ => None,
    };
    given.or(known).ok_or_else(|| {
        Outcome::wrong_usage(format!(
            "error: the ending of {} is not that of a format\n\
             help: name a file that ends in .html or .md, or choose by `--format`. For more information, try `--help`\n",
            out.display()
        ))
    })
}

fn write(out: &Path, text: &str) -> Result<String, Outcome> {
    let shown = out.display();
    match write_if_changed(out, text) {
        Ok(true) => Ok(format!("wrote {shown}\n")),
        Ok(false) => Ok(format!("unchanged: {shown}\n")),
        Err(error) => Err(Outcome::failure(format!(
            "error: cannot write {shown}: {error}\n"
        ))),
    }
}

/// Compares a reference with an existing file.
fn check(
    arguments: &DocsArguments,
    file: &Path,
    out: &Path,
    text: &str,
) -> Result<String, Outcome> {
    if std::fs::read(out).is_ok_and(|current| current == text.as_bytes()) {
        return Ok(String::new());
    }
    let (file, out, folders) = (file.display(), out.display(), &arguments.folders);
    let against = arguments.against.as_ref();
    let against = against.map_or_else(String::new, |against| format!(" --against {against}"));
    Err(Outcome::failure(format!(
        "error: {out} is not the reference of {file}\n\
         help: run `contexture docs {file} --out {out}{against}{folders}`\n"
    )))
}
