//! Errors of the storage.

/// The storage could not be opened, read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StorageError {
    /// SQLite refused something.
    #[error("the storage failed: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// The file was written by another version of the emulator.
    #[error(
        "the storage has version {found} of its tables, and this emulator reads version {}; delete the file to start with no data",
        crate::tables::VERSION
    )]
    Version {
        /// The version of the tables in the file.
        found: i64,
    },
}
