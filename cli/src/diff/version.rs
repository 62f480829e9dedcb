//! A version of a definition.

use std::path::Path;

use contexture_codegen::{Described, Generator, Message, Position};
use contexture_compare::{Migrations, OlderVersion};
use serde_json::Value;
use tempfile::TempDir;

use crate::Outcome;
use crate::folders::Folders;

/// A version of a definition, and the files that it was read from.
pub(crate) struct Version {
    described: Described,
    /// The folder of files that are not the user's, with what is shown in its place.
    elsewhere: Option<Elsewhere>,
}

/// A folder of files that are not the user's.
pub(super) struct Elsewhere {
    /// The folder, which is removed at the end.
    pub(super) folder: TempDir,
    /// What is shown in the folder's place: `v1.2.0:`.
    pub(super) shown: String,
}

impl Version {
    /// Reads the definition in a file.
    pub(crate) fn of_file(file: &Path, folders: &Folders, color: bool) -> Result<Self, Outcome> {
        Self::read(&folders.generator(file), file, None, color)
    }

    /// Reads a definition that is in no file, as `bp read --json` prints it. Its places are shown behind a name.
    pub(crate) fn of_json(definition: &Value, name: &str, color: bool) -> Result<Self, Outcome> {
        let failed = |error: std::io::Error| {
            Outcome::failure(format!("error: cannot write a file: {error}\n"))
        };
        let folder = tempfile::tempdir().map_err(failed)?;
        let file = folder.path().join("definition.json");
        std::fs::write(&file, format!("{definition:#}\n")).map_err(failed)?;
        let elsewhere = Elsewhere {
            folder,
            shown: format!("{name}:"),
        };
        Self::read(&Generator::new(&file), &file, Some(elsewhere), color)
    }

    pub(super) fn read(
        generator: &Generator,
        file: &Path,
        elsewhere: Option<Elsewhere>,
        color: bool,
    ) -> Result<Self, Outcome> {
        match generator.describe() {
            Ok(described) => Ok(Self {
                described,
                elsewhere,
            }),
            Err(diagnostics) => {
                let text = format!(
                    "{}error: {} is refused: {}\n",
                    diagnostics.render(color),
                    file.display(),
                    diagnostics.summary()
                );
                Err(Outcome::failure(shown(elsewhere.as_ref(), &text)))
            }
        }
    }

    /// The definition with self-contained schemas.
    pub(crate) const fn definition(&self) -> &Value {
        self.described.definition()
    }

    /// The definition with its members in the order of the files.
    pub(crate) fn in_written_order(&self) -> Value {
        self.described.in_written_order()
    }

    /// What is known about the migrations of what an older version stored.
    pub(crate) fn migrations_from(&self, old: &Self) -> Migrations {
        let named = self.described.older().iter().map(|older| OlderVersion {
            version: older.version().to_owned(),
            definition: older.definition().clone(),
            implementations: self.described.migrations_from(older),
        });
        Migrations {
            needed: self.described.migrations_from(&old.described),
            named: named.collect(),
        }
    }

    /// The older versions that the definition names, each with its configurations and states alone.
    pub(crate) fn older(&self) -> impl Iterator<Item = Self> {
        self.described.older().iter().map(|described| Self {
            described: described.clone(),
            elsewhere: None,
        })
    }

    /// The file of the definition.
    pub(crate) fn file(&self) -> &Path {
        self.described.file()
    }

    /// Draws a message about a part of the definition.
    pub(super) fn draw(&self, message: &Message, pointer: &str, color: bool) -> String {
        let text = self.described.draw(message, pointer, "", color);
        shown(self.elsewhere.as_ref(), &text)
    }

    /// The place of a part of the definition.
    pub(super) fn position(&self, pointer: &str) -> Position {
        let position = self.described.position(pointer);
        Position {
            file: shown(self.elsewhere.as_ref(), &position.file),
            ..position
        }
    }
}

/// A text without the paths of a folder that is removed at the end.
fn shown(elsewhere: Option<&Elsewhere>, text: &str) -> String {
    let Some(Elsewhere { folder, shown }) = elsewhere else {
        return text.to_owned();
    };
    let path = folder.path();
    let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    [real.as_path(), path]
        .iter()
        .fold(text.to_owned(), |text, path| {
            text.replace(
                &format!("{}{}", path.display(), std::path::MAIN_SEPARATOR),
                shown,
            )
        })
}
