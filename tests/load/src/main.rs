//! Measures an integration under load, and prints the table that README.md shows.
//!
//! ```text
//! tests/load/run [--quick] [--only rate,latency,start,message,count,stop,soak,hostile,edit,growth] [--accept]
//! ```
//!
//! The script builds the servers and runs this program on one core. Every server runs on the other. `--quick` is a
//! short run that judges errors, lost requests, memory and the growth of counts, but not times. `--accept` makes the
//! counts of this run the accepted ones. `growth` writes `docs/growth.md` and its picture. Fails if a bar is missed.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this program prints a report"
)]

mod attack;
mod call;
mod callgrind;
mod generator;
mod growth;
mod honest;
mod machine;
mod measure;
mod options;
mod server;
mod table;

use std::io;
use std::process::ExitCode;

use crate::measure::{count, edit, hostile, latency, message, rate, soak, start, stop};
use crate::options::{Measurement, Options};
use crate::server::Program;
use crate::table::Table;

fn main() -> ExitCode {
    let options = match Options::read(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(problem) => {
            eprintln!("error: {problem}");
            return ExitCode::from(2);
        }
    };
    if options.writes_packages {
        return match growth::write_packages(options.official.as_deref()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => fail(&error),
        };
    }
    match run(&options) {
        Ok(table) => {
            println!("{}\n\n{table}", machine::describe());
            ExitCode::from(u8::from(!table.holds()))
        }
        Err(error) => fail(&error),
    }
}

fn fail(error: &io::Error) -> ExitCode {
    eprintln!("error: {error}");
    ExitCode::FAILURE
}

/// Runs the selected measurements.
fn run(options: &Options) -> io::Result<Table> {
    let mut table = Table::new(options.is_full);
    for measurement in &options.measurements {
        eprintln!("measuring {measurement:?}");
        match measurement {
            Measurement::Rate => rate::measure(options, &mut table)?,
            Measurement::Message => message::measure(options, &mut table)?,
            Measurement::Latency => latency::measure(options, &mut table)?,
            Measurement::Start => start::measure(options, &mut table)?,
            Measurement::Count => count::measure(options, &mut table)?,
            Measurement::Stop => stop::measure(options, &mut table)?,
            Measurement::Soak => soak::measure(options, &mut table)?,
            Measurement::Hostile => hostile::measure(options, &mut table)?,
            Measurement::Edit => edit::measure(options, &mut table)?,
            Measurement::Growth => growth::measure(options)?,
        }
    }
    Ok(table)
}

/// The servers with the action: ours, the floors, and the official SDK if it is installed.
fn contestants(options: &Options) -> Vec<Program> {
    let mut programs = vec![
        Program::parity(),
        Program::bare_hyper(),
        Program::axum_by_hand(),
    ];
    programs.extend(options.official.as_deref().map(Program::official_sdk));
    programs
}
