//! Malicious clients, one thread for each kind of attack, each at its own rate.

mod connections;
mod heads;
mod payloads;

use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, Scope};
use std::time::Duration;

/// The read and write timeout of an attack, so that it ends soon after the measurement.
const TIMEOUT: Duration = Duration::from_millis(500);

/// The address to attack, and the flag that ends the attack.
#[derive(Clone, Copy)]
pub(super) struct Target<'a> {
    address: SocketAddr,
    over: &'a AtomicBool,
}

/// Starts all attacks, which run until the flag is set.
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
    /// Repeats an action until the end, with a pause after each.
    fn repeat(self, pause: Duration, mut act: impl FnMut()) {
        while !self.over.load(Ordering::Relaxed) {
            act();
            thread::sleep(pause);
        }
    }

    /// Opens a connection. The server may reject it.
    fn connect(self) -> Option<TcpStream> {
        let stream = TcpStream::connect_timeout(&self.address, TIMEOUT).ok()?;
        stream.set_write_timeout(Some(TIMEOUT)).ok()?;
        stream.set_read_timeout(Some(TIMEOUT)).ok()?;
        Some(stream)
    }
}
