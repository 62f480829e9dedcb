//! The rate of large validated messages, relative to a server that only parses them.

use std::io;
use std::time::Duration;

use super::{CONNECTIONS, MEMORY, median};
use crate::call::Call;
use crate::generator::saturate;
use crate::options::Options;
use crate::server::Program;
use crate::table::Table;

pub(crate) fn measure(options: &Options, table: &mut Table) -> io::Result<()> {
    let call = Call::form();
    let script = call.write_script("form")?;
    let servers = [
        Program::bare_hyper().start(&call)?,
        Program::form().start(&call)?,
    ];
    let mut rates = [Vec::new(), Vec::new()];
    for server in &servers {
        saturate(server, &script, CONNECTIONS, Duration::from_secs(1))?;
    }
    for _ in 0..options.rounds {
        for (server, rates) in servers.iter().zip(&mut rates) {
            let load = saturate(server, &script, CONNECTIONS, options.round)?;
            eprintln!("  {}: {:.0} a second", server.name, load.rate);
            rates.push(load.rate);
        }
    }
    let [theirs, ours] = rates.map(median);
    let ratio = ours / theirs;
    let what = format!(
        "messages of 30 fields and {} kB a second, validated, against bare hyper that parses them",
        call.body.len() / 1000
    );
    let measured = format!("{ours:.0} of {theirs:.0}: {ratio:.2}");
    table.time(&what, measured, "at least 0.6", ratio >= 0.6);
    let memory = servers[1].peak_memory()?;
    let measured = format!("{memory:.1} MB");
    table.fact(
        "peak resident memory meanwhile",
        measured,
        &format!("at most {MEMORY} MB"),
        memory <= MEMORY,
    );
    Ok(())
}
