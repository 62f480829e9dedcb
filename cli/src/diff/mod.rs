//! `contexture diff`.

mod against;
mod alike;
mod annotations;
mod answer;
mod bounds;
mod deployed;
mod drawing;
mod git;
mod judge;
mod listing;
mod version;

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use contexture_codegen::Position;
use contexture_compare::{Change, Report, Verdict, compare_migrated};

pub(crate) use self::against::Against;
pub(crate) use self::answer::{AnswerArguments, run as answer};
pub(crate) use self::bounds::Bounds;
pub(crate) use self::judge::Processes;
pub(crate) use self::version::Version;
use crate::botpress::CredentialArguments;
use crate::folders::Folders;
use crate::{Outcome, definition_file};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  contexture diff old.yaml definition.yaml
  contexture diff --against git:v1.2.0                       # ./definition.yaml, and what it was at a tag
  contexture diff --against git:origin/main --format github  # in CI: annotations of the lines
  contexture diff --against deployed                         # what deploying would change, for whom
  contexture diff old.json new.json --format markdown        # for a release note

A change breaks something only if that is proved: by a value that was valid and no longer is. It is safe only if that is \
proved for all values. Exit status: 1 if a change breaks something (see --fail-on), 0 otherwise.")]
pub(crate) struct DiffArguments {
    /// The old definition and the new one; with --against, the new one: ./definition.yaml by default.
    #[arg(value_name = "OLD NEW", num_args = 0..=2)]
    files: Vec<PathBuf>,
    /// The old definition: `git:REV` is the same file at a revision, `git:REV:PATH` another file of it, `deployed` what
    /// Botpress has of the integration, `deployed:NAME@VERSION` another integration there; any other text is a file.
    #[arg(long, value_name = "git:REV|deployed|FILE")]
    against: Option<Against>,
    /// The format of the result.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// What makes the command fail.
    #[arg(long, value_enum, default_value_t = FailOn::Breaks)]
    fail_on: FailOn,
    #[command(flatten)]
    bounds: Bounds,
    #[command(flatten)]
    folders: Folders,
    #[command(flatten)]
    credentials: CredentialArguments,
}

/// The format of the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people, with the lines of the definition.
    Human,
    /// One JSON object.
    Json,
    /// Commands of GitHub Actions, which shows them beside the lines of a change.
    Github,
    /// Markdown for a release note.
    Markdown,
}

/// What makes the command fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// A change that breaks something.
    Breaks,
    /// A change that breaks something, or of which nothing was proved.
    CannotTell,
    /// A version that is too low for the changes.
    Version,
    /// Nothing.
    Nothing,
}

/// Two versions and the changes between them.
struct Compared {
    old: Version,
    new: Version,
    report: Report,
}

impl Compared {
    /// The version that a change is shown in, with the pointer of its place: the new one, unless the place is gone.
    fn side<'a>(&'a self, change: &'a Change) -> (&'a Version, &'a str) {
        match (&change.new, &change.old) {
            (Some(new), _) => (&self.new, new),
            (None, Some(old)) => (&self.old, old),
            (None, None) => (&self.new, ""),
        }
    }

    fn place(&self, change: &Change) -> Position {
        let (version, pointer) = self.side(change);
        version.position(pointer)
    }

    /// The place in the new version: the nearest one around, if the place is gone.
    fn new_place(&self, change: &Change) -> Position {
        let pointer = change.new.as_deref().or(change.old.as_deref());
        self.new.position(pointer.unwrap_or_default())
    }
}

/// Compares two definitions.
pub(crate) fn run(arguments: &DiffArguments, color: bool) -> Result<Outcome, Outcome> {
    let (old, new) = versions(arguments, color)?;
    let judge = Processes::new(arguments.bounds);
    let migrations = new.migrations_from(&old);
    let report = compare_migrated(old.definition(), new.definition(), &migrations, &judge);
    let compared = Compared { old, new, report };
    let output = match arguments.format {
        Format::Human => drawing::draw(&compared, color),
        Format::Json => listing::list(&compared),
        Format::Github => annotations::annotate(&compared),
        Format::Markdown => compared.report.to_markdown(),
    };
    let is_failure = fails(arguments.fail_on, &compared.report);
    let outcome = Outcome {
        output,
        errors: String::new(),
        status: u8::from(is_failure),
    };
    if is_failure {
        Err(outcome)
    } else {
        Ok(outcome)
    }
}

fn fails(fail_on: FailOn, report: &Report) -> bool {
    match fail_on {
        FailOn::Breaks => report.verdict() == Verdict::Breaks,
        FailOn::CannotTell => report.verdict() >= Verdict::CannotTell,
        FailOn::Version => !report.version.is_enough,
        FailOn::Nothing => false,
    }
}

/// The old definition and the new one.
fn versions(arguments: &DiffArguments, color: bool) -> Result<(Version, Version), Outcome> {
    let folders = &arguments.folders;
    match (&arguments.against, arguments.files.as_slice()) {
        (None, [old, new]) => both(
            Version::of_file(old, folders, color),
            Version::of_file(new, folders, color),
        ),
        (Some(against), [] | [_]) => {
            let file = definition_file::find(arguments.files.first().map(PathBuf::as_path))?;
            let new = Version::of_file(&file, folders, color)?;
            let credentials = &arguments.credentials;
            let old = version_against(against, &file, &new, folders, credentials, color)?;
            Ok((old, new))
        }
        _ => Err(Outcome::wrong_usage(
            "error: two definitions are compared\n\
             help: name the old one and the new one, as in `contexture diff old.yaml new.yaml`, or the old one by \
             `--against git:REV` or `--against deployed`. For more information, try `--help`\n",
        )),
    }
}

/// Both versions, or the mistakes of both.
fn both(
    old: Result<Version, Outcome>,
    new: Result<Version, Outcome>,
) -> Result<(Version, Version), Outcome> {
    match (old, new) {
        (Ok(old), Ok(new)) => Ok((old, new)),
        (Err(old), Err(new)) => Err(Outcome::failure(format!("{}\n{}", old.errors, new.errors))),
        (Err(wrong), Ok(_)) | (Ok(_), Err(wrong)) => Err(wrong),
    }
}

/// The old version of a definition that `--against` names. `new` is what is in the file.
pub(crate) fn version_against(
    against: &Against,
    file: &Path,
    new: &Version,
    folders: &Folders,
    credentials: &CredentialArguments,
    color: bool,
) -> Result<Version, Outcome> {
    match against {
        Against::Revision(revision) => git::version_at(revision, file, folders, color),
        Against::File(old) => Version::of_file(old, folders, color),
        Against::Deployed(which) => deployed::version_of(which.as_ref(), new, credentials, color),
    }
}
