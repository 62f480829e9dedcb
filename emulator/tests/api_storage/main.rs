//! What was acknowledged survives `kill -9`, and how many writes a second the storage takes.
//!
//! ```sh
//! cargo test -p contexture-emulator --test api_storage                  # some kills, as a test
//! cargo test -p contexture-emulator --test api_storage -- --kills 100
//! cargo test -p contexture-emulator --test api_storage --release -- --rate
//! ```

#![expect(clippy::print_stdout, reason = "a program that measures")]

mod bench;
mod kills;
mod rate;
mod writer;

/// The kills of a run as a test.
const KILLS: usize = 5;

fn main() {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["--writer", folder, run] => writer::write(folder.as_ref(), run),
        ["--kills", kills] => kills::run(kills.parse().expect("a number of kills")),
        ["--rate"] => rate::run(),
        // The test runner passes arguments of its own.
        _ => kills::run(KILLS),
    }
}
