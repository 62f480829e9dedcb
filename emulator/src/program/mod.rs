//! The program of an integration, as `contexture dev` builds and runs it: its state, and the lines that it logs.

mod line;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::broadcast;

pub use self::line::{LogLevel, LogLine};

/// The number of lines that are kept.
const LINES: usize = 10_000;

/// The number of notices that a slow listener can be behind.
const NOTICES: usize = 1024;

/// What the program does.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProgramState {
    /// It is not run by this process.
    Unknown,
    /// It is built. The program of the build before may still serve.
    Building {
        /// Whether an earlier build serves meanwhile.
        earlier_serves: bool,
    },
    /// It serves.
    Serving,
    /// It could not be built, or its definition is refused.
    Failed {
        /// What the compiler or the generator said.
        output: String,
        /// Whether an earlier build serves meanwhile.
        earlier_serves: bool,
    },
    /// It ended, or it does not answer.
    Ended {
        /// Why, such as its exit status.
        reason: String,
    },
}

impl ProgramState {
    /// Whether a program answers calls: that of the last build, or the one before.
    #[must_use]
    pub fn serves(&self) -> bool {
        match self {
            Self::Serving => true,
            Self::Building { earlier_serves } | Self::Failed { earlier_serves, .. } => {
                *earlier_serves
            }
            Self::Unknown | Self::Ended { .. } => false,
        }
    }
}

/// What listeners of a program learn.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProgramNotice {
    /// It has another state.
    State,
    /// It logged a line.
    Line(LogLine),
}

/// The program of an integration. Clones share it.
#[derive(Clone, Debug)]
pub struct Program {
    known: Arc<Mutex<Known>>,
    notices: broadcast::Sender<ProgramNotice>,
}

#[derive(Debug)]
struct Known {
    state: ProgramState,
    lines: VecDeque<LogLine>,
}

impl Program {
    /// Creates a program of which nothing is known.
    #[must_use]
    pub fn new() -> Self {
        Self {
            known: Arc::new(Mutex::new(Known {
                state: ProgramState::Unknown,
                lines: VecDeque::new(),
            })),
            notices: broadcast::channel(NOTICES).0,
        }
    }

    /// Returns what the program does.
    #[must_use]
    pub fn state(&self) -> ProgramState {
        self.known().state.clone()
    }

    /// Sets what the program does.
    pub fn set_state(&self, state: ProgramState) {
        self.known().state = state;
        self.tell(ProgramNotice::State);
    }

    /// Adds a line that the program logged. The oldest one is forgotten if there are too many.
    pub fn add_line(&self, line: LogLine) {
        let mut known = self.known();
        if known.lines.len() == LINES {
            known.lines.pop_front();
        }
        known.lines.push_back(line.clone());
        drop(known);
        self.tell(ProgramNotice::Line(line));
    }

    /// Returns the lines of a trace, or all lines, from the oldest to the newest.
    #[must_use]
    pub fn lines(&self, trace_id: Option<&str>) -> Vec<LogLine> {
        let known = self.known();
        let is_wanted =
            |line: &&LogLine| trace_id.is_none() || line.trace_id.as_deref() == trace_id;
        known.lines.iter().filter(is_wanted).cloned().collect()
    }

    /// Listens to what happens from now on.
    #[must_use]
    pub fn listen(&self) -> broadcast::Receiver<ProgramNotice> {
        self.notices.subscribe()
    }

    fn tell(&self, notice: ProgramNotice) {
        // There may be no listener.
        let _ = self.notices.send(notice);
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for Program {
    fn default() -> Self {
        Self::new()
    }
}
