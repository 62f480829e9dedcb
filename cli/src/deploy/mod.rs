//! `contexture deploy`.
//!
//! The phases are functions from data to data: the definition becomes a body (`body`, `update`), both
//! become a `plan`, and the answer becomes what is left to do (`after`). `steps` asks Botpress and the
//! person in between.

mod after;
pub(crate) mod body;
pub(crate) mod definition;
mod deprecated;
mod environment_file;
pub(crate) mod existing;
pub(crate) mod interfaces;
pub(crate) mod naming;
mod plan;
mod secrets;
mod steps;
pub(crate) mod update;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use clap::{ArgGroup, Args, ValueEnum};
use contexture_codegen::Publication;
use tokio::runtime::Builder;

use self::body::Place;
use self::secrets::Assignment;
use self::steps::Session;
use crate::botpress::{AdminClient, CredentialArguments};
use crate::call::Format;
use crate::dev::{Package, Style};
use crate::folders::Folders;
use crate::terminal::{OwnTerminal, Terminal as _};
use crate::{Colors, Outcome, bundle, definition_file};

/// The most bytes of code that Botpress takes.
const MOST_CODE_BYTES: usize = 52_428_800;

#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Examples:
  contexture deploy --url https://integrations.example.com/github    # runs on your own host
  contexture deploy --url https://… --mint-key --env-file prod.env   # also makes the key that it reaches Botpress with
  contexture deploy --hosted                                         # builds the bundle, which runs at Botpress
  contexture deploy --bundle index.cjs                               # one that was built before
  contexture deploy --dry-run --url https://…                        # Botpress checks it, and changes nothing
  contexture deploy --yes --format json                              # for CI: asks nothing

A plan is shown first: what is added, changed and removed, and what that means for bots. Without a terminal, `--yes` is \
needed.

Values of secrets come from `--secrets`, from variables SECRET_<NAME>, or from questions on the terminal, where they are \
not shown. A variable is better than an option, which other programs of the machine can read.

The credentials are those of the official command line: `contexture login`, or BP_TOKEN and BP_WORKSPACE_ID.")]
pub(crate) struct DeployArguments {
    /// The definition: a YAML or JSON file; ./definition.yaml by default.
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    #[command(flatten)]
    place: PlaceArguments,
    /// Asks Botpress whether it would take the integration, and changes nothing.
    #[arg(long)]
    dry_run: bool,
    /// Asks nothing: confirms the plan, and deletes secrets that are not declared any more.
    #[arg(long, short)]
    yes: bool,
    /// Who can find and install the integration; by default what the definition says, or as before, or private.
    #[arg(long, value_enum)]
    visibility: Option<Visibility>,
    /// The value of a secret. Can be repeated.
    #[arg(long, value_name = "NAME=VALUE")]
    secrets: Vec<Assignment>,
    /// Takes features that Botpress has deprecated.
    #[arg(long)]
    allow_deprecated: bool,
    /// The format of the result.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    #[command(flatten)]
    files: FileArguments,
    #[command(flatten)]
    folders: Folders,
    #[command(flatten)]
    credentials: CredentialArguments,
}

/// Where an integration is to run; where it ran before, without any of them.
#[derive(Clone, Debug, Args)]
#[command(group = ArgGroup::new("place").args(["url", "hosted", "bundle"]))]
struct PlaceArguments {
    /// The public address of the integration on a host of your own.
    #[arg(long, value_name = "URL", value_parser = public_address)]
    url: Option<String>,
    /// Builds the package of this folder as `contexture bundle` does, and has Botpress run it.
    #[arg(long)]
    hosted: bool,
    /// Has Botpress run this file of JavaScript.
    #[arg(long, value_name = "FILE")]
    bundle: Option<PathBuf>,
}

/// What an integration on a host of its own needs.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "On a host of your own")]
struct FileArguments {
    /// Makes an access key, by which the integration reaches Botpress's API.
    #[arg(long, conflicts_with_all = ["dry_run", "hosted", "bundle"])]
    mint_key: bool,
    /// Makes a new signing secret for an integration that exists. The old one is valid for 24 hours more.
    #[arg(long, conflicts_with_all = ["dry_run", "hosted", "bundle"])]
    rotate_signing_secret: bool,
    /// The file that gets the variables of the integration. Only its owner can read it. `.env.botpress` by default.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["dry_run", "hosted", "bundle"])]
    env_file: Option<PathBuf>,
    /// The file that gets the same variables as a Secret of Kubernetes.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["dry_run", "hosted", "bundle"])]
    kubernetes_secret: Option<PathBuf>,
}

/// Who can find and install an integration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Visibility {
    /// Everybody. A public version cannot be changed any more.
    Public,
    /// The workspace that owns it.
    Private,
    /// Everybody who knows its name.
    Unlisted,
}

impl Visibility {
    fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Private => "private",
            Self::Unlisted => "unlisted",
        }
    }
}

/// Publishes an integration.
pub(crate) fn run(
    arguments: &DeployArguments,
    colors: Colors,
    print: &mut dyn FnMut(Outcome) -> ControlFlow<()>,
) -> Result<Outcome, Outcome> {
    let file = definition_file::find(arguments.file.as_deref())?;
    let publication = read(&file, &arguments.folders, colors.errors)?;
    after::check_files(arguments)?;
    let credentials = arguments.credentials.find()?;
    let place = place(&arguments.place, &file, colors.errors, print)?;
    let mut terminal = OwnTerminal;
    let is_watched = terminal.is_interactive() && arguments.format == Format::Human;
    // A closed pipe does not end what Botpress has begun.
    let mut say = |text: &str| {
        if !text.is_empty() {
            let _ = print(Outcome::told(text));
        }
    };
    say(&publication.warnings.render(colors.errors));
    let client = AdminClient::new(&credentials, crate::waits::tell);
    let mut session = Session {
        arguments,
        client,
        terminal: &mut terminal,
        say: &mut say,
        style: Style::new(colors.errors),
        shows_progress: is_watched,
    };
    let runtime = Builder::new_current_thread().enable_all().build();
    let runtime =
        runtime.map_err(|error| Outcome::failure(format!("error: cannot start: {error}\n")))?;
    runtime.block_on(session.deploy(&publication, place))
}

/// Reads the definition as Botpress takes it.
fn read(file: &Path, folders: &Folders, color: bool) -> Result<Publication, Outcome> {
    folders
        .generator(file)
        .publication()
        .map_err(|diagnostics| {
            Outcome::failure(format!(
                "{}error: {} is refused: {}\n",
                diagnostics.render(color),
                file.display(),
                diagnostics.summary()
            ))
        })
}

/// Where the integration is to run.
fn place(
    arguments: &PlaceArguments,
    definition: &Path,
    color: bool,
    print: &mut dyn FnMut(Outcome) -> ControlFlow<()>,
) -> Result<Place, Outcome> {
    if let Some(url) = &arguments.url {
        return Ok(Place::Url(url.clone()));
    }
    if arguments.hosted {
        let folder = definition
            .parent()
            .filter(|folder| *folder != Path::new(""));
        let folder = folder.unwrap_or(Path::new("."));
        let package = Package::find(folder, None, Some(definition))?;
        return Ok(Place::Code(bundle::make(&package, color, print)?.code));
    }
    let Some(file) = &arguments.bundle else {
        return Ok(Place::Unchanged);
    };
    let shown = file.display();
    let code = std::fs::read_to_string(file);
    let code =
        code.map_err(|error| Outcome::failure(format!("error: cannot read {shown}: {error}\n")))?;
    Ok(Place::Code(code))
}

/// An address that Botpress can call.
fn public_address(text: &str) -> Result<String, String> {
    let uri: http::Uri = text
        .parse()
        .map_err(|_| "it is not an address".to_owned())?;
    match (uri.scheme_str(), uri.host()) {
        (Some("https" | "http"), Some(_)) => Ok(text.to_owned()),
        _ => Err("expected an address, such as https://integrations.example.com/github".to_owned()),
    }
}
