//! Rates of several servers, measured in turns.

use std::io;
use std::path::Path;
use std::time::Duration;

use super::{CONNECTIONS, median};
use crate::generator::saturate;
use crate::options::Options;
use crate::server::Server;

/// The rates of servers, by round.
pub(super) struct Rates {
    rounds: Vec<Vec<f64>>,
    /// Failed requests in all rounds.
    pub(super) errors: u64,
}

/// Measures the servers in turns, so that a slow moment of the machine meets all of them.
pub(super) fn alternate(servers: &[Server], script: &Path, options: &Options) -> io::Result<Rates> {
    for server in servers {
        saturate(server, script, CONNECTIONS, Duration::from_secs(1))?;
    }
    let mut rates = Rates {
        rounds: Vec::new(),
        errors: 0,
    };
    for _ in 0..options.rounds {
        let mut round = Vec::new();
        for server in servers {
            let load = saturate(server, script, CONNECTIONS, options.round)?;
            eprintln!("  {}: {:.0} a second", server.name, load.rate);
            round.push(load.rate);
            rates.errors += load.errors;
        }
        rates.rounds.push(round);
    }
    Ok(rates)
}

impl Rates {
    /// The median rate of a server.
    pub(super) fn of(&self, server: usize) -> f64 {
        median(self.rounds.iter().map(|round| round[server]).collect())
    }

    /// The median of a server's rate against another's in the same round.
    pub(super) fn ratio(&self, server: usize, other: usize) -> f64 {
        let ratios = self.rounds.iter().map(|round| round[server] / round[other]);
        median(ratios.collect())
    }
}
