//! The folder `.contexture` of a package: the data of the emulator, and the address of a running `dev`.

use std::path::{Path, PathBuf};
use std::{fs, io};

use serde_json::{Value, json};

/// The name of the folder.
const FOLDER: &str = ".contexture";

/// The files of a package's emulator.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    folder: PathBuf,
}

/// A `dev` that runs, or did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DevFile {
    /// The address of the emulator.
    pub(crate) address: String,
    /// The process.
    pub(crate) pid: u64,
}

impl Place {
    /// The place of a package.
    pub(crate) fn of(package: &Path) -> Self {
        Self {
            folder: package.join(FOLDER),
        }
    }

    /// Makes the folder, which git ignores.
    pub(super) fn make(&self) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        let ignored = self.folder.join(".gitignore");
        if ignored.exists() {
            return Ok(());
        }
        fs::write(ignored, "*\n")
    }

    /// The file with the data.
    pub(super) fn data(&self) -> PathBuf {
        self.folder.join("botpress.sqlite")
    }

    /// The file with the data of sessions that the real Botpress calls. It has no instance.
    pub(super) fn tunnel_data(&self) -> PathBuf {
        self.folder.join("tunnel.sqlite")
    }

    /// The file with the address of `dev`.
    pub(crate) fn dev_file(&self) -> PathBuf {
        self.folder.join("dev.json")
    }

    /// Writes the address of this `dev`.
    pub(super) fn write(&self, file: &DevFile) -> io::Result<()> {
        let text = json!({ "address": file.address, "pid": file.pid });
        fs::write(self.dev_file(), format!("{text:#}\n"))
    }

    /// The address of the `dev` that runs, or was killed.
    pub(crate) fn read(&self) -> Option<DevFile> {
        let text = fs::read_to_string(self.dev_file()).ok()?;
        let file: Value = serde_json::from_str(&text).ok()?;
        Some(DevFile {
            address: file["address"].as_str()?.to_owned(),
            pid: file["pid"].as_u64()?,
        })
    }

    /// Removes the address of this `dev`.
    pub(super) fn forget(&self) {
        // It may be removed already, and a stale file is recognized.
        let _ = fs::remove_file(self.dev_file());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_kept_until_it_is_forgotten_and_git_ignores_the_folder() {
        let package = tempfile::tempdir().unwrap();
        let place = Place::of(package.path());
        assert_eq!(place.read(), None);
        place.make().unwrap();
        let file = DevFile {
            address: "http://127.0.0.1:8070".to_owned(),
            pid: 7,
        };
        place.write(&file).unwrap();
        assert_eq!(place.read(), Some(file));
        place.forget();
        assert_eq!(place.read(), None);
        let ignored = fs::read_to_string(place.folder.join(".gitignore")).unwrap();
        assert_eq!(ignored, "*\n");
    }
}
