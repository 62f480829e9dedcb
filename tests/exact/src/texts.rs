//! Definitions with hostile texts, as files. The package `tests` generates code from them, too.

use std::io;
use std::path::{Path, PathBuf};

#[path = "../../build/texts.rs"]
mod drawn;

/// Writes this many definitions into a folder; returns their paths.
///
/// # Errors
///
/// Returns an error if a file cannot be written.
pub fn write(folder: &Path, count: u64) -> io::Result<Vec<PathBuf>> {
    std::fs::create_dir_all(folder)?;
    let write = |seed| {
        let path = folder.join(format!("texts{seed}.json"));
        let text = drawn::file(&drawn::definition(seed, 3));
        contexture_codegen::write_if_changed(&path, &text)?;
        Ok(path)
    };
    (1..=count).map(write).collect()
}
