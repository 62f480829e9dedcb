//! Ports of this machine.

use std::net::{Ipv4Addr, SocketAddr};

use contexture_emulator::server::{ServerError, bind};
use tokio::net::TcpListener;

use crate::Outcome;

/// The port of the emulator.
pub(super) const DEFAULT: u16 = 8070;

/// The port of a program that is run by hand, which is left free.
const OF_PROGRAMS: u16 = 8072;

/// The ports that are tried in the place of the default one.
const TRIED: u16 = 20;

/// Listens on a port that was asked for, or on the first free one from the default on.
pub(super) async fn listen(wanted: Option<u16>) -> Result<TcpListener, Outcome> {
    let mut first_error = None;
    for port in candidates(wanted) {
        match bind(port).await {
            Ok(listener) => return Ok(listener),
            Err(error @ ServerError::PortInUse { .. }) if wanted.is_none() => {
                first_error.get_or_insert(error);
            }
            Err(error) => return Err(refusal(&error)),
        }
    }
    Err(first_error.map_or_else(Outcome::default, |error| refusal(&error)))
}

fn candidates(wanted: Option<u16>) -> Vec<u16> {
    match wanted {
        Some(port) => vec![port],
        None => (DEFAULT..DEFAULT + TRIED)
            .filter(|port| *port != OF_PROGRAMS)
            .collect(),
    }
}

fn refusal(error: &ServerError) -> Outcome {
    Outcome::failure(format!(
        "error: {error}\nhelp: `--port 0` takes a free one\n"
    ))
}

/// A free address for a program.
pub(super) async fn free_address() -> std::io::Result<SocketAddr> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    listener.local_addr()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_that_is_asked_for_is_the_only_one() {
        assert_eq!(candidates(Some(9)), [9]);
        assert_eq!(candidates(None)[..3], [8070, 8071, 8073]);
    }

    #[tokio::test]
    async fn a_port_in_use_is_told() {
        let taken = bind(0).await.unwrap();
        let port = taken.local_addr().unwrap().port();
        let error = listen(Some(port)).await.unwrap_err().errors;
        assert!(error.contains(&format!("port {port} is in use")), "{error}");
    }
}
