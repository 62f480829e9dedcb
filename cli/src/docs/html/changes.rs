//! The changes of each version.

use maud::{Markup, html};

use super::items::anchor;
use super::{block, inline};
use crate::docs::reference::Step;

pub(super) fn changes(steps: &[Step]) -> Markup {
    html! {
        @if !steps.is_empty() {
            section id="changes" data-section {
                h2 { "Changes" (anchor("changes", "Changes")) }
                @for step in steps { (render(step)) }
            }
        }
    }
}

fn render(step: &Step) -> Markup {
    html! {
        article id=(step.id) data-item {
            h3 { (step.new) " " span class="title" { "since " (step.old) } (anchor(&step.id, &step.new)) }
            @for note in &step.notes { (block(note)) }
            @for group in &step.groups {
                p class=(if group.breaks { "label breaks" } else { "label" }) { (group.title) }
                ul class="changes" {
                    @for line in &group.lines {
                        li data-field {
                            (inline(&line.text))
                            @if !line.effects.is_empty() {
                                ul { @for effect in &line.effects { li { (inline(effect)) } } }
                            }
                        }
                    }
                }
            }
            @if let Some(rest) = &step.rest { div class="note" { (block(rest)) } }
        }
    }
}
