//! The rate of action calls, and their memory.

use std::io;

use super::alternate::{Rates, alternate};
use super::{AXUM, HYPER, MEMORY, OFFICIAL, OURS};
use crate::call::Call;
use crate::contestants;
use crate::options::Options;
use crate::server::Server;
use crate::table::Table;

pub(crate) fn measure(options: &Options, table: &mut Table) -> io::Result<()> {
    let call = Call::hello();
    let script = call.write_script("hello")?;
    let programs = contestants(options);
    let servers: io::Result<Vec<_>> = programs.iter().map(|one| one.start(&call)).collect();
    let servers = servers?;
    let rates = alternate(&servers, &script, options)?;
    let against = |other, what: &str, least: f64, table: &mut Table| {
        add(&rates, other, what, least, table);
    };
    against(
        HYPER,
        "requests a second, against bare hyper with types",
        0.88,
        table,
    );
    against(AXUM, "the same, against axum by hand", 1.2, table);
    if servers.len() > OFFICIAL {
        against(OFFICIAL, "the same, against the official SDK", 12.0, table);
    }
    table.fact(
        "errors meanwhile",
        rates.errors.to_string(),
        "0",
        rates.errors == 0,
    );
    add_memory(&servers, table)
}

fn add(rates: &Rates, other: usize, what: &str, least: f64, table: &mut Table) {
    let ratio = rates.ratio(OURS, other);
    let measured = format!(
        "{ratio:.2} ({:.0} to {:.0})",
        rates.of(OURS),
        rates.of(other)
    );
    table.full(what, measured, &format!("at least {least}"), ratio >= least);
}

fn add_memory(servers: &[Server], table: &mut Table) -> io::Result<()> {
    let ours = servers[OURS].peak_memory()?;
    let others: io::Result<Vec<_>> = servers
        .iter()
        .skip(1)
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
