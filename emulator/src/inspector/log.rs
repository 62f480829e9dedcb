//! The page of all log lines.

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect};
use maud::html;

use super::failure::{Answer, Failure};
use super::lines;
use super::page::{self, Page, Place};
use super::state::Inspector;

/// The number of lines on the page.
const SHOWN: usize = 500;

pub(super) async fn show(State(inspector): State<Inspector>) -> Answer {
    let lines = inspector.program.lines(None);
    let newest = &lines[lines.len().saturating_sub(SHOWN)..];
    let body = html! {
        h1 { "Log" }
        p class="lead" { "What the program writes, the newest line last. The newest " (SHOWN) " lines are shown." }
        div id="lines" data-live="lines" {
            @if newest.is_empty() { p class="empty" { "No line has been written yet." } }
            (lines::render(newest, true))
        }
    };
    let page = Page {
        title: "Log",
        place: Place::Log,
        body,
    };
    page.show(&inspector)
}

/// Leads to the call of a trace.
pub(super) async fn of_trace(
    State(inspector): State<Inspector>,
    Path(trace): Path<String>,
) -> Answer {
    let call = inspector.platform.recorder().call_of_trace(&trace)?;
    let call = call.ok_or_else(|| Failure::not_found("recorded call with the trace", &trace))?;
    Ok(Redirect::to(&page::of_exchange(&call)).into_response())
}
