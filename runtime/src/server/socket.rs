//! The socket that a server listens on.

use std::{
    io,
    net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener},
};

use socket2::{Domain, Protocol, Socket, Type};

use super::address::Listen;

/// How many connections may wait to be accepted.
const BACKLOG: i32 = 1024;

/// Listens, and says where: the error names the address that was tried.
pub(super) fn listen(listen: Listen) -> Result<tokio::net::TcpListener, (SocketAddr, io::Error)> {
    let (address, listener) = match listen {
        Listen::Address(address) => (address, open(address, false)),
        Listen::AllInterfaces(port) => {
            // Both versions of IP by one socket, or version 4 alone where there is no other.
            let both = SocketAddr::from((Ipv6Addr::UNSPECIFIED, port));
            let one = SocketAddr::from((Ipv4Addr::UNSPECIFIED, port));
            match open(both, true) {
                Err(error) if error.kind() != io::ErrorKind::AddrInUse => (one, open(one, false)),
                opened => (both, opened),
            }
        }
    };
    let listener = listener.and_then(tokio::net::TcpListener::from_std);
    listener.map_err(|error| (address, error))
}

fn open(address: SocketAddr, dual_stack: bool) -> io::Result<TcpListener> {
    let socket = Socket::new(
        Domain::for_address(address),
        Type::STREAM,
        Some(Protocol::TCP),
    )?;
    if dual_stack {
        socket.set_only_v6(false)?;
    }
    // A server that starts again must not wait for the connections of the one before. On Windows
    // the option limits that others may take the port, too.
    #[cfg(unix)]
    socket.set_reuse_address(true)?;
    socket.bind(&address.into())?;
    socket.listen(BACKLOG)?;
    socket.set_nonblocking(true)?;
    Ok(socket.into())
}
