//! Measures a function on the stand-in of AWS Lambda: the time from its start to its first response, its memory, and its
//! rate.
//!
//! ```text
//! cargo build --release -p lambda -p contexture-lambda
//! target/release/lambda-measure target/release/lambda 20
//! ```
//!
//! The program has to serve `definitions/quickstart.yaml`. Each round starts a new process. Fails if the median of the
//! first responses is later than 20 ms after the start, or if a process has more than 8 MB resident.
#![expect(clippy::print_stdout, reason = "this program prints a report")]

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use contexture_lambda::{Event, FunctionProcess, Outcome, RuntimeApi};
use serde_json::json;

/// The latest median of the first response.
const LATEST: Duration = Duration::from_millis(20);

/// The most resident memory, in kB.
const MOST: u64 = 8_000;

/// The calls of a round, after its first one.
const CALLS: u32 = 1_000;

/// What a round measured.
struct Round {
    ready: Duration,
    first: Duration,
    memory: u64,
    rate: f64,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match measure().await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            println!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Prints what was measured; gives whether it is within the limits.
async fn measure() -> Result<bool, Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let program = arguments
        .next()
        .ok_or("usage: lambda-measure PROGRAM [ROUNDS]")?;
    let rounds = arguments.next().map_or(Ok(20), |rounds| rounds.parse())?;
    let mut measured = Vec::new();
    for _ in 0..rounds {
        measured.push(round(Path::new(&program)).await?);
    }
    let ready = spread("start to first request for an event", &measured, |round| {
        millis(round.ready)
    });
    let first = spread("start to first response", &measured, |round| {
        millis(round.first)
    });
    let memory = spread("peak resident memory, kB", &measured, |round| {
        kilobytes(round.memory)
    });
    spread("calls a second, one after the other", &measured, |round| {
        round.rate
    });
    let is_within = ready.is_some() && first.is_some_and(|(_, median, _)| median <= millis(LATEST));
    let is_small = memory.is_some_and(|(_, _, most)| most <= kilobytes(MOST));
    println!(
        "at most {LATEST:?} to the first response: {is_within}; at most {MOST} kB: {is_small}"
    );
    Ok(is_within && is_small)
}

/// Starts the program, and calls it.
async fn round(program: &Path) -> Result<Round, Box<dyn Error>> {
    let api = RuntimeApi::start().await?;
    let configuration = json!({ "apiKey": "key-1", "region": "eu" });
    let input = json!({ "to": "ada", "text": "hello" });
    let body = json!({ "type": "sendMessage", "input": input });
    let event = Event::call("action_triggered", &configuration, &body);
    let variables = [("LOG_LEVEL", "warn")];
    let start = Instant::now();
    let function = FunctionProcess::start(program, &api, &variables)?;
    call(&api, &event).await?;
    let first = start.elapsed();
    let ready = api
        .ready_at()
        .ok_or("the function answered what it did not ask for")?;
    let begin = Instant::now();
    for _ in 0..CALLS {
        call(&api, &event).await?;
    }
    Ok(Round {
        ready: ready - start,
        first,
        memory: peak_memory(&function)?,
        rate: f64::from(CALLS) / begin.elapsed().as_secs_f64(),
    })
}

async fn call(api: &RuntimeApi, event: &Event) -> Result<(), Box<dyn Error>> {
    match api.invoke(event, Duration::from_mins(1)).await {
        Outcome::Answered(answer) if answer.status == 200 => Ok(()),
        other => Err(format!("a call failed: {other:?}").into()),
    }
}

/// The most memory that was resident at a time, in kB.
fn peak_memory(function: &FunctionProcess) -> Result<u64, Box<dyn Error>> {
    let id = function.id().ok_or("the function has ended")?;
    let status = std::fs::read_to_string(format!("/proc/{id}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    Ok(number
        .ok_or("the system does not say how much memory a process has")?
        .parse()?)
}

fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1_000.0
}

#[expect(clippy::cast_precision_loss, reason = "memory in kB is far below 2^52")]
fn kilobytes(memory: u64) -> f64 {
    memory as f64
}

/// Prints the least, the median and the most of a value, and gives them.
fn spread(name: &str, rounds: &[Round], value: impl Fn(&Round) -> f64) -> Option<(f64, f64, f64)> {
    let mut values: Vec<f64> = rounds.iter().map(value).collect();
    values.sort_by(f64::total_cmp);
    let (least, most) = (*values.first()?, *values.last()?);
    let median = values[values.len() / 2];
    println!("{name}: {median:.1} ({least:.1} to {most:.1})");
    Some((least, median, most))
}
