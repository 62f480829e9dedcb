//! Shows that no text of a definition becomes code, or markup that rustdoc refuses.
//!
//! ```text
//! cargo run -p contexture-exact --bin texts -- [--definitions N]
//! ```
//!
//! Draws `N` definitions of hostile texts, four unless it is given, compiles what is generated from them with warnings
//! denied, documents it with warnings denied, and asks for the list of examples that `cargo test` would run. Fails
//! unless all compile, rustdoc warns of nothing, and there is no example.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "it is a program that prints a report"
)]

use std::io;
use std::process::ExitCode;

use contexture_exact::compiled::{Compiled, Documented, compile_files, document};
use contexture_exact::environment::{argument, work_folder};
use contexture_exact::texts;

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Prints everything; says whether it is as it has to be.
fn run() -> io::Result<bool> {
    let count = match argument("--definitions") {
        Some(count) => count.parse().map_err(io::Error::other)?,
        None => 4,
    };
    let folder = work_folder("texts");
    let files = texts::write(&folder.join("definitions"), count)?;
    let compiled = compile_files(&folder, &files)?;
    let mut clean = 0;
    for (stem, fate) in &compiled {
        match fate {
            Compiled::Clean(_) => clean += 1,
            other => println!("{stem}: {other:?}"),
        }
    }
    println!(
        "{clean} of {} definitions of hostile texts compile",
        files.len()
    );
    let documented = document(&folder)?;
    let Documented { warnings, examples } = &documented;
    println!(
        "rustdoc warns of {} things, and takes {} texts for examples",
        warnings.len(),
        examples.len()
    );
    for found in warnings.iter().chain(examples) {
        println!("{found}");
    }
    Ok(clean > 0 && clean == files.len() && documented.is_clean())
}
