//! `contexture new`.

mod deployment;
mod existing;
mod from;
mod hello;
mod name;
mod place;
mod project;
mod source;
mod template;

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use clap::Args;
use contexture_codegen::SecretVariable;

use self::deployment::{Deployed, Deployment};
use self::name::Name;
use self::place::Place;
use self::project::{Project, ProjectFile};
use self::source::Source;
use crate::Outcome;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  contexture new hello                      # a small integration in ./hello
  contexture new hello --path projects/hello
  bp read --json > acme.json
  contexture new acme --from acme.json      # an existing integration, all handlers as stubs
  contexture new hello --deploy kubernetes  # also a Dockerfile, and manifests for Kubernetes
  contexture new --deploy kubernetes        # these files alone, for the package of the current folder

The project builds, and its tests pass, at once. Its dependencies are those that this command was built with: a \
checkout of Contexture, a commit of its repository, or the published version.")]
pub(crate) struct NewArguments {
    /// The name of the integration: lowercase letters, digits and hyphens.
    #[arg(required_unless_present = "deploy")]
    name: Option<String>,
    /// An existing definition, such as the output of `bp read --json`. It is copied with all files that it refers to.
    #[arg(long, value_name = "FILE", requires = "name")]
    from: Option<PathBuf>,
    /// The folder of the project; NAME in the current folder by default, and without NAME the current folder.
    #[arg(long, value_name = "DIR")]
    path: Option<PathBuf>,
    /// Where the project takes Contexture from: `release`, `git`, or the folder of a checkout.
    #[arg(long, value_name = "SOURCE", requires = "name")]
    contexture: Option<Source>,
    /// Where the integration is to run: writes the files that it needs there. Without NAME, for an existing package.
    #[arg(long, value_name = "PLACE")]
    deploy: Option<Deployment>,
}

/// Makes a project, or adds the files of a deployment to a package.
pub(crate) fn run(arguments: &NewArguments, color: bool) -> Result<Outcome, Outcome> {
    match (&arguments.name, arguments.deploy) {
        (None, Some(deployment)) => {
            let folder = arguments.path.as_deref().unwrap_or(Path::new("."));
            deployment::add(deployment, folder, color)
        }
        (name, _) => make(arguments, name.as_deref().unwrap_or_default(), color),
    }
}

fn make(arguments: &NewArguments, name: &str, color: bool) -> Result<Outcome, Outcome> {
    let name = Name::parse(name);
    let name = name.map_err(|invalid| Outcome::wrong_usage(invalid.to_string()))?;
    let folder = arguments.path.clone();
    let place = Place::find(folder.unwrap_or_else(|| PathBuf::from(name.as_str())))?;
    let source = arguments.contexture.clone();
    let source = source.unwrap_or_else(Source::of_this_command);
    let files = first_of_each_path(files(arguments, &name, &place, &source, color)?);
    write(&place.folder, &files, source.lock_file().as_deref()).map_err(|(path, error)| {
        Outcome::failure(format!("error: cannot write {}: {error}\n", path.display()))
    })?;
    format(&place.folder);
    Ok(Outcome::told(told(arguments, &name, &place, &source)))
}

fn files(
    arguments: &NewArguments,
    name: &Name,
    place: &Place,
    source: &Source,
    color: bool,
) -> Result<Vec<ProjectFile>, Outcome> {
    let project = Project {
        name,
        title: name.title(),
        place,
        source,
        definition: hello::DEFINITION.to_owned(),
        dependencies: hello::DEPENDENCIES,
        secrets: String::new(),
    };
    let deployment = |secrets: &[SecretVariable]| match arguments.deploy {
        Some(deployment) => deployment.files(&deployed(name, &project.title, secrets)),
        None => Vec::new(),
    };
    let Some(file) = &arguments.from else {
        return Ok([hello::files(&project), deployment(&[])].concat());
    };
    let existing = existing::read(file, color)?;
    let project = Project {
        definition: existing.definition.clone(),
        dependencies: "",
        secrets: from::secrets(&existing),
        ..project.clone()
    };
    let files = from::files(&project, &existing)?;
    Ok([files, deployment(&existing.handlers.secrets)].concat())
}

/// What the files of a deployment are filled with for a new project.
fn deployed<'a>(name: &'a Name, title: &'a str, secrets: &'a [SecretVariable]) -> Deployed<'a> {
    Deployed {
        title,
        package: name.as_str(),
        bin: name.as_str(),
        version: project::VERSION,
        secrets,
        path: "",
    }
}

/// A file of the definition, such as `README.md`, stands before the project's own one.
fn first_of_each_path(mut files: Vec<ProjectFile>) -> Vec<ProjectFile> {
    let mut paths = HashSet::new();
    files.retain(|file| paths.insert(file.path.clone()));
    files
}

/// Writes the files of a project into a folder that is empty or does not exist.
fn write(
    folder: &Path,
    files: &[ProjectFile],
    lock_file: Option<&Path>,
) -> Result<(), (PathBuf, io::Error)> {
    for file in files {
        let path = folder.join(&file.path);
        create(&path, &file.contents).map_err(|error| (path, error))?;
    }
    if let Some(lock_file) = lock_file {
        let path = folder.join("Cargo.lock");
        fs::copy(lock_file, &path).map_err(|error| (path, error))?;
    }
    Ok(())
}

fn create(path: &Path, contents: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    File::create_new(path)?.write_all(contents)
}

/// Formats the sources as `cargo new` does: if rustfmt is there, and without a word if it is not.
fn format(folder: &Path) {
    let mut rustfmt = Command::new("rustfmt");
    rustfmt
        .args(["--edition", "2024", "build.rs", "src/main.rs"])
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let _ = rustfmt.status();
}

fn told(arguments: &NewArguments, name: &Name, place: &Place, source: &Source) -> String {
    let folder = place.folder.display();
    let workspace = match &place.workspace {
        Some(workspace) => format!(
            "note: the folder is in the workspace of {}, so the project is a workspace of its own. To make it a member, \
             remove `[workspace]` and the profiles from its Cargo.toml, and name it in `members` there\n",
            workspace.display()
        ),
        None => String::new(),
    };
    let outside = match (arguments.deploy, source) {
        (Some(_), Source::Checkout(_)) => {
            "note: an image is built from the folder of the project alone, without a checkout beside it. Take Contexture \
             from git before you build one: `contexture new --contexture git`\n"
        }
        _ => "",
    };
    let title = name.title();
    let deployed = deployed(name, &title, &[]);
    let deployment = arguments
        .deploy
        .map(|deployment| deployment.commands(&deployed));
    let lines = deployment
        .iter()
        .flatten()
        .map(|[command, comment]| format!("  {command}    # {comment}\n"));
    let deployment = lines.collect::<Vec<_>>().concat();
    format!(
        "created the integration `{}` in {folder}\nContexture is taken from {}\n{workspace}{outside}\n\
         next:\n  \
           cd {folder}\n  \
           cargo test        # its tests\n  \
           contexture dev    # runs it on an emulator of Botpress\n\
         {deployment}",
        name.as_str(),
        source.describe()
    )
}
