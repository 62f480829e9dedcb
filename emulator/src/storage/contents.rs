//! The contents of files, beside the database.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;

/// The contents of files by name: in a folder, or in memory. Clones share them.
#[derive(Clone, Debug)]
pub struct Contents(Kind);

#[derive(Clone, Debug)]
enum Kind {
    Folder(Arc<Path>),
    Memory(Arc<Mutex<HashMap<String, Bytes>>>),
}

impl Contents {
    /// Contents in a folder, which is created with the first one.
    pub(super) fn in_folder(folder: PathBuf) -> Self {
        Self(Kind::Folder(folder.into()))
    }

    pub(super) fn in_memory() -> Self {
        Self(Kind::Memory(Arc::default()))
    }

    /// Stores a content. It replaces one with the same name as a whole.
    ///
    /// # Errors
    ///
    /// The file cannot be written.
    pub fn write(&self, name: &str, content: Bytes) -> io::Result<()> {
        match &self.0 {
            Kind::Folder(folder) => write_file(folder, name, &content),
            Kind::Memory(contents) => {
                let mut contents = contents.lock().unwrap_or_else(PoisonError::into_inner);
                contents.insert(name.to_owned(), content);
                Ok(())
            }
        }
    }

    /// Reads a content.
    ///
    /// # Errors
    ///
    /// There is no content with this name, or the file cannot be read.
    pub fn read(&self, name: &str) -> io::Result<Bytes> {
        match &self.0 {
            Kind::Folder(folder) => std::fs::read(folder.join(name)).map(Bytes::from),
            Kind::Memory(contents) => {
                let contents = contents.lock().unwrap_or_else(PoisonError::into_inner);
                let found = contents.get(name).cloned();
                found.ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
            }
        }
    }

    /// Removes a content, if it exists.
    ///
    /// # Errors
    ///
    /// The file cannot be removed.
    pub fn remove(&self, name: &str) -> io::Result<()> {
        match &self.0 {
            Kind::Folder(folder) => match std::fs::remove_file(folder.join(name)) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
                result => result,
            },
            Kind::Memory(contents) => {
                let mut contents = contents.lock().unwrap_or_else(PoisonError::into_inner);
                contents.remove(name);
                Ok(())
            }
        }
    }
}

/// Writes beside the file and renames, so that a file is never half written.
fn write_file(folder: &Path, name: &str, content: &[u8]) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let unfinished = folder.join(format!("{name}.part"));
    std::fs::write(&unfinished, content)?;
    std::fs::rename(unfinished, folder.join(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keeps_what_was_written(contents: &Contents) {
        let missing = contents.read("a").expect_err("no content");
        assert_eq!(missing.kind(), io::ErrorKind::NotFound);
        for content in ["one", "two"] {
            let content = Bytes::from_static(content.as_bytes());
            contents.write("a", content.clone()).expect("a content");
            assert_eq!(contents.read("a").expect("a content"), content);
        }
        contents.remove("a").expect("removed");
        contents.remove("a").expect("nothing to remove");
        assert!(contents.read("a").is_err());
    }

    #[test]
    fn contents_in_memory_are_replaced_and_removed() {
        keeps_what_was_written(&Contents::in_memory());
    }

    #[test]
    fn contents_in_a_folder_are_replaced_and_removed() {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path().join("files");
        keeps_what_was_written(&Contents::in_folder(folder.clone()));
        let left = std::fs::read_dir(folder).expect("the folder");
        assert_eq!(left.count(), 0, "nothing unfinished is left");
    }
}
