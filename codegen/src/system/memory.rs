//! Files in memory, for tests.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::System;

/// Files in memory, below a working directory `/project`, and an empty environment.
#[derive(Debug, Default)]
pub(crate) struct MemorySystem {
    files: Mutex<BTreeMap<PathBuf, Vec<u8>>>,
    writes: Mutex<usize>,
}

impl MemorySystem {
    /// Files with these paths and texts.
    pub(crate) fn new<T: AsRef<[u8]>>(files: &[(&str, T)]) -> Self {
        let system = Self::default();
        let bytes = |(path, text): &(&str, T)| (absolute(Path::new(path)), text.as_ref().to_vec());
        system.files().extend(files.iter().map(bytes));
        system
    }

    /// How many files were written.
    pub(crate) fn writes(&self) -> usize {
        *self.writes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn files(&self) -> MutexGuard<'_, BTreeMap<PathBuf, Vec<u8>>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl System for MemorySystem {
    fn canonicalize(&self, path: &Path) -> io::Result<PathBuf> {
        let path = absolute(path);
        let exists = self.files().keys().any(|file| file.starts_with(&path));
        if exists { Ok(path) } else { Err(missing()) }
    }

    fn file_size(&self, path: &Path) -> io::Result<Option<u64>> {
        let path = self.canonicalize(path)?;
        let files = self.files();
        Ok(files.get(&path).map(|contents| contents.len() as u64))
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.files()
            .get(&absolute(path))
            .cloned()
            .ok_or_else(missing)
    }

    fn write(&self, path: &Path, contents: &[u8]) -> io::Result<()> {
        self.files().insert(absolute(path), contents.to_vec());
        *self.writes.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        Ok(())
    }

    fn current_dir(&self) -> Option<PathBuf> {
        Some(PathBuf::from("/project"))
    }

    fn variable(&self, _: &str) -> Option<OsString> {
        None
    }
}

fn missing() -> io::Error {
    io::ErrorKind::NotFound.into()
}

fn absolute(path: &Path) -> PathBuf {
    let mut absolute = PathBuf::new();
    for component in Path::new("/project").join(path).components() {
        match component {
            Component::ParentDir => drop(absolute.pop()),
            Component::CurDir => {}
            other => absolute.push(other),
        }
    }
    absolute
}
