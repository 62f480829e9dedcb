//! The rate of large validated messages, relative to servers that only parse them.

use std::io;

use super::alternate::alternate;
use super::{AXUM, HYPER, MESSAGE_MEMORY, OURS};
use crate::call::Call;
use crate::options::Options;
use crate::server::Program;
use crate::table::Table;

/// The least rate, against bare hyper.
const LEAST: f64 = 0.92;

pub(crate) fn measure(options: &Options, table: &mut Table) -> io::Result<()> {
    let call = Call::form();
    let script = call.write_script("form")?;
    let servers = [
        Program::form().start(&call)?,
        Program::bare_hyper().start(&call)?,
        Program::axum_by_hand().start(&call)?,
    ];
    let rates = alternate(&servers, &script, options)?;
    let ratio = rates.ratio(OURS, HYPER);
    let what = format!(
        "messages of 30 fields and {} kB a second, validated, against bare hyper that parses them into types",
        call.body.len() / 1000
    );
    let measured = format!(
        "{ratio:.2} ({:.0} to {:.0}; axum by hand {:.0})",
        rates.of(OURS),
        rates.of(HYPER),
        rates.of(AXUM)
    );
    table.full(
        &what,
        measured,
        &format!("at least {LEAST}"),
        ratio >= LEAST,
    );
    let memory = servers[OURS].peak_memory()?;
    table.fact(
        "peak resident memory meanwhile",
        format!("{memory:.1} MB"),
        &format!("at most {MESSAGE_MEMORY} MB"),
        memory <= MESSAGE_MEMORY,
    );
    Ok(())
}
