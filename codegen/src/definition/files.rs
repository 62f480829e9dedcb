//! The files that a definition may read.

use std::io;
use std::path::{Component, Path, PathBuf};

use crate::characters::visible;
use crate::system::System;

/// Larger files are no definitions; the largest real one has half a megabyte.
const LARGEST: u64 = 16 * 1024 * 1024;

/// Reads files of one folder tree, and records their paths.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    system: &'a dyn System,
    /// The folder, free of links; the folder of the first file, unless it is given.
    root: Option<PathBuf>,
    /// Every file that was requested, including missing ones.
    pub(super) read: Vec<PathBuf>,
}

/// A file that was read.
#[derive(Debug)]
pub(super) struct ReadFile {
    /// Its path, free of links and of `..`.
    pub(super) path: PathBuf,
    pub(super) text: String,
}

/// The reason why a file was not read.
#[derive(Debug)]
pub(super) enum ReadError {
    Io(String),
    OutsideRoot,
    NotUtf8,
}

impl<'a> Reader<'a> {
    /// A reader of a folder, or of the folder of the first file that it reads.
    pub(super) fn new(system: &'a dyn System, root: Option<&Path>) -> Self {
        // In a root that does not exist there is no file either, so that each is outside of it.
        let canonical = |root: &Path| system.canonicalize(root).ok();
        let root = root.map(|root| canonical(root).unwrap_or_else(|| root.to_owned()));
        Self {
            system,
            root,
            read: Vec::new(),
        }
    }

    /// Reads a file that another one names; never accesses the disk outside of the root.
    pub(super) fn read_named(&mut self, path: &Path) -> Result<ReadFile, ReadError> {
        match &self.root {
            Some(root) if !normalize(path).starts_with(root) => Err(ReadError::OutsideRoot),
            _ => self.read_text(path),
        }
    }

    /// Reads a file of a folder that is mapped to an address; never accesses the disk outside of it.
    pub(super) fn read_remote(&mut self, folder: &Path, path: &str) -> Result<ReadFile, ReadError> {
        // In a folder that does not exist there is no file either.
        let canonical = self.system.canonicalize(folder);
        let folder = canonical.unwrap_or_else(|_| folder.to_owned());
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

    /// A path as messages show it: relative to the working directory, if it is inside of it, and on one line.
    pub(super) fn display(&self, path: &Path) -> String {
        let current = self.system.current_dir();
        let relative =
            current.and_then(|folder| path.strip_prefix(folder).ok().map(Path::to_owned));
        let shown = normalize(relative.as_deref().unwrap_or(path))
            .to_string_lossy()
            .replace('\\', "/");
        if shown.is_empty() {
            ".".to_owned()
        } else {
            visible(&shown).into_owned()
        }
    }

    /// Reads a file of a folder, of the root unless it is given.
    fn read_within(&mut self, path: &Path, folder: Option<&Path>) -> Result<ReadFile, ReadError> {
        if !self.read.iter().any(|read| read == path) {
            self.read.push(path.to_owned());
        }
        let io = |error: io::Error| ReadError::Io(reason(&error));
        let path = self.system.canonicalize(path).map_err(io)?;
        let own = || path.parent().unwrap_or(&path).to_owned();
        let root = folder.unwrap_or_else(|| self.root.get_or_insert_with(own));
        if !path.starts_with(root) {
            return Err(ReadError::OutsideRoot);
        }
        match self.system.file_size(&path).map_err(io)? {
            // Reading from a pipe may never end.
            None => return Err(ReadError::Io("it is not a file".to_owned())),
            Some(size) if size > LARGEST => {
                return Err(ReadError::Io("it is larger than 16 MiB".to_owned()));
            }
            Some(_) => {}
        }
        let bytes = self.system.read(&path).map_err(io)?;
        let text = String::from_utf8(bytes).map_err(|_| ReadError::NotUtf8)?;
        // A byte order mark is no part of the text: no line is drawn with it, no column counts it.
        let text = text
            .strip_prefix('\u{feff}')
            .map(str::to_owned)
            .unwrap_or(text);
        Ok(ReadFile { path, text })
    }
}

/// Normalizes a path by its text alone: `a/../b/./c` is `b/c`.
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
    use crate::system::MemorySystem;

    #[test]
    fn detours_are_left_out() {
        assert_eq!(normalize(Path::new("a/../b/./c")), Path::new("b/c"));
        assert_eq!(normalize(Path::new("../../a/b/..")), Path::new("../../a"));
        assert_eq!(normalize(Path::new("/a/../b")), Path::new("/b"));
    }

    #[test]
    fn a_folder_and_a_file_of_too_many_bytes_are_not_read() {
        let large = vec![b'a'; usize::try_from(LARGEST).expect("a size") + 1];
        let system = MemorySystem::new(&[("a/large.yaml", large)]);
        let mut reader = Reader::new(&system, None);
        for (path, expected) in [
            ("a", "it is not a file"),
            ("a/large.yaml", "it is larger than 16 MiB"),
            ("a/none.yaml", "there is no such file"),
        ] {
            match Reader::new(&system, None).read_text(Path::new(path)) {
                Err(ReadError::Io(reason)) => assert_eq!(reason, expected, "{path}"),
                other => panic!("{path}: {other:?}"),
            }
        }
        assert!(reader.read_text(Path::new("a/none.yaml")).is_err());
        assert_eq!(reader.read, [Path::new("a/none.yaml")]);
    }

    #[test]
    fn a_path_below_the_working_directory_is_shown_relative_to_it() {
        let system = MemorySystem::default();
        let reader = Reader::new(&system, None);
        assert_eq!(reader.display(Path::new("/project/a/../b.yaml")), "b.yaml");
        assert_eq!(reader.display(Path::new("/other/b.yaml")), "/other/b.yaml");
        assert_eq!(reader.display(Path::new("/project")), ".");
    }
}
