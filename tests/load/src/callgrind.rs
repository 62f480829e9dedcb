//! Counts what a request costs: instructions and allocations, which other work of the machine does not change.
//!
//! A server runs under callgrind, and the difference of two runs, with a number of requests and with twice as many, is
//! the cost of the requests without that of starting, warming up and stopping.
//!
//! What keeps the counts equal from run to run and from machine to machine:
//!
//! - There is one connection with one request at a time, and the next request is sent when all threads of the server
//!   sleep. Otherwise the server sometimes finds the next request where it expects to wait, and saves a turn.
//! - valgrind shows programs a processor of its own, so that the libc chooses the same `memcpy` on all machines with
//!   AVX2, with or without AVX-512. Without ERMS, as `GLIBC_TUNABLES` can have it, the counts are the same.
//! - The compiler is pinned, and `Cargo.lock` pins the crates.
//!
//! Five runs of the same programs counted the same allocations, and instructions that differed by at most 0.1 % for the
//! floors and 0.6 % for Contexture with `hello`, and by 1.3 % for both with the message. The rest is the order of
//! malloc's free lists, which depends on what the threads did when they started; random seeds of hash maps; and timers.
//! The libc is the machine's: `malloc` and `free` are a fifth of the instructions, and another version may move them.

use std::collections::HashMap;
use std::{fs, io};

use contexture_load::Connection;
use serde::{Deserialize, Serialize};

use crate::call::Call;
use crate::server::{Program, work_folder};

/// The requests of the first run.
const REQUESTS: u64 = 500;

/// The functions of the libc that allocate. The system's allocator is the one of all servers.
const ALLOCATING: [&str; 6] = [
    "malloc",
    "calloc",
    "realloc",
    "memalign",
    "posix_memalign",
    "aligned_alloc",
];

/// The counts of a request.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Count {
    pub(crate) instructions: u32,
    pub(crate) allocations: u32,
}

/// Counts a request with this call.
pub(crate) fn count(program: &Program, call: &Call) -> io::Result<Count> {
    let once = totals(program, call, REQUESTS)?;
    let twice = totals(program, call, 2 * REQUESTS)?;
    let each = |twice: u64, once: u64| {
        let rounded = (twice.saturating_sub(once) + REQUESTS / 2) / REQUESTS;
        u32::try_from(rounded).map_err(io::Error::other)
    };
    Ok(Count {
        instructions: each(twice.instructions, once.instructions)?,
        allocations: each(twice.allocations, once.allocations)?,
    })
}

/// The counts of a run.
struct Totals {
    instructions: u64,
    allocations: u64,
}

/// Counts a run of a server with a number of requests.
fn totals(program: &Program, call: &Call, requests: u64) -> io::Result<Totals> {
    let profile = work_folder()?.join("callgrind.out");
    let out = format!("--callgrind-out-file={}", profile.display());
    let runner = ["valgrind", "--quiet", "--tool=callgrind", &out].map(str::to_owned);
    let mut server = program.start_under(&runner, call)?;
    let request = call.to_http();
    let mut connection = Connection::open(server.address)?;
    for _ in 0..requests {
        server.wait_until_idle()?;
        connection.send(&request)?;
        let answer = connection.receive()?;
        if answer.status != 200 {
            return Err(io::Error::other(format!("a {} came", answer.status)));
        }
    }
    server.wait_until_idle()?;
    server.terminate()?;
    server.wait()?;
    read_profile(&fs::read_to_string(&profile)?)
}

/// Reads the totals of a file of callgrind.
fn read_profile(profile: &str) -> io::Result<Totals> {
    let mut names = Names::default();
    let mut instructions = None;
    let mut allocations = 0;
    let (mut within, mut found) = (false, false);
    for line in profile.lines() {
        if let Some(name) = line.strip_prefix("fn=") {
            within = names.allocates(name);
        } else if let Some(name) = line.strip_prefix("cfn=") {
            found = names.allocates(name);
        } else if let Some(calls) = line.strip_prefix("calls=") {
            // `realloc` may call `malloc`, which is one allocation.
            if found && !within {
                allocations += first_number(calls)?;
            }
        } else if let Some(total) = line.strip_prefix("totals: ") {
            instructions = Some(first_number(total)?);
        }
    }
    let instructions = instructions.ok_or_else(|| io::Error::other("callgrind wrote no totals"))?;
    Ok(Totals {
        instructions,
        allocations,
    })
}

/// The names of functions: `(7) malloc` names the function 7, and from then on `(7)` stands for it.
#[derive(Default)]
struct Names<'a>(HashMap<&'a str, bool>);

impl<'a> Names<'a> {
    fn allocates(&mut self, text: &'a str) -> bool {
        match text.split_once(' ') {
            Some((number, name)) => {
                let allocates = ALLOCATING.contains(&name);
                self.0.insert(number, allocates);
                allocates
            }
            None => self.0.get(text).copied().unwrap_or_default(),
        }
    }
}

fn first_number(text: &str) -> io::Result<u64> {
    let number = text.split(' ').next().unwrap_or_default();
    number.parse().map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn allocations_are_calls_from_other_functions() {
        let profile = "fn=(1) main\n1 2\ncfn=(2) malloc\ncalls=3 0\n1 9\ncfn=(3) realloc\ncalls=2 0\n1 9\n\
            cfn=(4) free\ncalls=5 0\n1 9\nfn=(3)\n1 4\ncfn=(2)\ncalls=2 0\n1 9\nfn=(4)\n1 2\ncfn=(2)\ncalls=1 0\n\
            1 1\ntotals: 1234\n";
        let totals = read_profile(profile).unwrap();
        assert_eq!((totals.instructions, totals.allocations), (1234, 6));
    }
}
