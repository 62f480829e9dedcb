//! Sections, items and their parts.

use contexture_emulator::markup::colored;
use maud::{Markup, PreEscaped, html};
use serde_json::Value;

use super::{block, fields, inline, name};
use crate::check::escape_hidden;
use crate::docs::prose::Prose;
use crate::docs::reference::{Item, Part, Section};

pub(super) fn section(section: &Section) -> Markup {
    html! {
        section id=(section.id) data-section {
            h2 { (section.title) (anchor(&section.id, section.title)) }
            div class="soft" { (block(&section.intro)) }
            @for item in &section.items { (render(item, false)) }
        }
    }
}

/// An item. An inner one is a part of another item.
fn render(item: &Item, is_inner: bool) -> Markup {
    html! {
        article id=(item.id) data-item {
            @if is_inner { h4 { (heading(item)) } } @else if !item.is_untitled() { h3 { (heading(item)) } }
            @if let Some(description) = &item.description { (block(description)) }
            @for note in &item.notes { div class="note" { (block(note)) } }
            (list(&item.list))
            @for part in &item.parts { (render_part(part)) }
            @for inner in &item.items { (render(inner, true)) }
        }
    }
}

fn heading(item: &Item) -> Markup {
    let label = match (item.name.as_str(), &item.title) {
        ("", Some(title)) => title.as_str(),
        (name, _) => name,
    };
    html! {
        @if !item.name.is_empty() { (name(&item.name)) " " }
        @if let Some(title) = &item.title {
            span class=[(!item.name.is_empty()).then_some("title")] { (inline(title)) }
        }
        (anchor(&item.id, label))
    }
}

/// The link to a heading itself.
pub(super) fn anchor(id: &str, name: &str) -> Markup {
    html! { " " a class="anchor" href={ "#" (id) } aria-label={ "Link to " (name) } { "#" } }
}

fn list(lines: &[Prose]) -> Markup {
    html! {
        @if !lines.is_empty() {
            ul { @for line in lines { li { (inline(line)) } } }
        }
    }
}

fn render_part(part: &Part) -> Markup {
    let has_example = part.example.is_some();
    html! {
        div class=(if has_example { "part two" } else { "part" }) id=(part.id) {
            div {
                p class="label" { (part.title) }
                (fields::whole(&part.shape))
            }
            @if let Some(example) = &part.example { (render_example(part.title, example)) }
        }
    }
}

fn render_example(title: &str, example: &Value) -> Markup {
    html! {
        figure {
            figcaption { (title) ", for example" button type="button" class="copy" hidden { "Copy" } }
            pre tabindex="0" { code { (PreEscaped(escape_hidden(&colored(example).into_string()))) } }
        }
    }
}
