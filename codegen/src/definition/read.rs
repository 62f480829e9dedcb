//! The file system, and what of it may be read.

use std::io;
use std::path::{Component, Path, PathBuf};

use crate::characters::visible;

/// Larger files are no definitions; the largest real one has half a megabyte.
const LARGEST: u64 = 16 * 1024 * 1024;

/// Reads files of one folder tree, and remembers which it looked at.
#[derive(Debug)]
pub(super) struct Reader {
    /// The folder, free of links; the folder of the first file, unless it is given.
    root: Option<PathBuf>,
    /// Every file that was looked at, those that do not exist among them.
    pub(super) read: Vec<PathBuf>,
}

/// A file that was read.
#[derive(Debug)]
pub(super) struct ReadFile {
    /// Its path, free of links and of `..`.
    pub(super) path: PathBuf,
    pub(super) text: String,
}

/// Why a file was not read.
#[derive(Debug)]
pub(super) enum ReadError {
    Io(String),
    OutsideRoot,
    NotUtf8,
}

impl Reader {
    /// A reader of a folder, or of the folder of the first file that it reads.
    pub(super) fn new(root: Option<&Path>) -> Self {
        // In a root that does not exist there is no file either, so that each is outside of it.
        let root = root.map(|root| root.canonicalize().unwrap_or_else(|_| root.to_owned()));
        Self {
            root,
            read: Vec::new(),
        }
    }

    /// Reads a file that another one names; does not look outside of the root at all.
    pub(super) fn read_named(&mut self, path: &Path) -> Result<ReadFile, ReadError> {
        match &self.root {
            Some(root) if !normalize(path).starts_with(root) => Err(ReadError::OutsideRoot),
            _ => self.read_text(path),
        }
    }

    /// Reads a file of a folder that stands for an address; does not look outside of it at all.
    pub(super) fn read_remote(&mut self, folder: &Path, path: &str) -> Result<ReadFile, ReadError> {
        // In a folder that does not exist there is no file either.
        let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        let path = folder.join(path);
        if normalize(&path).starts_with(&folder) {
            self.read_within(&path, Some(&folder))
        } else {
            Err(ReadError::OutsideRoot)
        }
    }

    /// Reads a file, if it is in the folder wherever links and `..` lead.
    pub(super) fn read_text(&mut self, path: &Path) -> Result<ReadFile, ReadError> {
        self.read_within(path, None)
    }

    /// Reads a file of a folder, of the root unless it is given.
    fn read_within(&mut self, path: &Path, folder: Option<&Path>) -> Result<ReadFile, ReadError> {
        if !self.read.iter().any(|read| read == path) {
            self.read.push(path.to_owned());
        }
        let io = |error: io::Error| ReadError::Io(reason(&error));
        let path = path.canonicalize().map_err(io)?;
        let own = || path.parent().unwrap_or(&path).to_owned();
        let root = folder.unwrap_or_else(|| self.root.get_or_insert_with(own));
        if !path.starts_with(root) {
            return Err(ReadError::OutsideRoot);
        }
        let metadata = path.metadata().map_err(io)?;
        // A pipe would be waited for without end.
        if !metadata.is_file() {
            return Err(ReadError::Io("it is not a file".to_owned()));
        }
        if metadata.len() > LARGEST {
            return Err(ReadError::Io("it is larger than 16 MiB".to_owned()));
        }
        let bytes = std::fs::read(&path).map_err(io)?;
        let text = String::from_utf8(bytes).map_err(|_| ReadError::NotUtf8)?;
        // A byte order mark is no part of the text: no line is drawn with it, no column counts it.
        let text = text
            .strip_prefix('\u{feff}')
            .map(str::to_owned)
            .unwrap_or(text);
        Ok(ReadFile { path, text })
    }
}

/// A path without the detours that it can be told to have from its text: `a/../b/./c` is `b/c`.
fn normalize(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir
                if matches!(normal.components().next_back(), Some(Component::Normal(_))) =>
            {
                normal.pop();
            }
            other => normal.push(other),
        }
    }
    normal
}

/// A path as messages show it: relative to the working directory, if it is inside of it; on one line, whatever it is.
pub(super) fn display(path: &Path) -> String {
    let relative = std::env::current_dir()
        .ok()
        .and_then(|folder| path.strip_prefix(folder).ok().map(Path::to_owned));
    let shown = normalize(relative.as_deref().unwrap_or(path))
        .to_string_lossy()
        .replace('\\', "/");
    if shown.is_empty() {
        ".".to_owned()
    } else {
        visible(&shown).into_owned()
    }
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission is denied".to_owned(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn detours_are_left_out() {
        assert_eq!(normalize(Path::new("a/../b/./c")), Path::new("b/c"));
        assert_eq!(normalize(Path::new("../../a/b/..")), Path::new("../../a"));
        assert_eq!(normalize(Path::new("/a/../b")), Path::new("/b"));
    }
}
