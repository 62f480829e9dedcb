//! Projects of `contexture new`, built, linted and tested.

mod build;
mod make;
mod report;

use std::io;
use std::path::{Path, PathBuf};

use crate::environment::{files_with, json_files, workspace};

pub use report::report;

/// A project to make.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Its name.
    pub name: String,
    /// The definition that it is made from; none for a project that starts from nothing.
    pub from: Option<PathBuf>,
}

/// What became of a project.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Its name.
    pub name: String,
    /// The first fault: of the command, of the compiler, of clippy or of a test.
    pub fault: Option<String>,
    /// How many tests it has.
    pub tests: usize,
}

impl Outcome {
    /// Whether the project is as promised.
    #[must_use]
    pub fn is_right(&self) -> bool {
        self.fault.is_none() && self.tests > 0
    }
}

/// Names that are also names of other things: of a type, of a module of the template, of a section of the definition.
const NAMES: [&str; 5] = ["hello", "actions", "my-shop-2", "str", "webhook-receive"];

/// The projects: from nothing, from real definitions, and from those of the repository.
///
/// # Errors
///
/// Returns an error if a folder cannot be read.
pub fn wanted(integrations: &Path) -> io::Result<Vec<Wanted>> {
    let from_nothing = NAMES.iter().map(|name| Wanted {
        name: (*name).to_owned(),
        from: None,
    });
    let own = files_with(&workspace().join("definitions"), &["yaml"])?;
    let from = |prefix: &str, path: PathBuf| {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        Wanted {
            name: format!("{prefix}{stem}"),
            from: Some(path),
        }
    };
    let real = json_files(integrations)?.into_iter();
    Ok(from_nothing
        .chain(real.map(|path| from("", path)))
        .chain(own.into_iter().map(|path| from("own-", path)))
        .collect())
}

/// Makes the projects in a folder, and gives what became of each.
///
/// # Errors
///
/// Returns an error if the folder cannot be used or cargo cannot be started.
pub fn measure(folder: &Path, projects: &[Wanted]) -> io::Result<Vec<Outcome>> {
    let mut outcomes = make::make(folder, projects)?;
    build::build(folder, &mut outcomes)?;
    Ok(outcomes)
}
