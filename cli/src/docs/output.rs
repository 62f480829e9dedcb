//! Where a reference goes.

use std::path::{Path, PathBuf};

use contexture_codegen::write_if_changed;

use super::{DEFAULT_LIMIT, DocsArguments, Format};
use crate::{Outcome, definition_file};

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
    // All formats are known before the first file is written.
    let outs = arguments.out.iter();
    let outs = outs.map(|out| Ok((out, format(arguments.format, out)?)));
    let outs = outs.collect::<Result<Vec<_>, Outcome>>()?;
    for (out, _) in &outs {
        definition_file::keep(file, out)?;
    }
    if arguments.check {
        return check(arguments, file, &outs, render);
    }
    let pages = outs.iter().filter(|(_, format)| *format == Format::Html);
    let pages: Vec<_> = pages.map(|(out, _)| *out).collect();
    if arguments.open && pages.is_empty() {
        return Err(Outcome::wrong_usage(
            "error: `--open` opens a page, and none is written\n\
             help: name a file that ends in .html. For more information, try `--help`\n",
        ));
    }
    let mut told = String::new();
    for (out, format) in &outs {
        told += &write(out, &render(*format))
            .map_err(|error| Outcome::failure(format!("{told}{error}")))?;
    }
    for page in pages.into_iter().filter(|_| arguments.open) {
        open::that_detached(page).map_err(|error| {
            let page = page.display();
            Outcome::failure(format!("{told}error: cannot open {page}: {error}\n"))
        })?;
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

fn write(out: &Path, text: &str) -> Result<String, String> {
    let shown = out.display();
    match write_if_changed(out, text) {
        Ok(true) => Ok(format!("wrote {shown}\n")),
        Ok(false) => Ok(format!("unchanged: {shown}\n")),
        Err(error) => Err(format!(
            "error: cannot write {shown}: {error}\n{}",
            help_for_folder(out)
        )),
    }
}

fn help_for_folder(out: &Path) -> String {
    let folder = out.parent().unwrap_or(Path::new(""));
    if folder.as_os_str().is_empty() || folder.is_dir() {
        return String::new();
    }
    format!("help: make the folder {} first\n", folder.display())
}

/// Compares a reference with existing files.
fn check(
    arguments: &DocsArguments,
    file: &Path,
    outs: &[(&PathBuf, Format)],
    render: &dyn Fn(Format) -> String,
) -> Result<Outcome, Outcome> {
    let mut errors = Vec::new();
    let mut command = vec![file.display().to_string()];
    for (out, format) in outs {
        let shown = out.display();
        errors.push(match std::fs::read(out) {
            Ok(current) if current == render(*format).as_bytes() => continue,
            Ok(_) => format!("error: {shown} is not the reference of {}", file.display()),
            Err(error) => format!("error: cannot read {shown}: {error}"),
        });
        command.push(format!("--out {shown}"));
    }
    if errors.is_empty() {
        return Ok(Outcome::default());
    }
    command.extend(options(arguments));
    Err(Outcome::failure(format!(
        "{}\nhelp: run `contexture docs {}{}`\n",
        errors.join("\n"),
        command.join(" "),
        arguments.folders
    )))
}

/// The options that decide what is in a reference, as they were given.
fn options(arguments: &DocsArguments) -> impl Iterator<Item = String> {
    let format = arguments.format.map(|format| match format {
        Format::Html => "--format html".to_owned(),
        Format::Markdown => "--format markdown".to_owned(),
    });
    let against = arguments.against.as_ref();
    let against = against.map(|against| format!("--against {against}"));
    let limit = arguments.limit;
    let limit = (limit != DEFAULT_LIMIT).then(|| format!("--limit {limit}"));
    [format, against, limit].into_iter().flatten()
}
