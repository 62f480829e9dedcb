//! A terminal that does not show what is typed.

use std::fs::File;
use std::io;

use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};

/// The terminal of the process shows nothing that is typed, until this is dropped.
pub(super) struct Hidden {
    terminal: File,
    before: Termios,
}

impl Hidden {
    /// Stops the echo.
    ///
    /// # Errors
    ///
    /// Returns an error if the process has no terminal.
    pub(super) fn start() -> io::Result<Self> {
        let terminal = File::open("/dev/tty")?;
        let before = tcgetattr(&terminal)?;
        let mut hidden = before.clone();
        hidden.local_modes.remove(LocalModes::ECHO);
        tcsetattr(&terminal, OptionalActions::Now, &hidden)?;
        Ok(Self { terminal, before })
    }
}

impl Drop for Hidden {
    fn drop(&mut self) {
        // A terminal that is gone needs no echo.
        let _ = tcsetattr(&self.terminal, OptionalActions::Now, &self.before);
    }
}
