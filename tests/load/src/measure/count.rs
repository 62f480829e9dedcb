//! The instructions and the allocations of a request, against the floors and against the accepted counts.

use std::{fs, io};

use serde::{Deserialize, Serialize};

use crate::call::Call;
use crate::callgrind::{Count, count};
use crate::options::Options;
use crate::server::Program;
use crate::table::Table;

/// The accepted counts, seen from the repository's folder. The option `--accept` writes them.
const FILE: &str = "tests/load/counted.json";

/// What a count may have grown by.
const GROWTH: f64 = 1.03;

/// The instructions of `hello` against those of bare hyper.
const INSTRUCTIONS: f64 = 1.12;

/// The counts of all calls.
#[derive(Serialize, Deserialize)]
struct Counted {
    hello: Counts,
    message: Counts,
}

/// The counts of a call. Only ours are judged; those of the floors say what the machine's libc has moved.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Counts {
    contexture: Count,
    bare_hyper: Count,
    axum_by_hand: Count,
}

pub(crate) fn measure(options: &Options, table: &mut Table) -> io::Result<()> {
    if !cfg!(target_arch = "x86_64") {
        eprintln!("  left out: the accepted counts are those of x86_64");
        return Ok(());
    }
    let (hello, message) = (Call::hello(), Call::form());
    let now = Counted {
        hello: count_all(Program::parity(), &hello)?,
        message: count_all(Program::form(), &message)?,
    };
    if options.accept {
        fs::write(FILE, serde_json::to_string_pretty(&now)? + "\n")?;
    }
    let accepted: Counted = serde_json::from_str(&fs::read_to_string(FILE)?)?;
    let kilobytes = message.body.len() / 1000;
    add_bar(&now.hello, table);
    add_budgets("`hello`", &now.hello, &accepted.hello, table);
    let what = format!("a message of {kilobytes} kB");
    add_budgets(&what, &now.message, &accepted.message, table);
    Ok(())
}

fn count_all(ours: Program, call: &Call) -> io::Result<Counts> {
    let count = |program: Program| {
        let program = program.counted();
        let count = count(&program, call)?;
        eprintln!("  {}: {count:?}", program.name);
        io::Result::Ok(count)
    };
    Ok(Counts {
        contexture: count(ours)?,
        bare_hyper: count(Program::bare_hyper())?,
        axum_by_hand: count(Program::axum_by_hand())?,
    })
}

fn add_bar(counts: &Counts, table: &mut Table) {
    let (ours, floor) = (counts.contexture, counts.bare_hyper);
    let ratio = f64::from(ours.instructions) / f64::from(floor.instructions);
    table.full(
        "instructions of `hello`, against bare hyper",
        format!("{ratio:.3}"),
        &format!("at most {INSTRUCTIONS}"),
        ratio <= INSTRUCTIONS,
    );
}

/// Compares with the accepted counts.
fn add_budgets(what: &str, now: &Counts, accepted: &Counts, table: &mut Table) {
    type Part = fn(Count) -> u32;
    let parts: [(&str, Part); 2] = [
        ("instructions", |count| count.instructions),
        ("allocations", |count| count.allocations),
    ];
    for (name, part) in parts {
        let (ours, before) = (part(now.contexture), part(accepted.contexture));
        let growth = f64::from(ours) / f64::from(before);
        table.fact(
            &format!("{name} of {what}, against the accepted count"),
            format!(
                "{ours} of {before}: {:+.1} % (bare hyper {}, axum by hand {})",
                (growth - 1.0) * 100.0,
                part(now.bare_hyper),
                part(now.axum_by_hand)
            ),
            &format!("at most {:+.0} %", (GROWTH - 1.0) * 100.0),
            growth <= GROWTH,
        );
    }
}
