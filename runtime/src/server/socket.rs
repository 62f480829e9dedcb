//! The listening socket.

use std::{
    io,
    net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener},
};

use socket2::{Domain, Protocol, Socket, Type};

use super::address::Listen;

/// The maximum number of connections in the listener's backlog.
const BACKLOG: i32 = 1024;

/// Binds and listens. The error contains the address that failed.
pub(super) fn listen(listen: Listen) -> Result<tokio::net::TcpListener, (SocketAddr, io::Error)> {
    let (address, listener) = match listen {
        Listen::Address(address) => (address, open(address, false)),
        Listen::AllInterfaces(port) => {
            // One dual-stack socket for IPv6 and IPv4, or IPv4 alone if IPv6 is not available.
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
    // A restarted server must not wait for the old connections in `TIME_WAIT`. On Windows this
    // option would let other programs take the port, too.
    #[cfg(unix)]
    socket.set_reuse_address(true)?;
    socket.bind(&address.into())?;
    socket.listen(BACKLOG)?;
    socket.set_nonblocking(true)?;
    Ok(socket.into())
}
