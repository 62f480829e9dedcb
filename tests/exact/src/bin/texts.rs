//! Shows that no text of a definition becomes code, or markup that rustdoc rejects.
//!
//! ```text
//! cargo run -p contexture-exact --bin texts -- [--definitions N]
//! ```
//!
//! Draws `N` definitions of hostile texts (default: 4). Compiles and documents the generated code with warnings denied,
//! and lists the examples that `cargo test` would run. Fails if one does not compile, if rustdoc warns, or if there is
//! an example.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this program prints a report"
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

/// Prints the results; returns whether they are as required.
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
