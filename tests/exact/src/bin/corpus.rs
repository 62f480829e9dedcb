//! Generates code for real definitions, compiles it with warnings denied, and documents it.
//!
//! ```text
//! CONTEXTURE_CORPUS=DIR cargo run -p contexture-exact --bin corpus -- [--at-least N] [--docs yes]
//! ```
//!
//! `DIR/integrations` has definitions as `bp read --json` prints them. Prints a result for each. Fails if fewer than
//! `N` compile (default: all). With `--docs yes`, also fails if rustdoc warns or treats a description as an example.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this program prints a table"
)]

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use contexture_exact::compiled::{Compiled, Documented, compile, document};
use contexture_exact::corpus::load_definitions;
use contexture_exact::environment::{argument, data_folder, work_folder};

fn main() -> ExitCode {
    let corpus = match data_folder("CONTEXTURE_CORPUS") {
        Ok(corpus) => corpus,
        Err(reason) => {
            eprintln!("error: {reason}");
            return ExitCode::from(2);
        }
    };
    match run(&corpus) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Prints the results; returns whether they are as required.
fn run(corpus: &Path) -> io::Result<bool> {
    let definitions = load_definitions(&corpus.join("integrations"))?;
    let wanted = match argument("--at-least") {
        Some(count) => count.parse().map_err(io::Error::other)?,
        None => definitions.len(),
    };
    let folder = work_folder("corpus");
    let compiled = compile(&folder, &definitions)?;
    print(&compiled);
    let is_clean = |fate: &&Compiled| matches!(fate, Compiled::Clean(_));
    let is_panic = |fate: &Compiled| matches!(fate, Compiled::Panicked(_));
    let clean = compiled.values().filter(is_clean).count();
    println!(
        "{clean} of {} generate and compile with warnings denied",
        compiled.len()
    );
    let mut is_right = clean >= wanted && !compiled.values().any(is_panic);
    if argument("--docs").as_deref() == Some("yes") {
        let documented = document(&folder)?;
        print_documented(&documented);
        is_right &= documented.is_clean();
    }
    Ok(is_right)
}

fn print(compiled: &BTreeMap<String, Compiled>) {
    for (stem, fate) in compiled {
        match fate {
            Compiled::Clean(lines) => println!("{stem:24} {lines:6} lines"),
            Compiled::Faulty(first) => println!("{stem:24} does not compile\n{first}"),
            Compiled::Refused(first) => println!("{stem:24} is refused: {first}"),
            Compiled::Panicked(why) => println!("{stem:24} makes the generator panic: {why}"),
        }
    }
}

fn print_documented(documented: &Documented) {
    let Documented { warnings, examples } = documented;
    println!(
        "rustdoc warns of {} things, and takes {} descriptions for examples",
        warnings.len(),
        examples.len()
    );
    for found in warnings.iter().chain(examples) {
        println!("{found}");
    }
}
