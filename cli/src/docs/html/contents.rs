//! The contents: links to all items.

use maud::{Markup, PreEscaped, html};

use super::inline;
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

/// A label whose name a narrow column breaks between its words: `createTicket` before the `T`.
fn breakable(item: &Item) -> Markup {
    let label = inline(&item.label());
    if item.name.is_empty() {
        return label;
    }
    let markup = label.into_string();
    let mut broken = String::with_capacity(markup.len());
    let mut last = ' ';
    // Between a small and a large letter is no element and no entity of the markup.
    for letter in markup.chars() {
        if last.is_lowercase() && letter.is_uppercase() {
            broken.push_str("<wbr>");
        }
        broken.push(letter);
        last = letter;
    }
    PreEscaped(broken)
}

fn links(items: &[Item]) -> Markup {
    let mut titled = items.iter().filter(|item| !item.is_untitled()).peekable();
    html! {
        @if titled.peek().is_some() {
            ul {
                @for item in titled {
                    li {
                        a href={ "#" (item.id) } { (breakable(item)) }
                        (links(&item.items))
                    }
                }
            }
        }
    }
}
