//! The storage: one SQLite file with the data of all modules.
//!
//! The contents of files are beside it, in a folder with the name of the file and the ending `.files`.

mod contents;
mod error;

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, Transaction, TransactionBehavior};

pub use self::contents::Contents;
pub use self::error::StorageError;
use crate::tables;

/// How long a statement waits for another process that holds the file.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// The data of an emulator. Clones share it.
///
/// What [`write`](Self::write) has returned survives the end of the process, however it ends.
#[derive(Clone, Debug)]
pub struct Storage {
    connection: Arc<Mutex<Connection>>,
    contents: Contents,
}

impl Storage {
    /// Opens a file, and creates it if it does not exist.
    ///
    /// # Errors
    ///
    /// The file cannot be opened, is no SQLite file, or was written by another version.
    pub fn open(file: &Path) -> Result<Self, StorageError> {
        let contents = Contents::in_folder(file.with_extension("files"));
        Self::prepare(Connection::open(file)?, contents)
    }

    /// Opens a storage in memory, which ends with its last clone.
    ///
    /// # Errors
    ///
    /// SQLite cannot allocate it.
    pub fn in_memory() -> Result<Self, StorageError> {
        Self::prepare(Connection::open_in_memory()?, Contents::in_memory())
    }

    fn prepare(mut connection: Connection, contents: Contents) -> Result<Self, StorageError> {
        connection.busy_timeout(BUSY_TIMEOUT)?;
        // With a write-ahead log, `NORMAL` keeps a commit when the process ends; only a power failure can lose the last ones.
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        create_tables(&mut connection)?;
        Ok(Self {
            connection: Arc::new(Mutex::new(connection)),
            contents,
        })
    }

    /// Runs `work` in a transaction that is committed if it succeeds and undone if it fails.
    ///
    /// # Errors
    ///
    /// The error of `work`, or that of the commit.
    pub fn write<T, E: From<StorageError>>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut connection = self.connection();
        let transaction = connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(StorageError::from)?;
        let result = work(&transaction)?;
        transaction.commit().map_err(StorageError::from)?;
        Ok(result)
    }

    /// Runs `work`, which only reads.
    ///
    /// # Errors
    ///
    /// The error of `work`.
    pub fn read<T, E: From<StorageError>>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        work(&self.connection())
    }

    /// The contents of files.
    #[must_use]
    pub fn contents(&self) -> &Contents {
        &self.contents
    }

    fn connection(&self) -> MutexGuard<'_, Connection> {
        // A panic inside a transaction undoes it, so the connection is still good.
        self.connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// Creates the tables of a new file, all or none, and checks the version of another one.
fn create_tables(connection: &mut Connection) -> Result<(), StorageError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found: i64 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    match found {
        0 => {
            for tables in tables::ALL {
                transaction.execute_batch(tables)?;
            }
            transaction.pragma_update(None, "user_version", tables::VERSION)?;
            Ok(transaction.commit()?)
        }
        tables::VERSION => Ok(()),
        _ => Err(StorageError::Version { found }),
    }
}
