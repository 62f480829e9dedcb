//! Colors of the transcript.

use std::env;
use std::io::IsTerminal as _;

/// Whether the output has colors.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    is_colored: bool,
}

/// The purpose of a color.
#[derive(Clone, Copy, Debug)]
pub(super) enum Paint {
    Heading,
    Label,
    Faint,
    Good,
    Bad,
}

impl Style {
    /// Colors on a terminal, unless the user disabled them (<https://no-color.org>).
    pub(crate) fn of_stdout() -> Self {
        let declined = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let is_dumb = env::var_os("TERM").is_some_and(|value| value == "dumb");
        Self {
            is_colored: std::io::stdout().is_terminal() && !declined && !is_dumb,
        }
    }

    /// No colors.
    #[cfg(test)]
    pub(crate) fn plain() -> Self {
        Self { is_colored: false }
    }

    pub(super) fn paint(self, paint: Paint, text: &str) -> String {
        if !self.is_colored || text.is_empty() {
            return text.to_owned();
        }
        let code = match paint {
            Paint::Heading => "1",
            Paint::Label => "36",
            Paint::Faint => "2",
            Paint::Good => "32",
            Paint::Bad => "1;31",
        };
        format!("\x1b[{code}m{text}\x1b[0m")
    }
}
