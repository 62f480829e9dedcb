//! The page of an exchange.

use axum::extract::Path;
use maud::{Markup, html};

use super::related::Related;
use super::{Name, list, status};
use crate::exchange::{Exchange, ExchangeKind, RecordedBody};
use crate::inspector::failure::{Answer, Failure, sentence};
use crate::inspector::named::Named;
use crate::inspector::page::{self, Page, Place, ROOT};
use crate::inspector::sent::TOKEN;
use crate::inspector::state::Inspector;
use crate::inspector::{json, lines, text};

pub(in crate::inspector) async fn show(Named(inspector): Named, Path(id): Path<String>) -> Answer {
    let exchange = inspector.platform.recorder().find(&id)?;
    let exchange = exchange.ok_or_else(|| Failure::not_found("exchange", &id))?;
    let related = Related::of(&inspector, &exchange)?;
    let name = Name::of(&exchange);
    let address = page::of_exchange(&exchange.id);
    let body = html! {
        p class="trail" { a href=(ROOT) { "Calls" } }
        div class="title" {
            h1 { (name.about) " " span class="soft" { (name.kind) } }
            (buttons(&inspector, &exchange, &address))
        }
        div id="exchange" data-live="calls lines" {
            (facts(&exchange, &related))
            (remarks(&exchange))
            div class="halves" {
                section aria-labelledby="request" {
                    h2 id="request" { "Request" }
                    p class="line" { code { (exchange.request.method) " " (exchange.request.path) } }
                    (headers("request", &exchange.request.headers))
                    (recorded(&exchange.request.body, &format!("{address}/request")))
                }
                section aria-labelledby="response" {
                    h2 id="response" { "Answer" }
                    (response(&exchange, &address))
                }
            }
            (log(&related))
            (parts(&related))
        }
    };
    let title = format!("{} {}", name.about, name.kind);
    let page = Page {
        title: title.trim(),
        place: Place::Calls,
        body,
    };
    page.show(&inspector)
}

fn buttons(inspector: &Inspector, exchange: &Exchange, address: &str) -> Markup {
    html! {
        div class="buttons" {
            form method="post" action={ (address) "/replay" } {
                input type="hidden" name=(TOKEN) value=(inspector.token);
                button class="main" disabled[exchange.is_running()] { "Replay" }
            }
            a class="button" href={ (address) "/edit" } { "Edit and replay" }
        }
    }
}

fn facts(exchange: &Exchange, related: &Related) -> Markup {
    html! {
        dl class="facts" {
            div { dt { "Status" } dd { (status(exchange)) } }
            div {
                dt { "Duration" }
                dd { @match exchange.duration { Some(duration) => (text::duration(duration)), None => "running" } }
            }
            div { dt { "Time" } dd { (text::time(exchange.started)) } }
            @if let Some(instance) = &related.instance {
                div {
                    dt { "Instance" }
                    dd { a href=(page::of_instance(&instance.webhook_id)) { (instance.alias) } }
                }
            }
            @if let Some(parent) = &related.parent {
                div { dt { "Belongs to" } dd { (link(parent)) } }
            }
            @if let Some(source) = &exchange.source {
                div { dt { "Replay of" } dd { a href=(page::of_exchange(source)) { "…" (super::short_id(source)) } } }
            }
            div class="id" { dt { "Id" } dd { code { (exchange.id) } } }
        }
    }
}

fn link(exchange: &Exchange) -> Markup {
    let name = Name::of(exchange);
    html! { a href=(page::of_exchange(&exchange.id)) { (name.about) } " " span class="soft" { (name.kind) } }
}

/// What went wrong, and what a reader has to know.
fn remarks(exchange: &Exchange) -> Markup {
    html! {
        @if let Some(error) = &exchange.error {
            p class="banner bad" { strong { "Error. " } (sentence(error)) }
        }
        @if let Some(note) = &exchange.note {
            p class="banner" { strong { "Note. " } (sentence(note)) }
        }
    }
}

fn response(exchange: &Exchange, address: &str) -> Markup {
    match &exchange.response {
        Some(response) => html! {
            p class="line" { code { (response.status) } }
            (headers("response", &response.headers))
            (recorded(&response.body, &format!("{address}/response")))
        },
        None if exchange.is_running() => html! { p class="soft" { "There is no answer yet." } },
        None => html! { p class="soft" { "There was no answer." } },
    }
}

fn headers(of: &str, headers: &[(String, String)]) -> Markup {
    html! {
        @if !headers.is_empty() {
            details id={ (of) "-headers" } {
                summary { "Headers " span class="count" { (headers.len()) } }
                dl class="headers" {
                    @for (name, value) in headers { dt { (name) } dd { (value) } }
                }
            }
        }
    }
}

fn recorded(body: &RecordedBody, raw: &str) -> Markup {
    html! {
        (json::body(body.bytes(), raw))
        p class="soft small" {
            (text::size(body.size()))
            @if !body.bytes().is_empty() { " · " a href=(raw) { "Raw text" } }
            @if let Some(note) = body.note() { " · " (sentence(&note)) }
        }
    }
}

fn log(related: &Related) -> Markup {
    html! {
        section aria-labelledby="log" {
            h2 id="log" { "Log lines" }
            @if related.lines.is_empty() {
                p class="soft" { "The integration wrote none in this call." }
            }
            (lines::render(&related.lines, false))
        }
    }
}

/// What belongs to an exchange.
fn parts(related: &Related) -> Markup {
    let title = match related.kind {
        ExchangeKind::Webhook => "The call of the integration",
        _ => "What the integration asked of the API",
    };
    html! {
        @if related.kind != ExchangeKind::Api {
            section aria-labelledby="parts" {
                h2 id="parts" { (title) }
                @if related.parts.is_empty() { p class="soft" { "Nothing." } } @else {
                    (list::table(&related.parts, &[]))
                }
            }
        }
    }
}
