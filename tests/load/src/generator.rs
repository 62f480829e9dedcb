//! The load generators: wrk at the maximum rate, h2load at a fixed rate.

use std::path::Path;
use std::process::Command;
use std::time::Duration;
use std::{fs, io};

use crate::call::Call;
use crate::server::{Server, work_folder};

/// The warm-up of a run at a fixed rate, which does not count.
const WARM_UP: Duration = Duration::from_secs(1);

/// The throughput and the errors of a server.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Load {
    /// Responses a second.
    pub(crate) rate: f64,
    /// Broken connections, responses without success, and timeouts.
    pub(crate) errors: u64,
}

/// Repeats a call on this many connections. A response that takes two seconds is an error.
pub(crate) fn saturate(
    server: &Server,
    script: &Path,
    connections: usize,
    time: Duration,
) -> io::Result<Load> {
    saturate_patiently(server, script, connections, time, Duration::from_secs(2))
}

/// Repeats a call on this many connections. A response that takes longer than `patience` is an error.
pub(crate) fn saturate_patiently(
    server: &Server,
    script: &Path,
    connections: usize,
    time: Duration,
    patience: Duration,
) -> io::Result<Load> {
    let mut command = Command::new("wrk");
    command
        .args(["--timeout", &format!("{}s", patience.as_secs())])
        .args(["-t1", "-c", &connections.to_string()])
        .args(["-d", &format!("{}s", time.as_secs()), "-s"])
        .arg(script)
        .arg(format!("http://{}/", server.address));
    let printed = print_of(&mut command)?;
    let counted = printed
        .lines()
        .find_map(|line| line.strip_prefix("counted "));
    let numbers: Vec<u32> = counted
        .into_iter()
        .flat_map(|line| line.split(' ').filter_map(|number| number.parse().ok()))
        .collect();
    let &[requests, microseconds, errors] = numbers.as_slice() else {
        return Err(io::Error::other(format!(
            "wrk printed no counts: {printed}"
        )));
    };
    Ok(Load {
        rate: f64::from(requests) * 1e6 / f64::from(microseconds),
        errors: errors.into(),
    })
}

/// Makes a call at a fixed rate over 64 connections; returns the 99th percentile of the response time, in
/// milliseconds, and the achieved rate.
pub(crate) fn percentile_at(
    server: &Server,
    call: &Call,
    rate: f64,
    time: Duration,
) -> io::Result<(f64, f64)> {
    const CONNECTIONS: f64 = 64.0;

    let log = work_folder()?.join("latency.tsv");
    if log.exists() {
        fs::remove_file(&log)?;
    }
    let mut command = Command::new("h2load");
    command
        .args(["--h1", "-t1", "-c", &CONNECTIONS.to_string()])
        .args(["--duration", &format!("{}s", (time + WARM_UP).as_secs())])
        .arg(format!("--rps={}", (rate / CONNECTIONS).round()))
        .arg(format!("--log-file={}", log.display()))
        .arg(format!("--data={}", call.write_body("latency")?.display()))
        .arg(format!("http://{}/", server.address));
    for (name, value) in &call.headers {
        command.args(["-H", &format!("{name}: {value}")]);
    }
    print_of(&mut command)?;
    percentile(&fs::read_to_string(&log)?)
}

/// Reads a log of h2load: the time of each request in microseconds, its status, and its response time.
fn percentile(log: &str) -> io::Result<(f64, f64)> {
    let rows: Vec<(u64, u32)> = log
        .lines()
        .filter_map(|line| {
            let mut columns = line.split('\t');
            let start = columns.next()?.parse().ok()?;
            let status = columns.next()?;
            let took = columns.next()?.parse().ok()?;
            (status == "200").then_some((start, took))
        })
        .collect();
    let first = rows
        .iter()
        .map(|(start, _)| *start)
        .min()
        .unwrap_or_default();
    let counted = first + u64::try_from(WARM_UP.as_micros()).unwrap_or(u64::MAX);
    let rows = rows.iter().filter(|(start, _)| *start >= counted);
    let last = rows
        .clone()
        .map(|(start, _)| *start)
        .max()
        .unwrap_or(counted);
    let mut times: Vec<_> = rows.map(|(_, took)| *took).collect();
    times.sort_unstable();
    let at = times.len() * 99 / 100;
    let percentile = times
        .get(at)
        .ok_or_else(|| io::Error::other("h2load got no answer"))?;
    let seconds = Duration::from_micros(last - counted).as_secs_f64();
    let count = u32::try_from(times.len()).unwrap_or(u32::MAX);
    Ok((f64::from(*percentile) / 1000.0, f64::from(count) / seconds))
}

fn print_of(command: &mut Command) -> io::Result<String> {
    let output = command.output().map_err(|error| {
        let program = command.get_program().display();
        io::Error::other(format!("cannot run {program}: {error}"))
    })?;
    if !output.status.success() {
        let problem = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(io::Error::other(problem));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
