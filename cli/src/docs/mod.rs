//! `contexture docs`.
//!
//! | phase | from | to |
//! |---|---|---|
//! | `history` | the older versions | the changes of each |
//! | `reference` | the definition and the changes | sections, items, fields, examples |
//! | `markdown`, `html` | the reference | a text |
//! | `output` | the text | the standard output, files |

mod anchors;
mod example;
mod history;
mod html;
mod markdown;
mod output;
mod prose;
mod reference;
mod schema;

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use contexture_codegen::on_deep_stack;

use self::reference::{Reference, reference};
use crate::botpress::CredentialArguments;
use crate::diff::{Against, Version};
use crate::folders::Folders;
use crate::{Outcome, definition_file};

/// The limit of a question if no other one is given, in seconds.
const DEFAULT_LIMIT: u64 = 10;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  contexture docs --out reference.html --open                  # a page of ./definition.yaml
  contexture docs --out reference.html --out REFERENCE.md      # also as Markdown
  contexture docs --out reference.html --check                 # in CI: fails if it is out of date
  contexture docs --against git:v1.2.0 --out reference.html    # with what changed since a tag

The page is one file and needs no network. Without --against, the changes are those since the versions that the definition \
names by migratesFrom.")]
pub(crate) struct DocsArguments {
    /// The definition: a YAML or JSON file; ./definition.yaml by default.
    file: Option<PathBuf>,
    /// The format; without it, the ending of the file decides.
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// The file to write; the standard output by default. Can be repeated, for example with the endings .html and .md.
    #[arg(long, value_name = "FILE")]
    out: Vec<PathBuf>,
    /// Writes nothing, and fails if a file given by --out is not up to date.
    #[arg(long, requires = "out")]
    check: bool,
    /// Opens the written page in the browser.
    #[arg(long, requires = "out", conflicts_with = "check")]
    open: bool,
    /// The older version to compare with: `git:REV` is the same file at a revision, `deployed` what Botpress has of the
    /// integration, any other text is a file.
    #[arg(long, value_name = "git:REV|deployed|FILE")]
    against: Option<Against>,
    /// The most seconds that a question about two schemas may take. After that, the answer is that it cannot be told.
    #[arg(long, value_name = "SECONDS", default_value_t = DEFAULT_LIMIT, value_parser = clap::value_parser!(u64).range(1..=600))]
    limit: u64,
    #[command(flatten)]
    folders: Folders,
    #[command(flatten)]
    credentials: CredentialArguments,
}

/// The format of a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One page, with its style and its search inside.
    Html,
    /// Markdown, as repositories show it.
    Markdown,
}

/// Makes the reference of a definition.
pub(crate) fn run(arguments: &DocsArguments, color: bool) -> Result<Outcome, Outcome> {
    let file = definition_file::find(arguments.file.as_deref())?;
    let current = Version::of_file(&file, &arguments.folders, color)?;
    let history = history::history(arguments, &file, &current, color)?;
    on_deep_stack(|| {
        let reference = reference(&current.in_written_order(), &history);
        output::put(arguments, &file, &|format| render(&reference, format))
    })
}

fn render(reference: &Reference, format: Format) -> String {
    match format {
        Format::Html => html::render(reference),
        Format::Markdown => markdown::render(reference),
    }
}
