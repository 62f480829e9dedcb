//! The steps, and what is measured.

use std::io;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::author::Author;
use crate::dev::Dev;
use crate::tunnel;

/// A time that was measured, beside its bar.
pub(crate) struct Time {
    what: &'static str,
    took: Duration,
    bar: Duration,
}

impl Time {
    fn new(what: &'static str, took: Duration, seconds: u64) -> Self {
        let bar = Duration::from_secs(seconds);
        Self { what, took, bar }
    }

    pub(crate) fn is_met(&self) -> bool {
        self.took < self.bar
    }

    pub(crate) fn line(&self) -> String {
        let met = if self.is_met() { "met" } else { "missed" };
        let (took, bar) = (self.took.as_secs_f64(), self.bar.as_secs());
        format!("{}: {took:.2} s (bar: {bar} s, {met})", self.what)
    }
}

pub(crate) const GREET: [&str; 5] = ["call", "action", "greet", "--input", r#"{"name":"Ada"}"#];
pub(crate) const HANDLER: &str = "src/handlers/greet.rs";
pub(crate) const DEFINITION: &str = "definition.yaml";

/// A configuration beside the primary one.
const FURTHER: &str = "configurations:
  sandbox:
    title: Sandbox
    description: Without a service.
    schema: { type: object, properties: {}, additionalProperties: false }

actions:
";

/// Goes through all steps.
pub(crate) fn run(author: &Author) -> io::Result<Vec<Time>> {
    author
        .run(&["new", "hello"])?
        .expect(0, "created the integration `hello`")?;
    first_build(author)?;
    let began = Instant::now();
    let dev = Dev::start(author, &["dev", "--no-open", "--port", "0"])?;
    let (line, page) = dev.wait_for("the emulator of Botpress is at http://")?;
    let (_, served) = dev.wait_for("is registered")?;
    let address = address(&line)?;
    let mut times = vec![
        Time::new("from the command to the emulator's page", page, 3),
        Time::new(
            "from the command to a registered instance",
            page + served,
            3,
        ),
    ];
    println!("[{:.2} s]", began.elapsed().as_secs_f64());
    calls(author)?;
    times.push(new_answer(author, &dev)?);
    mistake(author, &dev)?;
    record(author)?;
    let status = dev.end()?;
    println!("[{status}]");
    if !status.success() || TcpStream::connect(&address).is_ok() {
        return Err(io::Error::other(format!(
            "dev did not end: {address} still answers"
        )));
    }
    author
        .run(&["call", "ping"])?
        .expect(1, "`contexture dev` does not run")?;
    tunnel::run(author)?;
    Ok(times)
}

/// The first build compiles all dependencies, unless the repository has built them.
fn first_build(author: &Author) -> io::Result<()> {
    let dev = Dev::start(author, &["dev", "--no-open", "--no-watch", "--port", "0"])?;
    let (_, took) = dev.wait_for("is registered")?;
    println!("[the first build: {:.2} s]", took.as_secs_f64());
    dev.end().map(|_| ())
}

fn calls(author: &Author) -> io::Result<()> {
    author.run(&GREET)?.expect(0, "Hello, Ada!")?;
    author
        .run(&["call", "action", "greet", "--example"])?
        .expect(0, "Hello, Ada!")?;
    author
        .run(&["call", "action", "gret", "--example"])?
        .expect(2, "did you mean `greet`?")?;
    author
        .run(&["call", "message", "text", "--input", r#"{"text":"ping"}"#])?
        .expect(0, "pong")?;
    let body = r#"{"from":"Ada","text":"Hi"}"#;
    author
        .run(&["call", "webhook", "--provider", "github", body])?
        .expect(0, "thanks")?;
    author.run(&["call", "webhook", body])?.expect(1, "401")
}

/// From a saved file to its answer.
fn new_answer(author: &Author, dev: &Dev) -> io::Result<Time> {
    author.edit(HANDLER, "{}, {}!", "{}, dear {}!")?;
    let (_, took) = dev.wait_for("serves (built")?;
    println!("[{:.2} s]", took.as_secs_f64());
    let began = Instant::now();
    author.run(&GREET)?.expect(0, "Hello, dear Ada!")?;
    Ok(Time::new(
        "from a saved file to the new answer",
        took + began.elapsed(),
        5,
    ))
}

/// The compiler's error is shown, and the earlier program serves.
fn mistake(author: &Author, dev: &Dev) -> io::Result<()> {
    author.edit(DEFINITION, "actions:\n", FURTHER)?;
    dev.wait_for("error[E")?;
    let (_, took) = dev.wait_for("the earlier program still serves")?;
    println!("[{:.2} s]", took.as_secs_f64());
    author.run(&GREET)?.expect(0, "Hello, dear Ada!")?;
    author.edit(DEFINITION, FURTHER, "actions:\n")?;
    dev.wait_for("serves (built")?;
    author.edit(HANDLER, "dear ", "")?;
    dev.wait_for("serves (built")?;
    author.run(&GREET)?.expect(0, "Hello, Ada!")
}

fn record(author: &Author) -> io::Result<()> {
    author
        .run(&["log", "--limit", "5"])?
        .expect(0, "action_triggered greet")?;
    author.run(&["replay", "last"])?.expect(0, "it differs:")?;
    author
        .run(&["log", "--id", "last"])?
        .expect(0, "x-bp-operation: action_triggered")
}

/// The address of the emulator, from what `dev` says.
fn address(line: &str) -> io::Result<String> {
    let missing = || io::Error::other(format!("{line:?} has no address"));
    let (_, rest) = line.split_once("http://").ok_or_else(missing)?;
    let end = rest.find(|sign: char| !sign.is_ascii_digit() && !".:".contains(sign));
    Ok(rest[..end.unwrap_or(rest.len())].to_owned())
}
