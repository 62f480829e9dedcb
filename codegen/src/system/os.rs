//! The files and the environment of the operating system.

#![expect(
    clippy::disallowed_methods,
    reason = "this is where the generator meets the operating system"
)]

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use super::System;

/// The operating system.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OsSystem;

impl System for OsSystem {
    fn canonicalize(&self, path: &Path) -> io::Result<PathBuf> {
        fs::canonicalize(path)
    }

    fn file_size(&self, path: &Path) -> io::Result<Option<u64>> {
        let metadata = fs::metadata(path)?;
        Ok(metadata.is_file().then_some(metadata.len()))
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        fs::read(path)
    }

    fn write(&self, path: &Path, contents: &[u8]) -> io::Result<()> {
        fs::write(path, contents)
    }

    fn current_dir(&self) -> Option<PathBuf> {
        env::current_dir().ok()
    }

    fn variable(&self, name: &str) -> Option<OsString> {
        env::var_os(name)
    }
}
