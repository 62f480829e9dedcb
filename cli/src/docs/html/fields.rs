//! Fields, as lists that can be opened.

use maud::{Markup, html};

use super::{block, inline, name};
use crate::docs::schema::{Alternative, Fact, Field, Name, Shape};

/// The most fields inside of a field that are open at first.
const OPEN: usize = 8;

/// A whole value.
pub(super) fn whole(shape: &Shape) -> Markup {
    let kind = shape.kind.words();
    html! {
        @if shape.count() == 0 && kind == "object" {
            p class="soft" { "No fields." }
        } @else if kind != "object" {
            p { span class="kind" { (kind) } }
        }
        (facts(&shape.facts))
        (inside(shape, true))
    }
}

/// The fields and alternatives of a value. Those of a whole value cannot be closed.
fn inside(shape: &Shape, is_whole: bool) -> Markup {
    let list = html! {
        @if !shape.fields.is_empty() {
            ul class="fields" { @for field in &shape.fields { (render(field)) } }
        }
    };
    let count = shape.fields.len();
    let noun = if count == 1 { "field" } else { "fields" };
    html! {
        @if let Some(link) = &shape.same_as {
            p class="same" {
                "The same as "
                a href={ "#" (link.id) } {
                    @if link.path.is_empty() { "the whole value" } @else { (name(&link.path)) }
                }
            }
        }
        @if is_whole || count == 0 { (list) } @else {
            details open[shape.count() <= OPEN] { summary { (count) " " (noun) } (list) }
        }
        @for union in &shape.unions { (alternatives(union)) }
    }
}

fn render(field: &Field) -> Markup {
    let shape = &field.shape;
    html! {
        li id=(field.id) data-field {
            p class="head" {
                a href={ "#" (field.id) } { (label(&field.name)) }
                @if let Some(title) = field.shown_title() { " " span class="title" { (inline(title)) } }
                " " span class="kind" { (shape.kind.words()) }
                @if field.is_required { " " span class="required" { "required" } }
                @if shape.is_secret { " " span class="secret" { "secret" } }
            }
            @if let Some(description) = &field.description { (block(description)) }
            (facts(&shape.facts))
            (inside(shape, false))
        }
    }
}

fn label(of: &Name) -> Markup {
    match of {
        Name::One(one) | Name::Pattern(one) => name(one),
        Name::Other => html! { "any other name" },
    }
}

fn facts(facts: &[Fact]) -> Markup {
    html! {
        @if !facts.is_empty() {
            dl { @for fact in facts { div { dt { (fact.label) } " " dd { (inline(&fact.text)) } } } }
        }
    }
}

fn alternatives(alternatives: &[Alternative]) -> Markup {
    let count: usize = alternatives.iter().map(|one| one.shape.count()).sum();
    html! {
        div class="union" {
            p class="soft" { "One of " (alternatives.len()) " forms:" }
            @for alternative in alternatives {
                @let shape = &alternative.shape;
                details id=(alternative.id) data-field open[count <= OPEN] {
                    summary { (inline(&alternative.label)) }
                    @if let Some(description) = &alternative.description { (block(description)) }
                    @let kind = shape.kind.words();
                    @if kind != "object" && kind != alternative.label.as_str() {
                        p { span class="kind" { (kind) } }
                    }
                    (facts(&shape.facts))
                    (inside(shape, true))
                }
            }
        }
    }
}
