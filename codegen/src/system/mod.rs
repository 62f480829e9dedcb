//! The generator's only way to files and to the environment.

#[cfg(test)]
mod memory;
mod os;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::{fmt, io};

#[cfg(test)]
pub(crate) use memory::MemorySystem;
pub(crate) use os::OsSystem;

/// Files and environment: those of the operating system, or those of a test.
pub(crate) trait System: fmt::Debug + Send + Sync {
    /// The path of a file or a folder that exists, absolute and free of links and of `..`.
    fn canonicalize(&self, path: &Path) -> io::Result<PathBuf>;

    /// The size of a file in bytes; `None` for a folder, a pipe and all else that is not a regular file.
    fn file_size(&self, path: &Path) -> io::Result<Option<u64>>;

    /// The contents of a file.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;

    /// Writes a file.
    fn write(&self, path: &Path, contents: &[u8]) -> io::Result<()>;

    /// The working directory, if there is one.
    fn current_dir(&self) -> Option<PathBuf>;

    /// A variable of the environment.
    fn variable(&self, name: &str) -> Option<OsString>;
}
