//! Clients that mean harm, a thread for each kind of attack, each at a rate of its own.

mod connections;
mod heads;
mod payloads;

use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, Scope};
use std::time::Duration;

/// How long an attack may wait to write or to read, so that it ends soon after it is over.
const PATIENCE: Duration = Duration::from_millis(500);

/// Whom to attack, and for how long.
#[derive(Clone, Copy)]
pub(super) struct Target<'a> {
    address: SocketAddr,
    over: &'a AtomicBool,
}

/// Begins all attacks, which go on until it is over.
pub(crate) fn begin<'scope>(
    scope: &'scope Scope<'scope, '_>,
    address: SocketAddr,
    over: &'scope AtomicBool,
) {
    let target = Target { address, over };
    let attacks: [fn(Target<'_>); 12] = [
        connections::idle,
        connections::slow_heads,
        connections::slow_bodies,
        connections::slow_readers,
        connections::huge_bodies,
        heads::bad_requests,
        heads::malformed,
        heads::many_headers,
        heads::large_heads,
        payloads::trees,
        payloads::patterns,
        payloads::webhooks,
    ];
    for attack in attacks {
        scope.spawn(move || attack(target));
    }
}

impl Target<'_> {
    /// Does something again and again, with a pause each time.
    fn repeat(self, pause: Duration, mut act: impl FnMut()) {
        while !self.over.load(Ordering::Relaxed) {
            act();
            thread::sleep(pause);
        }
    }

    /// Opens a connection; the server may have no place for it.
    fn connect(self) -> Option<TcpStream> {
        let stream = TcpStream::connect_timeout(&self.address, PATIENCE).ok()?;
        stream.set_write_timeout(Some(PATIENCE)).ok()?;
        stream.set_read_timeout(Some(PATIENCE)).ok()?;
        Some(stream)
    }
}
