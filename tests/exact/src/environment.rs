//! The folders of the data and of the work.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// A folder of data that an environment variable names.
///
/// # Errors
///
/// Returns the reason if the variable is missing or names no folder.
pub fn data_folder(variable: &str) -> Result<PathBuf, String> {
    let Some(folder) = env::var_os(variable).map(PathBuf::from) else {
        return Err(format!("{variable} is not set: nothing to measure"));
    };
    if folder.is_dir() {
        Ok(folder)
    } else {
        Err(format!("{variable} is not a folder: {}", folder.display()))
    }
}

/// The folder of the repository.
///
/// # Panics
///
/// Panics if the package was moved after it was built.
#[must_use]
pub fn workspace() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .expect("the package is in the workspace where it was built")
}

/// The folder below the target folder that a program works in.
#[must_use]
pub fn work_folder(program: &str) -> PathBuf {
    let target =
        env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace().join("target"), PathBuf::from);
    target.join("exact").join(program)
}

/// The JSON files of a folder, in the order of their names.
///
/// # Errors
///
/// Returns an error if the folder cannot be read.
pub fn json_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    files_with(folder, &["json"])
}

/// The files of a folder with one of these extensions, in the order of their names.
///
/// # Errors
///
/// Returns an error if the folder cannot be read.
pub fn files_with(folder: &Path, extensions: &[&str]) -> io::Result<Vec<PathBuf>> {
    let has_extension = |path: &PathBuf| {
        let extension = path.extension().unwrap_or_default();
        path.is_file() && extensions.iter().any(|one| extension == *one)
    };
    Ok(entries(folder)?.into_iter().filter(has_extension).collect())
}

/// The folders inside of a folder.
///
/// # Errors
///
/// Returns an error if the folder cannot be read.
pub fn folders(folder: &Path) -> io::Result<Vec<PathBuf>> {
    Ok(entries(folder)?
        .into_iter()
        .filter(|path| path.is_dir())
        .collect())
}

fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries: io::Result<Vec<_>> = fs::read_dir(folder)?.collect();
    let mut paths: Vec<_> = entries?.into_iter().map(|entry| entry.path()).collect();
    paths.sort();
    Ok(paths)
}

/// This many of the items, evenly spread; all of them without a number.
#[must_use]
pub fn spread<T>(all: Vec<T>, count: Option<usize>) -> Vec<T> {
    let step = count.map_or(1, |count| all.len().div_ceil(count.max(1)).max(1));
    all.into_iter().step_by(step).collect()
}

/// The argument after a name, such as `--values 10`.
#[must_use]
pub fn argument(name: &str) -> Option<String> {
    env::args().skip_while(|argument| argument != name).nth(1)
}
