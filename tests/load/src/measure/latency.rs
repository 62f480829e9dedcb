//! The latency at half of the maximum rate of bare hyper.

use std::io;

use super::{CONNECTIONS, median};
use crate::call::Call;
use crate::generator::{percentile_at, saturate};
use crate::options::Options;
use crate::server::Program;
use crate::table::Table;

pub(crate) fn measure(options: &Options, table: &mut Table) -> io::Result<()> {
    let call = Call::hello();
    let script = call.write_script("hello")?;
    let servers = [
        Program::bare_hyper().start(&call)?,
        Program::parity().start(&call)?,
    ];
    let rate = saturate(&servers[0], &script, CONNECTIONS, options.round)?.rate / 2.0;
    let mut percentiles = [Vec::new(), Vec::new()];
    let mut reached = f64::INFINITY;
    for _ in 0..options.rounds {
        for (server, percentiles) in servers.iter().zip(&mut percentiles) {
            let (percentile, at) = percentile_at(server, &call, rate, options.round)?;
            eprintln!("  {}: {percentile:.3} ms at {at:.0} a second", server.name);
            percentiles.push(percentile);
            reached = reached.min(at);
        }
    }
    let [theirs, ours] = percentiles.map(median);
    let ratio = ours / theirs;
    table.full(
        "99th percentile at half of bare hyper's top rate, against bare hyper",
        format!("{ours:.2} ms against {theirs:.2} ms at {rate:.0} a second: {ratio:.2} times"),
        "at most 1.5 times",
        ratio <= 1.5 && reached >= rate * 0.95,
    );
    Ok(())
}
