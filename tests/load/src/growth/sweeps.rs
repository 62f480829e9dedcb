//! Measures servers along one quantity at a time.

use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{fs, io};

use serde_json::json;

use super::packages::{self, ACTIONS};
use crate::call::{Call, write_turns};
use crate::generator::saturate_patiently;
use crate::measure::{CONNECTIONS, median};
use crate::options::Options;
use crate::server::{Program, Server};

/// The numbers of configurations in use. The last is more than the cache holds.
const CONFIGURATIONS: [usize; 5] = [1, 10, 100, 1000, 10_000];

/// The lengths of bodies, in bytes, and the connections that they are sent on: the memory for all bodies has a limit.
const BODIES: [usize; 5] = [1000, 10_000, 100_000, 1_000_000, 10_000_000];
const BODY_CONNECTIONS: usize = 2;

/// The numbers of connections.
const MANY_CONNECTIONS: [usize; 5] = [1, 10, 100, 1000, 10_000];

/// The connections that are opened in a second, which a run is prolonged by.
const OPENED: f64 = 2000.0;

/// How long a response may take where ten thousand connections wait for one core.
const PATIENCE: Duration = Duration::from_secs(30);

/// The files that the load generator opens besides its connections.
const FILES: usize = 100;

/// What grows, with the measurements of each size.
pub(super) struct Sweep {
    pub(super) what: What,
    pub(super) points: Vec<Point>,
}

/// What grows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Actions,
    Configurations,
    Body,
    Connections,
}

pub(super) struct Point {
    pub(super) size: usize,
    pub(super) servers: Vec<Measured>,
}

/// What one server came to at one size.
pub(super) struct Measured {
    pub(super) name: &'static str,
    /// The rate against the first server's in the same round, or `None` if requests failed.
    pub(super) rate: Option<f64>,
    /// The peak of resident memory in MB.
    pub(super) memory: f64,
    /// The time to the first response in milliseconds.
    pub(super) start: f64,
    /// The size of the program in MB, if it is one file.
    pub(super) program: Option<f64>,
}

/// A server to measure, and what is asked of it.
struct Entry {
    program: Program,
    script: PathBuf,
}

/// Measures everything, one quantity after the other.
pub(super) fn measure(options: &Options, folder: &Path) -> io::Result<Vec<Sweep>> {
    let sweeps: [(What, &[usize]); 4] = [
        (What::Actions, &ACTIONS),
        (What::Configurations, &CONFIGURATIONS),
        (What::Body, &BODIES),
        (What::Connections, &MANY_CONNECTIONS),
    ];
    let mut measured = Vec::new();
    for (what, sizes) in sweeps {
        let mut points = Vec::new();
        for &size in sizes {
            if what == What::Connections && size + FILES > open_files()? {
                eprintln!("  {size} connections left out: see `ulimit -n`");
                continue;
            }
            eprintln!("  {} {size}", what.name());
            points.push(Point {
                size,
                servers: measure_point(what, size, options, folder)?,
            });
        }
        measured.push(Sweep { what, points });
    }
    Ok(measured)
}

impl What {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Actions => "actions in the definition",
            Self::Configurations => "configurations in use",
            Self::Body => "bytes of the body",
            Self::Connections => "connections",
        }
    }
}

/// The servers and their scripts. The first is the one that the others are compared with.
fn entries(what: What, size: usize, options: &Options, folder: &Path) -> io::Result<Vec<Entry>> {
    let hello = write_turns("hello-alone", &[Call::hello()])?;
    let (ours, script, all) = match what {
        What::Actions => (size, turns_of_actions(size)?, hello.clone()),
        What::Configurations => {
            let script = turns_of_configurations(size)?;
            (ACTIONS[0], script.clone(), script)
        }
        What::Body => {
            let name = "a".repeat(
                size - json!({ "type": "hello", "input": { "name": "" } })
                    .to_string()
                    .len(),
            );
            let call = Call::action("hello", &json!({ "name": name }), "key");
            let script = call.write_script("body")?;
            (ACTIONS[0], script.clone(), script)
        }
        What::Connections => (ACTIONS[0], hello.clone(), hello),
    };
    let mut entries = vec![
        Entry {
            program: Program::bare_hyper(),
            script: all.clone(),
        },
        Entry {
            program: Program::actions(&packages::name(ours)),
            script: script.clone(),
        },
    ];
    // A server by hand has as many actions as its author writes.
    if what != What::Actions {
        entries.push(Entry {
            program: Program::axum_by_hand(),
            script: all,
        });
    }
    if options.official.is_some() {
        let program = Program::official(packages::official(folder, ours));
        entries.push(Entry { program, script });
    }
    Ok(entries)
}

fn turns_of_actions(actions: usize) -> io::Result<PathBuf> {
    let call = |index| {
        let name = packages::action_name(index);
        Call::action(&name, &packages::input(index), "key")
    };
    let calls: Vec<_> = (0..actions).map(call).collect();
    write_turns("actions", &calls)
}

fn turns_of_configurations(configurations: usize) -> io::Result<PathBuf> {
    let call = |index| {
        let key = format!("key-{index:05}");
        Call::action("hello", &json!({ "name": "Ada" }), &key)
    };
    let calls: Vec<_> = (0..configurations).map(call).collect();
    write_turns("configurations", &calls)
}

fn measure_point(
    what: What,
    size: usize,
    options: &Options,
    folder: &Path,
) -> io::Result<Vec<Measured>> {
    let entries = entries(what, size, options, folder)?;
    let starts: io::Result<Vec<_>> = entries.iter().map(|entry| start(entry, options)).collect();
    let servers: io::Result<Vec<_>> = entries
        .iter()
        .map(|entry| entry.program.start(&Call::hello()))
        .collect();
    let servers = servers?;
    let connections = match what {
        What::Connections => size,
        What::Body => BODY_CONNECTIONS,
        What::Actions | What::Configurations => CONNECTIONS,
    };
    let rates = rates(&entries, &servers, connections, options)?;
    let all = entries.iter().zip(&servers).zip(starts?).zip(rates);
    all.map(|(((entry, server), start), rate)| {
        Ok(Measured {
            name: server.name,
            rate,
            memory: server.peak_memory()?,
            start,
            program: entry.program.size()?,
        })
    })
    .collect()
}

/// The median time to the first response, in milliseconds.
fn start(entry: &Entry, options: &Options) -> io::Result<f64> {
    let call = Call::hello();
    let starts: io::Result<Vec<_>> = (0..options.growth_rounds)
        .map(|_| Ok(entry.program.start(&call)?.first_answer.as_secs_f64() * 1000.0))
        .collect();
    Ok(median(starts?))
}

/// The median rates of the servers against the first one's, measured in turns.
fn rates(
    entries: &[Entry],
    servers: &[Server],
    connections: usize,
    options: &Options,
) -> io::Result<Vec<Option<f64>>> {
    let opening = u32::try_from(connections).map_or(0.0, |number| f64::from(number) / OPENED);
    let time = options.growth_round + Duration::from_secs_f64(opening);
    let mut ratios = vec![Vec::new(); servers.len()];
    let mut errors = vec![0; servers.len()];
    // The first round warms up and does not count.
    for round in 0..=options.growth_rounds {
        let mut first = f64::NAN;
        for (index, (entry, server)) in entries.iter().zip(servers).enumerate() {
            let load = saturate_patiently(server, &entry.script, connections, time, PATIENCE)?;
            if index == 0 {
                first = load.rate;
            }
            errors[index] += load.errors;
            if round > 0 {
                ratios[index].push(load.rate / first);
            }
        }
    }
    for (server, errors) in servers.iter().zip(&errors) {
        if *errors > 0 {
            eprintln!("    {}: {errors} requests failed", server.name);
        }
    }
    let all = ratios.into_iter().zip(errors);
    Ok(all
        .map(|(ratios, errors)| (errors == 0).then(|| median(ratios)))
        .collect())
}

/// The number of files that a process may open.
fn open_files() -> io::Result<usize> {
    let limits = fs::read_to_string("/proc/self/limits")?;
    let line = limits
        .lines()
        .find_map(|line| line.strip_prefix("Max open files"));
    let number = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    number.ok_or_else(|| io::Error::other("the system names no limit of open files"))
}
