//! The time from the start of a process to its first response.

use std::io;

use super::{AXUM, HYPER, OFFICIAL, OURS, median};
use crate::call::Call;
use crate::contestants;
use crate::options::Options;
use crate::table::Table;

pub(crate) fn measure(options: &Options, table: &mut Table) -> io::Result<()> {
    let call = Call::hello();
    let programs = contestants(options);
    let mut times = vec![Vec::new(); programs.len()];
    for _ in 0..=options.rounds * 2 {
        for (program, times) in programs.iter().zip(&mut times) {
            let server = program.start(&call)?;
            times.push(server.first_answer.as_secs_f64() * 1000.0);
        }
    }
    let times: Vec<_> = times.into_iter().map(median).collect();
    let ours = times[OURS];
    let measured = format!(
        "{ours:.1} ms (bare hyper {:.1} ms, axum by hand {:.1} ms)",
        times[HYPER], times[AXUM]
    );
    table.full(
        "first answer after start",
        measured,
        "at most 6 ms",
        ours <= 6.0,
    );
    if let Some(official) = times.get(OFFICIAL) {
        let measured = format!(
            "{ours:.1} ms against {official:.0} ms: 1/{:.0}",
            official / ours
        );
        let what = "the same, against the official SDK";
        table.full(what, measured, "at most 1/15", ours * 15.0 <= *official);
    }
    Ok(())
}
