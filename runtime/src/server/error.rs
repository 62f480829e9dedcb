//! The errors of starting a server.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use crate::{CheckError, Error, SigningVariableError};

/// An error that prevents the server from starting.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// The service is not ready to answer calls.
    #[error(transparent)]
    Service(#[from] CheckError),
    /// An environment variable has an invalid value.
    #[error("{name} is `{value}`: expected {expected}")]
    Variable {
        /// The variable's name.
        name: &'static str,
        /// Its value.
        value: String,
        /// A description of the valid values.
        expected: &'static str,
    },
    /// A variable about signatures of calls has an invalid value.
    #[error(transparent)]
    Signing(#[from] SigningVariableError),
    /// The address is already in use.
    #[error("cannot listen on {address}: address already in use")]
    AddressInUse {
        /// The address.
        address: SocketAddr,
    },
    /// The server cannot listen on the address.
    #[error("cannot listen on {address}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// The error from the operating system.
        #[source]
        source: io::Error,
    },
    /// The operating system does not report the address of the listening socket.
    #[error("cannot read the address of the listening socket")]
    Address(#[source] io::Error),
    /// A hook from [`Server::on_start`](super::Server::on_start) failed.
    #[error("start hook failed: {0}")]
    Start(Error),
    /// The hooks from [`Server::on_start`](super::Server::on_start) did not complete within
    /// [`Server::start_timeout`](super::Server::start_timeout).
    #[error("start hooks timed out after {0:?}")]
    StartTimeout(Duration),
}

impl ServeError {
    pub(super) fn listening(address: SocketAddr, error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::AddrInUse => Self::AddressInUse { address },
            _ => Self::Listen {
                address,
                source: error,
            },
        }
    }
}
