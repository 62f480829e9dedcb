//! Runs every target with mutated inputs for a given time, on all cores. It needs neither libFuzzer nor a build of its own.
//!
//! ```text
//! cargo run -p contexture-fuzz --bin short -- SECONDS [SEED]
//! ```
//!
//! It does not measure coverage, so it finds less than libFuzzer. Runs with the same seed use the same inputs, as many
//! as fit the time. If a target fails, the program writes its input to the error stream.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this program prints a report"
)]

use std::panic::catch_unwind;
use std::process::ExitCode;
use std::sync::Mutex;
use std::time::{Duration, Instant};
use std::{env, io, slice, thread};

use contexture_compare::sample::Random;
use contexture_fuzz::Use;
use contexture_fuzz::mutate::{mutate_bytes, mutate_json};
use contexture_fuzz::seeds::{TARGETS, Target};

/// The maximum length of an input.
const LONGEST: usize = 16 * 1024;

fn main() -> io::Result<ExitCode> {
    let mut arguments = env::args().skip(1).map(|argument| argument.parse().ok());
    let seconds = arguments.next().flatten();
    let seconds = seconds.ok_or_else(|| io::Error::other("usage: short SECONDS [SEED]"))?;
    let seed = arguments.next().flatten().unwrap_or(0);
    let time = Duration::from_secs(seconds.into());
    let targets = Mutex::new(TARGETS.iter());
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let hold = thread::scope(|scope| {
        let workers = (0..workers).map(|_| scope.spawn(|| search_all(&targets, time, seed)));
        let workers: Vec<_> = workers.collect();
        let mut workers = workers.into_iter();
        workers.all(|worker| matches!(worker.join(), Ok(true)))
    });
    Ok(if hold {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Searches for inputs of the targets that no other worker has taken. Returns whether all of them hold.
fn search_all(targets: &Mutex<slice::Iter<'_, Target>>, time: Duration, seed: u32) -> bool {
    let next = || targets.lock().map_or(None, |mut targets| targets.next());
    let mut hold = true;
    while let Some(target) = next() {
        match search(target, time, seed) {
            Ok(tried) => println!("{}: {tried} inputs", target.name),
            Err(input) => {
                let input = input.escape_ascii();
                eprintln!("{} does not hold for: {input}", target.name);
                hold = false;
            }
        }
    }
    hold
}

/// Mutates inputs for the given time; returns their number, or the input for which the target fails.
fn search(target: &Target, time: Duration, seed: u32) -> Result<u64, Vec<u8>> {
    let began = Instant::now();
    let mut random = Random::new(&format!("{} {seed}", target.name));
    let mut inputs = Vec::from_iter(target.seeds(&[]));
    let mut tried = 0;
    while began.elapsed() < time {
        let place = random.below(inputs.len());
        let changed = change(&inputs[place], &mut random);
        let used = catch_unwind(|| (target.run)(&changed));
        tried += 1;
        match used {
            Err(_) => return Err(changed),
            // A useful input sometimes replaces the one that it was made from, and is mutated further.
            Ok(Use::Kept) if random.below(8) == 0 => inputs[place] = changed,
            Ok(_) => {}
        }
    }
    Ok(tried)
}

/// Mutates an input, half of the time as JSON if it contains JSON.
fn change(input: &[u8], random: &mut Random) -> Vec<u8> {
    let seed = u32::try_from(random.below(1 << 31)).unwrap_or_default();
    let json = (random.below(2) == 0).then(|| mutate_json(input, LONGEST, seed));
    let json = json.flatten();
    json.unwrap_or_else(|| mutate_bytes(input, LONGEST, random))
}
