//! Writing to disk.

use std::io;
use std::path::Path;

use crate::system::{OsSystem, System};

/// Writes a file unless it holds the same already, so that its time stays.
///
/// Gives whether it was written.
///
/// # Errors
///
/// Returns an error if the file cannot be written.
pub fn write_if_changed(path: &Path, contents: &str) -> io::Result<bool> {
    write_if_changed_in(&OsSystem, path, contents)
}

/// The same on any system.
pub(crate) fn write_if_changed_in(
    system: &dyn System,
    path: &Path,
    contents: &str,
) -> io::Result<bool> {
    let contents = contents.as_bytes();
    // A pipe is not read: what it holds is for others.
    let size = system.file_size(path).ok().flatten();
    let is_as_long = size.is_some_and(|size| usize::try_from(size) == Ok(contents.len()));
    if is_as_long && system.read(path).is_ok_and(|current| current == contents) {
        return Ok(false);
    }
    system.write(path, contents)?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::MemorySystem;

    #[test]
    fn a_file_that_holds_the_same_is_not_written() {
        let system = MemorySystem::new(&[("shop.rs", "a")]);
        let write = |contents| write_if_changed_in(&system, Path::new("shop.rs"), contents).ok();
        assert_eq!((write("a"), system.writes()), (Some(false), 0));
        assert_eq!((write("b"), system.writes()), (Some(true), 1));
        assert_eq!((write("b"), system.writes()), (Some(false), 1));
    }
}
