//! The state of the program, above the content of each page.

use maud::{Markup, html};

use super::ansi;
use crate::program::ProgramState;

/// Renders what the program does. It is not shown while all is well.
pub(super) fn render(state: &ProgramState) -> Markup {
    html! {
        div id="program" data-live="program" { (content(state)) }
    }
}

fn content(state: &ProgramState) -> Markup {
    match state {
        ProgramState::Unknown | ProgramState::Serving => html! {},
        ProgramState::Building { earlier_serves } => html! {
            p class="banner busy" role="status" {
                strong { "Building… " }
                @if *earlier_serves { "The build before still serves." }
            }
        },
        ProgramState::Failed {
            output,
            earlier_serves,
        } => html! {
            section class="banner bad" role="alert" aria-label="The build failed" {
                p {
                    strong { "The build failed. " }
                    @if *earlier_serves { "The build before still serves." } @else { "Nothing serves." }
                }
                pre class="terminal" tabindex="0" aria-label="What the compiler said" { (ansi::render(output.trim_end())) }
            }
        },
        ProgramState::Ended { reason } => html! {
            p class="banner bad" role="alert" {
                strong { "The integration does not run. " }
                (super::failure::sentence(reason))
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_build_shows_the_compiler_and_that_the_build_before_serves() {
        let state = ProgramState::Failed {
            output: "\u{1b}[1;31merror\u{1b}[0m: <T>\n".to_owned(),
            earlier_serves: true,
        };
        let shown = render(&state).into_string();
        assert!(shown.contains("The build before still serves."), "{shown}");
        assert!(
            shown.contains("<span class=\"bold red\">error</span>: &lt;T&gt;"),
            "{shown}"
        );
    }

    #[test]
    fn nothing_is_shown_while_the_program_serves() {
        let empty = "<div id=\"program\" data-live=\"program\"></div>";
        assert_eq!(render(&ProgramState::Serving).into_string(), empty);
    }
}
