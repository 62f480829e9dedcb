//! The integration at work on one machine, as a transcript.
//!
//! The integration's own server runs on loopback, with stand-ins for the Botpress API and for GitHub's. Then it is sent
//! what Botpress would send: a request of each operation for each kind of configuration, and two that are wrong. What
//! it answers and what it asks of the two others is shown, and checked.
//!
//! | file | subject |
//! |---|---|
//! | `setting` | who takes part: identifiers, configurations, secrets |
//! | `stage` | the three servers, and sending a request |
//! | `stand_in`, `botpress`, `github_service` | the stand-ins |
//! | `journal` | what happened during a request, in its order |
//! | `step`, `authorization`, `operations`, `mistakes`, `payloads` | the requests and what is expected of each |
//! | `check` | whether what came back is what was expected |
//! | `transcript`, `page`, `json`, `style` | how it is shown |

mod authorization;
mod botpress;
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
/// The demo could not be played, or an answer was not what it should be.
pub(crate) async fn show() -> Result {
    let style = Style::of_stdout();
    play(style, &mut std::io::stdout()).await
}

/// Plays the demo from its beginning to its end.
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
        1 => bail!("one request was not answered as it should be; its step says why"),
        _ => bail!("{wrong} requests were not answered as they should be; their steps say why"),
    }
}

/// Lets a person allow the app to act for them; returns how many steps went wrong.
async fn authorize(stage: &Stage, transcript: &mut Transcript<'_, impl Write>) -> Result<usize> {
    let start = authorization::start(stage)?;
    let (wrong, outcome) = play_step(stage, &start, transcript).await?;
    let github = outcome.location.ok_or("the page leads nowhere")?;
    let back = stage.browse(&github).await?;
    let finish = authorization::finish(&back)?;
    let (also_wrong, _) = play_step(stage, &finish, transcript).await?;
    Ok(wrong + also_wrong)
}

/// Sends one request and shows what came of it; returns how many steps went wrong, none or one.
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
