//! The output of the demo.

use std::io::{self, Write};

use super::page::Page;
use super::setting::HIDDEN;
use super::stage::{Outcome, Stage};
use super::step::Step;
use super::style::{Paint, Style};
use crate::github::{Configuration, DEFINITION};

/// Writes each step of the demo when it is done.
pub(super) struct Transcript<'a, W> {
    style: Style,
    output: &'a mut W,
    steps: usize,
}

impl<'a, W: Write> Transcript<'a, W> {
    pub(super) fn new(style: Style, output: &'a mut W) -> Self {
        Self {
            style,
            output,
            steps: 0,
        }
    }

    /// Shows the servers and the identifiers.
    pub(super) fn title(&mut self, stage: &Stage) -> io::Result<()> {
        let title = format!("{} {}, on one machine", DEFINITION.name, DEFINITION.version);
        let stand_in = |address| format!("http://{address} (a mock)");
        let mut page = Page::new(self.style);
        page.heading(&title);
        page.text("integration", &format!("http://{}", stage.integration));
        page.text("Botpress", &stand_in(stage.botpress));
        page.text("GitHub", &stand_in(stage.github));
        page.text(
            "omitted",
            "creation and update times, the ends of long responses (…), and credentials (•••)",
        );
        self.write(page)
    }

    /// Shows the configuration of the following requests as a handler sees it, with hidden secrets.
    pub(super) fn act(&mut self, configuration: &Configuration) -> io::Result<()> {
        let kind = configuration.configuration_type().wire_name();
        let kind = kind.unwrap_or("the primary one");
        let remark = match configuration {
            Configuration::Oauth(_) => "GitHub issues a token to the app when a person consents",
            Configuration::PersonalAccessToken(_) => {
                "the token has the permissions of its owner on GitHub"
            }
        };
        let mut page = Page::new(self.style);
        page.rule(&format!("configuration: {kind}"));
        page.line(&format!("   {configuration:?}"));
        page.line(&format!("   {}", self.style.paint(Paint::Faint, remark)));
        self.write(page)
    }

    /// Announces the invalid requests.
    pub(super) fn mistakes(&mut self) -> io::Result<()> {
        let mut page = Page::new(self.style);
        page.rule("two invalid requests");
        self.write(page)
    }

    /// Shows a request and its result. If the output would contain a secret, shows a problem instead.
    pub(super) fn step(
        &mut self,
        step: &Step,
        outcome: &Outcome,
        problems: &mut Vec<String>,
    ) -> io::Result<()> {
        self.steps += 1;
        let mut page = Page::new(self.style);
        page.step(self.steps, step, outcome, problems);
        if HIDDEN.iter().any(|secret| page.contains(secret)) {
            problems.push("the output contains a secret, and is hidden".to_owned());
            page = Page::new(self.style);
            page.title(self.steps, step);
            page.problems(&problems[problems.len() - 1..]);
        }
        self.write(page)
    }

    /// Shows the summary.
    pub(super) fn end(&mut self, wrong: usize) -> io::Result<()> {
        let steps = self.steps;
        let verdict = match wrong {
            0 => format!("✓ {steps} requests, all with the expected result"),
            _ => format!("✗ {wrong} of {steps} requests with an unexpected result"),
        };
        let paint = if wrong == 0 { Paint::Good } else { Paint::Bad };
        let mut page = Page::new(self.style);
        page.line("");
        page.line(&self.style.paint(paint, &verdict));
        self.write(page)
    }

    fn write(&mut self, page: Page) -> io::Result<()> {
        self.output.write_all(page.into_text().as_bytes())
    }
}
