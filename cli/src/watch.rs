//! Waiting for changes of files and folders.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{fmt, fs, io};

use notify_debouncer_full::notify::{self, EventKind, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{
    DebounceEventHandler, DebounceEventResult, Debouncer, RecommendedCache, new_debouncer,
};

/// How long files have to stay the same before a change is reported. Editors write a file in several steps.
const QUIET: Duration = Duration::from_millis(100);

/// Watches files and folders.
///
/// A file is watched through its folder, so that it is noticed when an editor replaces it, and when it appears.
pub(crate) struct Watch {
    debouncer: Debouncer<RecommendedWatcher, RecommendedCache>,
    /// The files, free of links.
    files: BTreeSet<PathBuf>,
    /// The folders that are watched with all that is in them.
    trees: BTreeSet<PathBuf>,
    watched: BTreeSet<(PathBuf, bool)>,
}

/// The reason why files cannot be watched.
#[derive(Debug)]
pub(crate) struct WatchError(String);

/// What a watch sends.
pub(crate) type Events = DebounceEventResult;

impl Watch {
    /// Starts to watch these files and folders; folders with all that is in them. What happens near them is sent to
    /// `sender`, and [`changed`](Self::changed) reads it.
    pub(crate) fn new(
        paths: &[PathBuf],
        sender: impl DebounceEventHandler,
    ) -> Result<Self, WatchError> {
        let debouncer = new_debouncer(QUIET, None, sender).map_err(WatchError::from)?;
        let mut watch = Self {
            debouncer,
            files: BTreeSet::new(),
            trees: BTreeSet::new(),
            watched: BTreeSet::new(),
        };
        watch.set(paths)?;
        Ok(watch)
    }

    /// Watches these files and folders in place of the others.
    pub(crate) fn set(&mut self, paths: &[PathBuf]) -> Result<(), WatchError> {
        let (trees, files): (Vec<_>, Vec<_>) = paths.iter().partition(|path| path.is_dir());
        self.trees = trees.iter().map(|path| without_links(path)).collect();
        self.files = files.iter().map(|path| without_links(path)).collect();
        let folders = self.files.iter().filter_map(|file| existing_folder(file));
        let folders = folders.map(|folder| (folder, false));
        let trees = self.trees.iter().cloned().map(|folder| (folder, true));
        let wanted: BTreeSet<_> = folders.chain(trees).collect();
        for (folder, _) in self.watched.difference(&wanted) {
            // A folder that was removed is not watched any more.
            let _ = self.debouncer.unwatch(folder);
        }
        for (folder, is_tree) in wanted.difference(&self.watched) {
            let mode = if *is_tree {
                RecursiveMode::Recursive
            } else {
                RecursiveMode::NonRecursive
            };
            self.debouncer.watch(folder, mode)?;
        }
        self.watched = wanted;
        Ok(())
    }

    /// The files that have changed, which may be none.
    pub(crate) fn changed(
        &self,
        events: DebounceEventResult,
    ) -> Result<BTreeSet<PathBuf>, WatchError> {
        let events = events.map_err(|errors| WatchError(listed(&errors)))?;
        let written = events.iter().filter(|event| is_change(event.kind));
        let paths = written.flat_map(|event| &event.paths);
        Ok(paths.filter(|path| self.concerns(path)).cloned().collect())
    }

    fn concerns(&self, path: &Path) -> bool {
        self.files.contains(path) || self.trees.iter().any(|tree| path.starts_with(tree))
    }
}

/// Whether a file may have other contents. Reading it is no change.
fn is_change(kind: EventKind) -> bool {
    !matches!(kind, EventKind::Access(_))
}

/// The path as the watcher tells it. A file that does not exist has a folder that may exist.
fn without_links(path: &Path) -> PathBuf {
    let resolved = fs::canonicalize(path).or_else(|_| {
        let path = std::path::absolute(path)?;
        let name = path.file_name().ok_or(io::ErrorKind::NotFound)?;
        let folder = path.parent().ok_or(io::ErrorKind::NotFound)?;
        Ok::<_, io::Error>(fs::canonicalize(folder)?.join(name))
    });
    resolved.unwrap_or_else(|_| path.to_owned())
}

/// The folder of a file, if it exists.
fn existing_folder(file: &Path) -> Option<PathBuf> {
    let folder = file.parent().filter(|folder| folder.is_dir());
    folder.map(Path::to_owned)
}

fn listed(errors: &[notify::Error]) -> String {
    let errors: Vec<_> = errors.iter().map(ToString::to_string).collect();
    errors.join("; ")
}

impl From<notify::Error> for WatchError {
    fn from(error: notify::Error) -> Self {
        Self(error.to_string())
    }
}

impl fmt::Display for WatchError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Watch")
            .field("files", &self.files)
            .field("trees", &self.trees)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Receiver, channel};

    use super::*;

    fn write(path: &Path, text: &str) {
        fs::write(path, text).expect("the folder exists");
    }

    /// A folder with a folder `src` and a file `notes.txt`.
    fn folder() -> (tempfile::TempDir, PathBuf) {
        let temporary = tempfile::tempdir().expect("a folder");
        let folder = fs::canonicalize(temporary.path()).expect("it exists");
        fs::create_dir(folder.join("src")).expect("it does not exist");
        write(&folder.join("notes.txt"), "a");
        (temporary, folder)
    }

    /// Watches a folder.
    fn watch(folder: &Path) -> (Watch, Receiver<Events>) {
        let (sender, events) = channel();
        let watch = Watch::new(&[folder.to_owned()], sender);
        (watch.expect("the folder exists"), events)
    }

    fn wait(watch: &Watch, events: &Receiver<Events>) -> BTreeSet<PathBuf> {
        loop {
            let told = events.recv().expect("the watcher runs");
            let changed = watch.changed(told).expect("the watcher runs");
            if !changed.is_empty() {
                return changed;
            }
        }
    }

    #[test]
    fn what_is_written_below_a_folder_is_told_and_what_is_read_or_beside_it_is_not() {
        let (_temporary, folder) = folder();
        let (notes, main) = (folder.join("notes.txt"), folder.join("src/main.rs"));
        let (watch, events) = watch(&folder.join("src"));
        write(&notes, "b");
        fs::read(&notes).expect("it exists");
        write(&main, "fn main() {}");
        assert_eq!(wait(&watch, &events), BTreeSet::from([main]));
    }

    #[test]
    fn other_paths_take_the_place_of_the_first_ones() {
        let (_temporary, folder) = folder();
        let (notes, new) = (folder.join("notes.txt"), folder.join("new.txt"));
        let (mut watch, events) = watch(&folder.join("src"));
        watch
            .set(std::slice::from_ref(&new))
            .expect("the folder exists");
        write(&folder.join("src/main.rs"), "fn main() {}");
        write(&notes, "b");
        write(&new, "a");
        assert_eq!(wait(&watch, &events), BTreeSet::from([new]));
    }
}
