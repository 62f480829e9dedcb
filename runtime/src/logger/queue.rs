//! A queue in front of each standard stream, so that calls do not wait for the reader of the log.
//!
//! While a server runs, one thread per stream writes the queued lines. The queue is bounded: when
//! it is full, lines are dropped and counted, and the count is logged when the stream accepts data
//! again.

use std::{
    io::Write as _,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    task::{Poll, Waker},
    thread,
};

use super::{
    output::LogOutput,
    settings::{LogFormat, LogLevel, LogSettings},
};

/// The capacity of a queue in bytes. The thread may be writing up to as many bytes in addition.
const CAPACITY: usize = 1024 * 1024;

static STDOUT: Queue = Queue::new(LogOutput::Stdout);
static STDERR: Queue = Queue::new(LogOutput::Stderr);

struct Queue {
    output: LogOutput,
    state: Mutex<State>,
    /// Notifies the thread that there are lines to write, or that no server uses the queue any
    /// more.
    changed: Condvar,
}

struct State {
    /// The number of running servers.
    users: usize,
    settings: LogSettings,
    has_thread: bool,
    /// Whether the thread waits for lines. Waking it takes a system call.
    is_waiting: bool,
    /// Complete lines, with their line breaks.
    waiting: Vec<u8>,
    dropped: u64,
    is_writing: bool,
    flushing: Vec<Waker>,
}

/// Queues the lines for the standard streams until it is dropped.
#[derive(Debug)]
pub(crate) struct Queued(());

impl Queued {
    /// Starts queueing. `settings` is the format of the lines that report dropped lines.
    pub(crate) fn new(settings: LogSettings) -> Self {
        for queue in [&STDOUT, &STDERR] {
            let mut state = queue.lock();
            state.users += 1;
            state.settings = settings;
        }
        Self(())
    }

    /// Waits until all queued lines have been written.
    pub(crate) async fn flush(&self) {
        STDOUT.flush().await;
        STDERR.flush().await;
    }
}

impl Drop for Queued {
    fn drop(&mut self) {
        for queue in [&STDOUT, &STDERR] {
            queue.lock().users -= 1;
            queue.changed.notify_one();
        }
    }
}

/// Queues a line. Returns `false` if the caller must write it directly.
pub(super) fn take(output: LogOutput, line: &str) -> bool {
    match output {
        LogOutput::Stdout => STDOUT.take(line),
        LogOutput::Stderr => STDERR.take(line),
    }
}

impl Queue {
    const fn new(output: LogOutput) -> Self {
        Self {
            output,
            state: Mutex::new(State {
                users: 0,
                settings: LogSettings {
                    level: None,
                    format: LogFormat::Text,
                },
                has_thread: false,
                is_waiting: false,
                waiting: Vec::new(),
                dropped: 0,
                is_writing: false,
                flushing: Vec::new(),
            }),
            changed: Condvar::new(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // No code panics while the lock is held.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&'static self, line: &str) -> bool {
        let mut state = self.lock();
        // Lines queued while the last server ran are written first.
        if state.users == 0 && state.is_empty() {
            return false;
        }
        if !state.has_thread {
            let name = "log".to_owned();
            let started = thread::Builder::new()
                .name(name)
                .spawn(move || self.write_all());
            if started.is_err() {
                return false;
            }
            state.has_thread = true;
        }
        state.push(line);
        if std::mem::take(&mut state.is_waiting) {
            drop(state);
            self.changed.notify_one();
        }
        true
    }

    /// Writes queued lines until no server uses the queue any more.
    fn write_all(&self) {
        let mut state = self.lock();
        loop {
            if let Some(lines) = state.take_lines() {
                drop(state);
                self.output.write(&lines);
                state = self.lock();
                state.is_writing = false;
                continue;
            }
            let flushing = std::mem::take(&mut state.flushing);
            if !flushing.is_empty() {
                // A waker may log, which takes the lock.
                drop(state);
                flushing.into_iter().for_each(Waker::wake);
                state = self.lock();
                continue;
            }
            if state.users == 0 {
                state.has_thread = false;
                return;
            }
            state.is_waiting = true;
            let woken = self.changed.wait(state);
            state = woken.unwrap_or_else(PoisonError::into_inner);
            state.is_waiting = false;
        }
    }

    async fn flush(&self) {
        std::future::poll_fn(|context| {
            let mut state = self.lock();
            if state.is_empty() {
                return Poll::Ready(());
            }
            state.flushing.push(context.waker().clone());
            Poll::Pending
        })
        .await;
    }
}

impl State {
    fn is_empty(&self) -> bool {
        self.waiting.is_empty() && self.dropped == 0 && !self.is_writing
    }

    fn push(&mut self, line: &str) {
        if self.waiting.len() + line.len() >= CAPACITY {
            self.dropped += 1;
            return;
        }
        self.waiting.extend_from_slice(line.as_bytes());
        self.waiting.push(b'\n');
    }

    /// Takes the queued lines, followed by a line with the number of dropped lines, if there are
    /// any.
    fn take_lines(&mut self) -> Option<Vec<u8>> {
        if self.waiting.is_empty() && self.dropped == 0 {
            return None;
        }
        let mut lines = std::mem::take(&mut self.waiting);
        let dropped = std::mem::take(&mut self.dropped);
        if dropped > 0 {
            let notice =
                format!("{dropped} log lines were dropped: the output was not read in time");
            lines.extend_from_slice(
                self.settings
                    .process_line(LogLevel::Warn, &notice)
                    .as_bytes(),
            );
            lines.push(b'\n');
        }
        self.is_writing = true;
        Some(lines)
    }
}

impl LogOutput {
    fn write(self, lines: &[u8]) {
        // An error cannot be reported anywhere if the log itself fails.
        let _ = match self {
            Self::Stdout => std::io::stdout().lock().write_all(lines),
            Self::Stderr => std::io::stderr().lock().write_all(lines),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(format: LogFormat) -> State {
        let mut state = Queue::new(LogOutput::Stdout).state.into_inner().unwrap();
        state.settings.format = format;
        state
    }

    fn text(lines: Option<Vec<u8>>) -> String {
        String::from_utf8(lines.unwrap()).unwrap()
    }

    #[test]
    fn lines_beyond_the_capacity_are_dropped_and_counted_once() {
        let mut state = state(LogFormat::Text);
        let long = "a".repeat(CAPACITY / 2);
        for line in ["first", &long, &long, "small", &long] {
            state.push(line);
        }
        let written = text(state.take_lines());
        assert!(written.len() < CAPACITY);
        let expected = format!(
            "first\n{long}\nsmall\n2 log lines were dropped: the output was not read in time\n"
        );
        assert!(written == expected, "{} bytes", written.len());
        state.push("next");
        assert_eq!(text(state.take_lines()), "next\n");
        assert_eq!(state.take_lines(), None);
    }

    #[test]
    fn the_count_of_dropped_lines_is_json_where_the_log_is() {
        let mut state = state(LogFormat::Json);
        state.push(&"a".repeat(2 * CAPACITY));
        let written: serde_json::Value =
            serde_json::from_slice(&state.take_lines().unwrap()).unwrap();
        assert_eq!(written["level"], "warn");
        let message = "1 log lines were dropped: the output was not read in time";
        assert_eq!(written["msg"], message);
    }

    #[test]
    fn a_line_is_written_at_once_unless_a_server_runs() {
        static QUEUE: Queue = Queue::new(LogOutput::Stderr);

        assert!(!QUEUE.take("a line"));
        assert!(!QUEUE.lock().has_thread);
    }
}
