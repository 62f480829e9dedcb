//! What `dev` prints.

use std::ops::ControlFlow;

use crate::Outcome;

/// Where `dev` prints.
pub(super) struct Screen<'a> {
    print: &'a mut dyn FnMut(Outcome) -> ControlFlow<()>,
    pub(super) style: Style,
    /// Whether the reader has gone.
    pub(super) is_closed: bool,
}

impl<'a> Screen<'a> {
    pub(super) fn new(print: &'a mut dyn FnMut(Outcome) -> ControlFlow<()>, color: bool) -> Self {
        Self {
            print,
            style: Style { color },
            is_closed: false,
        }
    }

    /// Prints a text with its line ends.
    pub(super) fn say(&mut self, text: impl Into<String>) {
        let outcome = Outcome {
            output: text.into(),
            ..Outcome::default()
        };
        self.is_closed |= (self.print)(outcome).is_break();
    }
}

/// Colors, if they are on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    color: bool,
}

impl Style {
    pub(crate) fn new(color: bool) -> Self {
        Self { color }
    }

    #[cfg(test)]
    pub(crate) fn plain() -> Self {
        Self { color: false }
    }

    /// Whether there are colors.
    pub(super) fn is_colored(self) -> bool {
        self.color
    }

    pub(crate) fn bold(self, text: &str) -> String {
        self.paint("1", text)
    }

    pub(crate) fn dim(self, text: &str) -> String {
        self.paint("2", text)
    }

    pub(crate) fn red(self, text: &str) -> String {
        self.paint("1;31", text)
    }

    pub(crate) fn green(self, text: &str) -> String {
        self.paint("32", text)
    }

    pub(crate) fn yellow(self, text: &str) -> String {
        self.paint("33", text)
    }

    fn paint(self, code: &str, text: &str) -> String {
        if self.color {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }
}
