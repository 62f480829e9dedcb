//! The contents: links to all items.

use maud::{Markup, html};

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
    let named = items.iter().filter(|item| !label(item).is_empty());
    let named: Vec<_> = named.collect();
    html! {
        @if !named.is_empty() {
            ul {
                @for item in named {
                    li {
                        a href={ "#" (item.id) } { (label(item)) }
                        (links(&item.items))
                    }
                }
            }
        }
    }
}

/// The name of an item, or a word for the one without a name.
fn label(item: &Item) -> &str {
    match (item.name.as_str(), &item.title) {
        ("", Some(_)) => "Primary configuration",
        (name, _) => name,
    }
}
