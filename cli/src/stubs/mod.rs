//! `contexture stubs`.

mod existing;
mod files;
mod migration;
mod missing;
mod print;

use std::path::{Path, PathBuf};

use clap::Args;
use contexture_codegen::{Handler, Handlers, Migration};

pub(crate) use self::files::files;
use crate::folders::Folders;
use crate::{Outcome, definition_file};

/// The type that the handlers are for, unless the package has another one.
pub(crate) const TYPE: &str = "App";

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  contexture stubs                              # print all handlers of ./definition.yaml
  contexture stubs --missing                    # print those that this package does not have yet
  contexture stubs --missing --out src/handlers # write them, a file each; no file is overwritten
  contexture stubs github.yaml --for GitHub

A handler is present if a file below src/ has an `impl … for` of its trait. The path of the trait ends in that of the \
handler, such as `actions::CreateIssue`, as it is written or after the `use` lines of the file are applied. A channel is \
also present if `SharedMessage` is implemented for all of its messages. A migration of what an older version stored is \
present if `MigrateFrom` of that version's type is implemented for today's. Implementations that a macro writes are not seen.")]
pub(crate) struct StubsArguments {
    /// The definition: a YAML or JSON file; ./definition.yaml by default.
    file: Option<PathBuf>,
    /// Leaves out the handlers that the package has.
    #[arg(long)]
    missing: bool,
    /// A folder of the package, for --missing; the current folder by default.
    #[arg(long, value_name = "DIR", requires = "missing", default_value = ".")]
    package: PathBuf,
    /// The folder to write the handlers into, a file each; the standard output by default.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The type that handles the calls; by default the one of the package, or `App`.
    #[arg(long = "for", value_name = "TYPE", value_parser = type_name)]
    ty: Option<String>,
    #[command(flatten)]
    folders: Folders,
}

/// The handlers and the migrations to write, and what to tell about those that are present.
#[derive(Debug)]
struct Selection {
    ty: String,
    handlers: Vec<Handler>,
    migrations: Vec<Migration>,
    notes: String,
}

/// Prints or writes the handlers and the migrations that the definition asks for.
pub(crate) fn run(arguments: &StubsArguments, color: bool) -> Result<Outcome, Outcome> {
    let file = definition_file::find(arguments.file.as_deref())?;
    let handlers = read(&file, &arguments.folders, color)?;
    let selection = select(arguments, &handlers)?;
    let Selection {
        ty,
        handlers: selected,
        migrations,
        notes,
    } = &selection;
    let module = &handlers.module;
    let Some(folder) = &arguments.out else {
        return Ok(Outcome {
            output: print::all(module, ty, selected, migrations),
            errors: selection.notes,
            status: 0,
        });
    };
    let written = files::write(folder, &files(module, ty, selected, migrations))?;
    Ok(Outcome::told(format!("{notes}{written}")))
}

/// The handlers that a definition asks for.
pub(crate) fn read(file: &Path, folders: &Folders, color: bool) -> Result<Handlers, Outcome> {
    folders.generator(file).handlers().map_err(|diagnostics| {
        Outcome::failure(format!(
            "{}error: {} is refused: {}\n",
            diagnostics.render(color),
            file.display(),
            diagnostics.summary()
        ))
    })
}

fn select(arguments: &StubsArguments, handlers: &Handlers) -> Result<Selection, Outcome> {
    if !arguments.missing {
        return Ok(Selection {
            ty: arguments.ty.clone().unwrap_or_else(|| TYPE.to_owned()),
            handlers: handlers.handlers.clone(),
            migrations: handlers.migrations.clone(),
            notes: String::new(),
        });
    }
    let existing = existing::of_package(&arguments.package)?;
    let missing = missing::find(handlers, &existing);
    let ty = arguments.ty.clone().or(missing.ty);
    Ok(Selection {
        ty: ty.unwrap_or_else(|| TYPE.to_owned()),
        handlers: missing.handlers,
        migrations: missing.migrations,
        notes: missing.notes,
    })
}

/// A type as it stands behind `for`.
fn type_name(text: &str) -> Result<String, String> {
    match syn::parse_str::<syn::Path>(text) {
        Ok(_) => Ok(text.to_owned()),
        Err(_) => Err(format!(
            "`{text}` is not the name of a type, such as `GitHub`"
        )),
    }
}
