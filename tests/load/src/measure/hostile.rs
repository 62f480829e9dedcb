//! Honest traffic, and the server's memory, under all attacks at once.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use crate::attack;
use crate::call::Call;
use crate::honest;
use crate::options::Options;
use crate::server::Program;
use crate::table::Table;

/// The server's limit on open files, which is less than the connections of the attack.
const FILES: usize = 512;

/// The maximum resident memory in MB: the buffer budget of 64 MiB, plus decoded bodies, connections and code.
const MEMORY: f64 = 160.0;

pub(crate) fn measure(options: &Options, table: &mut Table) -> io::Result<()> {
    let call = Call::form();
    let mut server = Program::form().start_besieged(&call, FILES)?;
    let before = honest::ask(server.address, &call, options.siege);
    let over = AtomicBool::new(false);
    let during = thread::scope(|scope| {
        attack::begin(scope, server.address, &over);
        let seen = honest::ask(server.address, &call, options.siege);
        over.store(true, Ordering::Relaxed);
        seen
    });
    let ratio = during.percentile() / before.percentile();
    table.full(
        "99th percentile of honest calls under a mixed attack, against without one",
        format!(
            "{:.1} ms against {:.1} ms: {ratio:.1} times",
            during.percentile(),
            before.percentile()
        ),
        "at most 10 times",
        ratio <= 10.0,
    );
    let lost = before.lost + during.lost;
    table.fact(
        "honest calls lost meanwhile",
        format!("{lost} of {}", lost + before.answered() + during.answered()),
        "0",
        lost == 0,
    );
    let memory = server.peak_memory()?;
    table.fact(
        "peak resident memory meanwhile, with a budget of 64 MiB for heads, bodies and answers",
        format!("{memory:.1} MB"),
        &format!("at most {MEMORY} MB"),
        memory <= MEMORY,
    );
    let is_running = server.is_running()?;
    let after = honest::ask(server.address, &call, std::time::Duration::from_millis(1));
    let (running, met) = (is_running && after.lost == 0, "the same process answers");
    let measured = if running { met } else { "it does not" };
    table.fact(
        "the server after the attack",
        measured.to_owned(),
        met,
        running,
    );
    Ok(())
}
