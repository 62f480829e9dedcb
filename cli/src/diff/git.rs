//! A definition at a revision of git, with the files that it refers to.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};
use std::process::Command;
use std::{fs, io};

use contexture_codegen::Generator;

use super::version::{Elsewhere, Version};
use crate::Outcome;
use crate::folders::Folders;

/// Reads a definition as it was at a revision: `v1.2.0`, or `v1.2.0:PATH` where it had another path. Files that it refers to are
/// those of the revision, too.
pub(super) fn version_at(
    revision: &str,
    file: &Path,
    folders: &Folders,
    color: bool,
) -> Result<Version, Outcome> {
    let (revision, path) = match revision.split_once(':') {
        Some((revision, path)) => (revision, Some(Path::new(path))),
        None => (revision, None),
    };
    let checkout = Checkout::new(revision, file)?;
    let inside = checkout.inside_revision(path, file)?;
    let file = path.unwrap_or(file);
    if !checkout.write(&inside)? {
        return Err(Outcome::failure(format!(
            "error: {} is not in the revision `{revision}`\n\
             help: name another revision, or the path that it had there, as in `--against git:{revision}:old.yaml`\n",
            file.display()
        )));
    }
    let copy = checkout.folder.path().join(&inside);
    let root = folders
        .root()
        .map(|root| checkout.inside(root))
        .transpose()?;
    let mut generator = folders.generator(&copy);
    if let Some(root) = root {
        generator = generator.root(checkout.folder.path().join(root));
    }
    checkout.write_all(&generator)?;
    let elsewhere = Elsewhere {
        folder: checkout.folder,
        shown: format!("{revision}:"),
    };
    Version::read(&generator, file, Some(elsewhere), color)
}

/// Some files of a revision in a folder.
struct Checkout {
    revision: String,
    /// The top of the working tree.
    top: PathBuf,
    folder: tempfile::TempDir,
}

impl Checkout {
    fn new(revision: &str, file: &Path) -> Result<Self, Outcome> {
        let parent = file.parent().filter(|parent| *parent != Path::new(""));
        let parent = parent.unwrap_or(Path::new("."));
        let top = git(parent, &["rev-parse", "--show-toplevel"])?;
        let top = PathBuf::from(String::from_utf8_lossy(&top).trim_end());
        let commit = format!("{revision}^{{commit}}");
        // Behind this, an argument that starts with `-` is no option.
        let commit = git(
            parent,
            &[
                "rev-parse",
                "--verify",
                "--quiet",
                "--end-of-options",
                &commit,
            ],
        );
        let commit = commit.map_err(|_| {
            Outcome::failure(format!(
                "error: git knows no revision `{revision}`\nhelp: `git log` lists them\n"
            ))
        })?;
        Ok(Self {
            revision: String::from_utf8_lossy(&commit).trim().to_owned(),
            top: top.canonicalize().unwrap_or(top),
            folder: tempfile::tempdir().map_err(|error| failed(&error))?,
        })
    }

    /// The path of a definition at the revision. As for git, one that does not begin with `./` or `../` is a path from the top.
    fn inside_revision(&self, path: Option<&Path>, file: &Path) -> Result<PathBuf, Outcome> {
        let is_relative = |path: &Path| {
            let first = path.components().next();
            matches!(first, Some(Component::CurDir | Component::ParentDir))
        };
        match path {
            None => self.inside(file),
            Some(path) if is_relative(path) => self.inside(path),
            Some(path) => Ok(normal(path)),
        }
    }

    /// The path of a file inside the working tree. The file need not exist.
    fn inside(&self, path: &Path) -> Result<PathBuf, Outcome> {
        let absolute = std::path::absolute(path).map_err(|error| failed(&error))?;
        let parent = absolute
            .parent()
            .map(|parent| parent.canonicalize().unwrap_or_else(|_| parent.to_owned()));
        let absolute = match (parent, absolute.file_name()) {
            (Some(parent), Some(name)) => parent.join(name),
            _ => absolute,
        };
        let inside = normal(&absolute);
        inside
            .strip_prefix(&self.top)
            .map(Path::to_owned)
            .map_err(|_| {
                Outcome::failure(format!(
                    "error: {} is not in the working tree of git\n",
                    path.display()
                ))
            })
    }

    /// Writes every file that a definition refers to, until there are no more.
    fn write_all(&self, generator: &Generator) -> Result<(), Outcome> {
        let folder = self.folder.path();
        let real = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        let mut tried = BTreeSet::new();
        loop {
            let files = generator.files().into_iter();
            let inside = files.filter_map(|file| {
                let file = normal(&std::path::absolute(file).ok()?);
                let inside = file
                    .strip_prefix(&real)
                    .or_else(|_| file.strip_prefix(folder));
                inside.ok().map(Path::to_owned)
            });
            let new: Vec<_> = inside.filter(|file| tried.insert(file.clone())).collect();
            let mut is_written = false;
            for file in new.iter().filter(|file| !folder.join(file).exists()) {
                is_written |= self.write(file)?;
            }
            if !is_written {
                return Ok(());
            }
        }
    }

    /// Writes a file of the revision, if it has it.
    fn write(&self, inside: &Path) -> Result<bool, Outcome> {
        let path = inside.to_string_lossy().replace('\\', "/");
        let object = format!("{}:{path}", self.revision);
        let Ok(contents) = git(&self.top, &["cat-file", "blob", &object]) else {
            return Ok(false);
        };
        let copy = self.folder.path().join(inside);
        copy.parent()
            .map_or(Ok(()), fs::create_dir_all)
            .and_then(|()| fs::write(&copy, contents))
            .map_err(|error| failed(&error))?;
        Ok(true)
    }
}

/// Runs git in a folder, and gives what it prints.
fn git(folder: &Path, arguments: &[&str]) -> Result<Vec<u8>, Outcome> {
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(arguments)
        .output();
    let output =
        output.map_err(|error| Outcome::failure(format!("error: cannot run git: {error}\n")))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let errors = String::from_utf8_lossy(&output.stderr);
    Err(Outcome::failure(format!("error: git: {}\n", errors.trim())))
}

/// A path without `.` and `..`.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::ParentDir => drop(normal.pop()),
            Component::CurDir => {}
            other => normal.push(other),
        }
    }
    normal
}

fn failed(error: &io::Error) -> Outcome {
    Outcome::failure(format!("error: cannot copy a file of git: {error}\n"))
}
