//! The contents: links to all items.

use maud::{Markup, html};

use super::{inline, name};
use crate::docs::reference::{Item, Reference};

pub(super) fn contents(reference: &Reference) -> Markup {
    html! {
        details id="contents" open {
            summary { "Contents" }
            nav aria-label="Contents" {
                @if reference.readme.is_some() { p { a href="#overview" { "Overview" } } }
                @for section in &reference.sections {
                    p { a href={ "#" (section.id) } { (section.title) } }
                    (links(&section.items))
                }
                @if !reference.changes.is_empty() {
                    p { a href="#changes" { "Changes" } }
                    ul {
                        @for step in &reference.changes {
                            li { a href={ "#" (step.id) } { (step.new) } }
                        }
                    }
                }
            }
        }
    }
}

fn links(items: &[Item]) -> Markup {
    let mut titled = items.iter().filter(|item| !item.is_untitled()).peekable();
    html! {
        @if titled.peek().is_some() {
            ul {
                @for item in titled {
                    li {
                        a href={ "#" (item.id) } {
                            @match &item.title {
                                Some(title) if item.name.is_empty() => (inline(title)),
                                _ => (name(&item.name)),
                            }
                        }
                        (links(&item.items))
                    }
                }
            }
        }
    }
}
