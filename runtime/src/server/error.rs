//! Why a server does not start.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use crate::{CheckError, Error};

/// Says why a server does not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// The service cannot answer.
    #[error(transparent)]
    Service(#[from] CheckError),
    /// A variable of the environment cannot be read.
    #[error("{name} is `{value}`: expected {expected}")]
    Variable {
        /// The variable's name.
        name: &'static str,
        /// What it is set to.
        value: String,
        /// What it should be set to.
        expected: &'static str,
    },
    /// Another program listens on the address.
    #[error("cannot listen on {address}: another program does")]
    AddressInUse {
        /// The address.
        address: SocketAddr,
    },
    /// The address cannot be listened on.
    #[error("cannot listen on {address}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why not.
        #[source]
        source: io::Error,
    },
    /// The system does not say which address was taken.
    #[error("cannot tell the address that was taken")]
    Address(#[source] io::Error),
    /// What [`Server::on_start`](super::Server::on_start) was given failed.
    #[error("the start failed: {0}")]
    Start(Error),
    /// What [`Server::on_start`](super::Server::on_start) was given did not end within
    /// [`Server::start_timeout`](super::Server::start_timeout).
    #[error("the start was not done within {0:?}")]
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
