//! Asks every target with changed inputs for a while, and needs neither libFuzzer nor a build of its own.
//!
//! ```text
//! cargo run -p contexture-fuzz --bin short -- SECONDS [SEED]
//! ```
//!
//! It does not see what an input reaches, as libFuzzer does, so that it finds less; it notices what breaks. A run of
//! the same seed asks with the same inputs, as far as its time lets it. An input that a target does not hold for is
//! written to the error stream.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "it is a program that prints a report"
)]

use std::panic::catch_unwind;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use std::{env, io};

use contexture_exact::sample::Random;
use contexture_fuzz::Use;
use contexture_fuzz::mutate::{mutate_bytes, mutate_json};
use contexture_fuzz::seeds::{TARGETS, Target};

/// How long an input may become.
const LONGEST: usize = 16 * 1024;

fn main() -> io::Result<ExitCode> {
    let mut arguments = env::args().skip(1).map(|argument| argument.parse().ok());
    let seconds = arguments.next().flatten();
    let seconds = seconds.ok_or_else(|| io::Error::other("usage: short SECONDS [SEED]"))?;
    let seed = arguments.next().flatten().unwrap_or(0);
    for target in TARGETS {
        match ask(&target, Duration::from_secs(seconds.into()), seed) {
            Ok(asked) => println!("{}: asked {asked} times", target.name),
            Err(input) => {
                let input = input.escape_ascii();
                eprintln!("{} does not hold for: {input}", target.name);
                return Ok(ExitCode::FAILURE);
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Changes inputs for so long, and gives the one that the target does not hold for.
fn ask(target: &Target, time: Duration, seed: u32) -> Result<u64, Vec<u8>> {
    let began = Instant::now();
    let mut random = Random::new(&format!("{} {seed}", target.name));
    let mut inputs = Vec::from_iter(target.seeds(&[]));
    let mut asked = 0;
    while began.elapsed() < time {
        let place = random.below(inputs.len());
        let changed = change(&inputs[place], &mut random);
        let used = catch_unwind(|| (target.run)(&changed));
        asked += 1;
        match used {
            Err(_) => return Err(changed),
            // What is of use is changed further, in the place of another one now and then.
            Ok(Use::Kept) if random.below(8) == 0 => inputs[place] = changed,
            Ok(_) => {}
        }
    }
    Ok(asked)
}

/// Changes an input, half of the time as JSON, if it has any.
fn change(input: &[u8], random: &mut Random) -> Vec<u8> {
    let seed = u32::try_from(random.below(1 << 31)).unwrap_or_default();
    let json = (random.below(2) == 0).then(|| mutate_json(input, LONGEST, seed));
    let json = json.flatten();
    json.unwrap_or_else(|| mutate_bytes(input, LONGEST, random))
}
