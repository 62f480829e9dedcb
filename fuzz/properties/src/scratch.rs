//! Temporary files for definitions.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, fs, process};

/// A folder with the files to which definitions of the repository refer. It is removed when its thread ends.
struct Folder(PathBuf);

thread_local! {
    static FOLDER: Folder = Folder::new();
}

impl Folder {
    fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("contexture-fuzz-{}-{number}", process::id());
        let folder = env::temp_dir().join(name);
        for inner in ["shared", "interfaces"] {
            copy(&definitions().join(inner), &folder.join(inner));
        }
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // The system cleans up temporary files that cannot be removed.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Writes a file into the folder of this thread; returns its path.
pub(crate) fn write(name: &str, text: impl AsRef<[u8]>) -> PathBuf {
    let path = FOLDER.with(|folder| folder.0.join(name));
    fs::write(&path, text).expect("the folder for temporary files is writable");
    path
}

/// The definitions of the repository.
pub(crate) fn definitions() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../definitions")
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("the folder for temporary files is writable");
    for path in files(from) {
        let name = path.file_name().expect("a file of a folder has a name");
        fs::copy(&path, to.join(name)).expect("a file of the repository can be copied");
    }
}

/// The files of a folder, in the order of their names.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<_> = entries.map(|entry| entry.path()).collect();
    files.retain(|path| path.is_file());
    files.sort();
    files
}
