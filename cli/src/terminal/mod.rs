//! Questions on a terminal.

#[cfg(unix)]
mod echo;

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};

use contexture::Secret;

/// Asks the person at a terminal.
pub(crate) trait Terminal {
    /// Whether there is a person to ask.
    fn is_interactive(&self) -> bool;
    /// Asks for a line. An empty one, or the end of the input, is `None`.
    fn ask(&mut self, question: &str) -> Option<String>;
    /// Asks for a line that is not shown.
    fn ask_hidden(&mut self, question: &str) -> Option<Secret>;

    /// Asks a question that is answered with yes or no; no by default.
    fn confirm(&mut self, question: &str) -> bool {
        let answer = self.ask(&format!("{question} [y/N] "));
        answer.is_some_and(|answer| matches!(answer.to_ascii_lowercase().as_str(), "y" | "yes"))
    }
}

/// The terminal that the command runs in: questions go to the standard error, answers come from the standard input.
#[derive(Debug)]
pub(crate) struct OwnTerminal;

impl Terminal for OwnTerminal {
    fn is_interactive(&self) -> bool {
        io::stdin().is_terminal() && io::stderr().is_terminal()
    }

    fn ask(&mut self, question: &str) -> Option<String> {
        let mut errors = io::stderr().lock();
        errors.write_all(question.as_bytes()).ok()?;
        errors.flush().ok()?;
        let mut line = String::new();
        io::stdin().lock().read_line(&mut line).ok()?;
        let line = line.trim();
        (!line.is_empty()).then(|| line.to_owned())
    }

    fn ask_hidden(&mut self, question: &str) -> Option<Secret> {
        // `rpassword` hides what is typed after it has asked, and a person may type at once.
        #[cfg(unix)]
        let _hidden = echo::Hidden::start();
        let line = rpassword::prompt_password(question).ok()?;
        (!line.is_empty()).then(|| Secret::from(line))
    }
}

/// A terminal of tests, which has the answers in advance.
#[cfg(test)]
#[derive(Debug, Default)]
pub(crate) struct Answers {
    pub(crate) answers: std::collections::VecDeque<&'static str>,
    pub(crate) questions: Vec<String>,
}

#[cfg(test)]
impl Answers {
    pub(crate) fn new(answers: &[&'static str]) -> Self {
        Self {
            answers: answers.iter().copied().collect(),
            questions: Vec::new(),
        }
    }
}

#[cfg(test)]
impl Terminal for Answers {
    fn is_interactive(&self) -> bool {
        true
    }

    fn ask(&mut self, question: &str) -> Option<String> {
        self.questions.push(question.to_owned());
        let answer = self.answers.pop_front().expect("a question too many");
        (!answer.is_empty()).then(|| answer.to_owned())
    }

    fn ask_hidden(&mut self, question: &str) -> Option<Secret> {
        self.ask(question).map(Secret::from)
    }
}
