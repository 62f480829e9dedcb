//! Generation and compilation.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use super::package;
use crate::cargo::run;
use crate::corpus::Definition;
use crate::generate::{Fate, generate, generator};
use crate::size::count_lines;

/// The outcome of a definition.
#[derive(Clone, Debug)]
pub enum Compiled {
    /// It compiles without a warning: this many lines of code.
    Clean(usize),
    /// The compiler's first error or warning.
    Faulty(String),
    /// The generator rejected it, with this first error.
    Refused(String),
    /// The generator panicked, with this message.
    Panicked(String),
}

/// Generates every definition and compiles the code as one package in a folder.
///
/// # Errors
///
/// Returns an error if the folder cannot be used, or if the package does not compile for a reason outside of the
/// generated code.
pub fn compile(
    folder: &Path,
    definitions: &[Definition],
) -> io::Result<BTreeMap<String, Compiled>> {
    let paths: Vec<_> = definitions.iter().map(|one| one.path.clone()).collect();
    compile_files(folder, &paths)
}

/// The same for definitions given by their paths.
///
/// # Errors
///
/// Returns an error as [`compile`] does.
pub fn compile_files(
    folder: &Path,
    definitions: &[PathBuf],
) -> io::Result<BTreeMap<String, Compiled>> {
    let mut compiled = BTreeMap::new();
    let mut files = BTreeMap::new();
    for path in definitions {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let stem = stem.into_owned();
        let fate = match generate(&generator(path, None)) {
            Fate::Generated(code) => {
                let lines = count_lines(&code).code;
                files.insert(stem.clone(), code);
                Compiled::Clean(lines)
            }
            Fate::Refused { message, .. } => Compiled::Refused(message),
            Fate::Panicked(message) => Compiled::Panicked(message),
        };
        compiled.insert(stem, fate);
    }
    package::write(folder, &files)?;
    let ran = run(&mut package::command(folder, &["check"]))?;
    let (faulty, others) = package::by_file(&ran);
    if let Some(other) = others.into_iter().next() {
        return Err(io::Error::other(other));
    }
    if !ran.is_success && faulty.is_empty() {
        return Err(io::Error::other(ran.errors));
    }
    let faulty = faulty.into_iter();
    compiled.extend(faulty.map(|(stem, first)| (stem, Compiled::Faulty(first))));
    Ok(compiled)
}
