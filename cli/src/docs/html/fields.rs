//! Fields, as lists that can be opened.

use maud::{Markup, html};

use super::{block, inline, name};
use crate::docs::schema::{Alternative, Fact, Field, Kind, Name, Shape};

/// The most fields inside of a field that are open at first.
const OPEN: usize = 8;

/// A whole value.
pub(super) fn whole(shape: &Shape) -> Markup {
    let kind = shape.kind.words();
    html! {
        @if let Some(description) = &shape.description { (block(description)) }
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
    let is_list =
        matches!(shape.fields.first(), Some(field) if matches!(field.name, Name::Item(_)));
    let noun = if is_list { "item" } else { "field" };
    let plural = if count == 1 { "" } else { "s" };
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
            details open[shape.count() <= OPEN] { summary { (count) " " (noun) (plural) } (list) }
        }
        @for union in &shape.unions { (alternatives(union, &shape.kind)) }
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
                @if shape.is_deprecated { " " span class="deprecated" { "deprecated" } }
            }
            @if let Some(description) = &shape.description { (block(description)) }
            (facts(&shape.facts))
            (inside(shape, false))
        }
    }
}

fn label(of: &Name) -> Markup {
    match of {
        Name::One(one) | Name::Pattern(one) | Name::Item(one) => name(one),
        Name::Other => html! { "any other name" },
        Name::OtherItems => html! { "any other item" },
    }
}

fn facts(facts: &[Fact]) -> Markup {
    html! {
        @if !facts.is_empty() {
            dl { @for fact in facts { div { dt { (fact.label) } " " dd { (inline(&fact.text)) } } } }
        }
    }
}

fn alternatives(alternatives: &[Alternative], of: &Kind) -> Markup {
    let count: usize = alternatives.iter().map(|one| one.shape.count()).sum();
    html! {
        div class="union" {
            p class="soft" {
                @if let Some(each) = of.each() { (each) " has one of " } @else { "One of " }
                (alternatives.len()) " forms:"
            }
            @for alternative in alternatives {
                @let id = &alternative.id;
                // Nothing can be opened where nothing is inside.
                @if alternative.shape.is_bare() {
                    p id=(id) class="form" data-field { (inline(&alternative.label)) (kind(alternative)) }
                } @else {
                    details id=(id) data-field open[count <= OPEN] { (form(alternative)) }
                }
            }
        }
    }
}

fn form(alternative: &Alternative) -> Markup {
    let shape = &alternative.shape;
    html! {
        summary { (inline(&alternative.label)) (kind(alternative)) }
        @if let Some(description) = &shape.description { (block(description)) }
        (facts(&shape.facts))
        (inside(shape, true))
    }
}

/// The kind of an alternative, unless its label says it or it is an object, whose fields say it.
fn kind(alternative: &Alternative) -> Markup {
    let kind = alternative.shape.kind.words();
    let is_said = kind == "object" || alternative.label.as_str().starts_with(&kind);
    html! { @if !is_said { " " span class="kind" { (kind) } } }
}
