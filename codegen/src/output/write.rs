//! Writing to disk.

use std::io;
use std::path::Path;

/// Writes a file unless it holds the same already, so that its time stays.
///
/// Gives whether it was written.
///
/// # Errors
///
/// Returns an error if the file cannot be written.
pub fn write_if_changed(path: &Path, contents: &str) -> io::Result<bool> {
    if std::fs::read(path).is_ok_and(|current| current == contents.as_bytes()) {
        return Ok(false);
    }
    std::fs::write(path, contents)?;
    Ok(true)
}
