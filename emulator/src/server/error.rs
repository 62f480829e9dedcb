//! Errors of the server.

use std::net::SocketAddr;

use crate::admin::AdminError;
use crate::storage::StorageError;

/// The server could not start, or it ended.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServerError {
    /// Another program uses the port.
    #[error("port {port} is in use; choose another one, or stop the program that uses it")]
    PortInUse {
        /// The port.
        port: u16,
    },
    /// The listener accepts connections of other machines.
    #[error(
        "{address} can be reached from other machines; the emulator serves this machine only, such as on 127.0.0.1"
    )]
    NotLoopback {
        /// The address of the listener.
        address: SocketAddr,
    },
    /// The storage failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// What the emulator needs could not be created.
    #[error(transparent)]
    Admin(#[from] AdminError),
    /// The operating system refused something.
    #[error("the server failed: {0}")]
    Io(#[from] std::io::Error),
}
