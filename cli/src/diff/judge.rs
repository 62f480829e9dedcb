//! Questions about schemas, answered by another process, whose time and memory have bounds.

use std::cell::RefCell;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use contexture_compare::ask::{Answer, InProcess, Judge, Question};

use super::bounds::Bounds;

/// How much longer than a question the process of it may take, so that it can answer at the bound by itself.
const GRACE: Duration = Duration::from_millis(200);

/// Asks a process of this command.
///
/// A program that uses the command as a library has no such process. It answers by itself, where memory has no bound.
pub(crate) struct Processes {
    bounds: Bounds,
    program: Option<PathBuf>,
    running: RefCell<Option<Running>>,
}

struct Running {
    child: Child,
    input: ChildStdin,
    lines: Receiver<String>,
}

impl Processes {
    /// Answers each question within these bounds.
    pub(crate) fn new(bounds: Bounds) -> Self {
        let program = std::env::current_exe().ok();
        let is_command =
            |program: &PathBuf| program.file_stem().is_some_and(|stem| stem == "contexture");
        Self {
            bounds,
            program: program.filter(is_command),
            running: RefCell::new(None),
        }
    }

    fn ask_process(&self, program: &PathBuf, question: &Question) -> Answer {
        let limit = self.bounds.time();
        let running = self.running.borrow_mut().take();
        let running = running.map_or_else(|| Running::start(program, self.bounds), Ok);
        let Ok(mut running) = running else {
            return InProcess::new(limit).ask(question);
        };
        let start = Instant::now();
        let answer = running.ask(question, limit + GRACE);
        // One that took long may still be at work.
        if answer.is_ok() && start.elapsed() < limit / 2 {
            *self.running.borrow_mut() = Some(running);
        }
        answer.unwrap_or_else(|reason| Answer::Unknown { reason })
    }
}

impl Judge for Processes {
    fn ask(&self, question: &Question) -> Answer {
        match &self.program {
            Some(program) => self.ask_process(program, question),
            None => InProcess::new(self.bounds.time()).ask(question),
        }
    }
}

impl Running {
    fn start(program: &PathBuf, bounds: Bounds) -> std::io::Result<Self> {
        let mut child = Command::new(program)
            .arg("answer")
            .args(bounds.to_arguments())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let (sender, lines) = channel();
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(std::io::Error::other("no pipe"));
        };
        thread::spawn(move || {
            let mut lines = BufReader::new(output).lines().map_while(Result::ok);
            lines.try_for_each(|line| sender.send(line))
        });
        Ok(Self {
            child,
            input,
            lines,
        })
    }

    /// Asks the process.
    ///
    /// # Errors
    ///
    /// Returns the reason if the process does not answer in time, or ends.
    fn ask(&mut self, question: &Question, limit: Duration) -> Result<Answer, String> {
        let ended = "the comparison of the schemas failed, or needs too much memory";
        let mut line = serde_json::to_string(question).map_err(|error| error.to_string())?;
        line.push('\n');
        let written = self.input.write_all(line.as_bytes());
        written.map_err(|_| ended.to_owned())?;
        match self.lines.recv_timeout(limit) {
            Ok(line) => serde_json::from_str(&line).map_err(|error| error.to_string()),
            Err(RecvTimeoutError::Timeout) => {
                Err("the comparison of the schemas takes too long".to_owned())
            }
            Err(RecvTimeoutError::Disconnected) => Err(ended.to_owned()),
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
