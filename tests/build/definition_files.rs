//! The definition files of a folder. The build script of the fuzz targets uses this file too.

use std::path::{Path, PathBuf};
use std::{fs, io};

/// Returns the definition files, sorted by path, without `*.schema.json`, which describes the format.
pub(crate) fn sorted(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.to_string_lossy();
        if name.ends_with(".yaml") || (name.ends_with(".json") && !name.ends_with(".schema.json")) {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}
