//! A transcript of the integration on one machine.
//!
//! The integration's server runs on loopback, with mocks of the Botpress API and of GitHub. The demo sends the requests
//! that Botpress would send: one for each operation and each configuration, and two invalid ones. It shows and checks
//! the responses, and the requests of the integration to the mocks.
//!
//! | file | subject |
//! |---|---|
//! | `setting` | identifiers, configurations, secrets |
//! | `stage` | the three servers, and a client for them |
//! | `stand_in`, `botpress`, `github_service` | the mocks |
//! | `journal` | the requests and log lines during a request |
//! | `step`, `authorization`, `operations`, `mistakes`, `payloads` | the requests and the expected results |
//! | `check` | compares responses with the expected ones |
//! | `transcript`, `page`, `json`, `style` | the output |

mod authorization;
mod botpress;
mod browser;
mod check;
mod github_service;
mod journal;
mod json;
mod mistakes;
mod operations;
mod page;
mod payloads;
mod setting;
mod stage;
mod stand_in;
mod step;
mod style;
#[cfg(test)]
mod tests;
mod transcript;

use std::io::Write;

use contexture::prelude::*;

use self::check::check;
use self::stage::{Outcome, Stage};
use self::step::Step;
use self::style::Style;
use self::transcript::Transcript;
use crate::github::ConfigurationType;

/// Shows the demo on the standard output.
///
/// # Errors
///
/// Returns an error if the demo cannot run, or if a response is not the expected one.
pub(crate) async fn show() -> Result {
    let style = Style::of_stdout();
    play(style, &mut std::io::stdout()).await
}

/// Runs the complete demo.
///
/// # Errors
///
/// As [`show`].
pub(crate) async fn play(style: Style, output: &mut impl Write) -> Result {
    let stage = Stage::set_up().await?;
    let mut transcript = Transcript::new(style, output);
    transcript.title(&stage)?;
    let mut wrong = 0;
    for kind in ConfigurationType::ALL {
        transcript.act(&setting::configuration(*kind))?;
        if *kind == ConfigurationType::Oauth {
            wrong += authorize(&stage, &mut transcript).await?;
        }
        for step in operations::all(*kind)? {
            wrong += play_step(&stage, &step, &mut transcript).await?.0;
        }
    }
    transcript.mistakes()?;
    for step in mistakes::all()? {
        wrong += play_step(&stage, &step, &mut transcript).await?.0;
    }
    stage.tear_down().await?;
    transcript.end(wrong)?;
    match wrong {
        0 => Ok(()),
        1 => bail!("one request had an unexpected result; see its step"),
        _ => bail!("{wrong} requests had unexpected results; see their steps"),
    }
}

/// Lets a person authorize the app. Returns the number of failed steps.
async fn authorize(stage: &Stage, transcript: &mut Transcript<'_, impl Write>) -> Result<usize> {
    let start = authorization::start(stage)?;
    let (wrong, outcome) = play_step(stage, &start, transcript).await?;
    let github = outcome.location.ok_or("the page leads nowhere")?;
    let back = stage.browse(&github).await?;
    let finish = authorization::finish(&back, &outcome.cookie)?;
    let (also_wrong, _) = play_step(stage, &finish, transcript).await?;
    Ok(wrong + also_wrong)
}

/// Sends one request and shows the result. Returns the number of failed steps, 0 or 1.
async fn play_step(
    stage: &Stage,
    step: &Step,
    transcript: &mut Transcript<'_, impl Write>,
) -> Result<(usize, Outcome)> {
    let outcome = stage.send(step).await?;
    let mut problems = check(&step.expected, &outcome);
    transcript.step(step, &outcome, &mut problems)?;
    Ok((usize::from(!problems.is_empty()), outcome))
}
