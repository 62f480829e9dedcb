//! The rate of action calls, and their memory.

use std::io;
use std::time::Duration;

use super::{CONNECTIONS, MEMORY, median};
use crate::call::Call;
use crate::contestants;
use crate::generator::saturate;
use crate::options::Options;
use crate::server::Server;
use crate::table::Table;

pub(crate) fn measure(options: &Options, table: &mut Table) -> io::Result<()> {
    let call = Call::hello();
    let script = call.write_script("hello")?;
    let programs = contestants(options);
    let servers: io::Result<Vec<_>> = programs.iter().map(|one| one.start(&call)).collect();
    let servers = servers?;
    let mut rates = vec![Vec::new(); servers.len()];
    let mut errors = 0;
    for server in &servers {
        saturate(server, &script, CONNECTIONS, Duration::from_secs(1))?;
    }
    for _ in 0..options.rounds {
        for (server, rates) in servers.iter().zip(&mut rates) {
            let load = saturate(server, &script, CONNECTIONS, options.round)?;
            eprintln!("  {}: {:.0} a second", server.name, load.rate);
            rates.push(load.rate);
            errors += load.errors;
        }
    }
    let rates: Vec<_> = rates.into_iter().map(median).collect();
    add_rates(&rates, table);
    table.fact("errors meanwhile", errors.to_string(), "0", errors == 0);
    add_memory(&servers, table)
}

fn add_rates(rates: &[f64], table: &mut Table) {
    let ours = rates[1];
    let ratio = ours / rates[0];
    let measured = format!("{ours:.0} of {:.0}: {ratio:.2}", rates[0]);
    let what = "requests a second, against bare hyper";
    table.time(what, measured, "at least 0.8", ratio >= 0.8);
    if let Some(official) = rates.get(2) {
        let ratio = ours / official;
        let measured = format!("{ours:.0} against {official:.0}: {ratio:.1} times");
        let what = "the same, against the official SDK";
        table.time(what, measured, "at least 9 times", ratio >= 9.0);
    }
}

fn add_memory(servers: &[Server], table: &mut Table) -> io::Result<()> {
    let ours = servers[1].peak_memory()?;
    let others: io::Result<Vec<_>> = [0, 2]
        .iter()
        .filter_map(|index| servers.get(*index))
        .map(|server| Ok(format!("{} {:.1} MB", server.name, server.peak_memory()?)))
        .collect();
    let measured = format!("{ours:.1} MB ({})", others?.join(", "));
    table.fact(
        "peak resident memory",
        measured,
        &format!("at most {MEMORY} MB"),
        ours <= MEMORY,
    );
    Ok(())
}
