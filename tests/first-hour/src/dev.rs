//! `contexture dev`, in the background.

use std::io::{self, BufRead, BufReader, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::author::Author;

/// Longer than any build takes: a line that never comes fails the program.
const PATIENCE: Duration = Duration::from_mins(15);

/// A `contexture dev` that runs.
pub(crate) struct Dev {
    child: Child,
    lines: Receiver<String>,
}

impl Dev {
    pub(crate) fn start(author: &Author, arguments: &[&str]) -> io::Result<Self> {
        Self::start_with(author, arguments, &[])
    }

    /// Starts it with variables, such as secrets, which are not on the command line.
    pub(crate) fn start_with(
        author: &Author,
        arguments: &[&str],
        variables: &[(&str, &str)],
    ) -> io::Result<Self> {
        let mut command = author.command(arguments);
        command.envs(variables.iter().copied());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn()?;
        let (sender, lines) = channel();
        pass(child.stdout.take(), sender.clone());
        pass(child.stderr.take(), sender);
        Ok(Self { child, lines })
    }

    /// Prints lines until one has a text; gives it, and how long that took.
    pub(crate) fn wait_for(&self, text: &str) -> io::Result<(String, Duration)> {
        let began = Instant::now();
        loop {
            let left = PATIENCE.saturating_sub(began.elapsed());
            let missing = |_| io::Error::other(format!("`contexture dev` does not say {text:?}"));
            let line = self.lines.recv_timeout(left).map_err(missing)?;
            println!("dev | {line}");
            if line.contains(text) {
                return Ok((line, began.elapsed()));
            }
        }
    }

    /// Ends it by SIGTERM, and prints its last lines.
    pub(crate) fn end(self) -> io::Result<ExitStatus> {
        let id = self.child.id().to_string();
        println!("\n$ kill -TERM {id}");
        Command::new("kill").args(["-TERM", &id]).status()?;
        self.wait()
    }

    /// Waits until it ends by itself, and prints its last lines.
    pub(crate) fn wait(mut self) -> io::Result<ExitStatus> {
        for line in &self.lines {
            println!("dev | {line}");
        }
        self.child.wait()
    }
}

/// A step that failed leaves it running.
impl Drop for Dev {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            let id = self.child.id().to_string();
            let _ = Command::new("kill").args(["-TERM", &id]).status();
            let _ = self.child.wait();
        }
    }
}

fn pass(stream: Option<impl Read + Send + 'static>, sender: Sender<String>) {
    let Some(stream) = stream else { return };
    thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                break;
            }
        }
    });
}
