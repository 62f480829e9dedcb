//! The list of exchanges.

use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect};
use maud::{Markup, html};

use super::{Name, status};
use crate::exchange::{Exchange, ExchangeFilter, ExchangeKind};
use crate::inspector::failure::Answer;
use crate::inspector::page::{self, Page, Place, ROOT};
use crate::inspector::sent::{Query, Sent, TOKEN};
use crate::inspector::state::Inspector;
use crate::inspector::text;
use crate::platform::Instance;

/// The number of exchanges on a page.
const SHOWN: u32 = 100;

/// The kinds that can be chosen.
const KINDS: [(Option<ExchangeKind>, &str); 4] = [
    (None, "All"),
    (Some(ExchangeKind::Call), "Calls"),
    (Some(ExchangeKind::Webhook), "Webhooks"),
    (Some(ExchangeKind::Api), "API requests"),
];

pub(in crate::inspector) async fn show(State(inspector): State<Inspector>, query: Query) -> Answer {
    let kind = query.text("kind").and_then(ExchangeKind::from_name);
    let filter = ExchangeFilter {
        kind,
        // A call of a webhook belongs to its request, and a request to the API to its call.
        without_parent: kind.is_none(),
        before: query.text("before").map(str::to_owned),
        limit: SHOWN,
        ..ExchangeFilter::default()
    };
    let exchanges = inspector.platform.recorder().list(&filter)?;
    let instances = inspector.platform.instances()?;
    let body = html! {
        div class="title" {
            h1 { "Calls" }
            (clear_button(&inspector, exchanges.is_empty()))
        }
        p class="lead" { "What Botpress and the integration say to each other, the newest first." }
        (kinds(kind))
        div id="calls" data-live="calls" {
            @if exchanges.is_empty() { (nothing(&instances)) } @else { (table(&exchanges, &instances)) }
            (older(&exchanges, kind))
        }
    };
    let page = Page {
        title: "Calls",
        place: Place::Calls,
        body,
    };
    page.show(&inspector)
}

/// Deletes the record.
pub(in crate::inspector) async fn clear(State(inspector): State<Inspector>, _: Sent) -> Answer {
    inspector.platform.recorder().clear()?;
    Ok(Redirect::to(ROOT).into_response())
}

fn clear_button(inspector: &Inspector, is_empty: bool) -> Markup {
    html! {
        form method="post" action={ (ROOT) "/clear" } {
            input type="hidden" name=(TOKEN) value=(inspector.token);
            button class="quiet" disabled[is_empty] { "Clear" }
        }
    }
}

fn kinds(current: Option<ExchangeKind>) -> Markup {
    html! {
        nav class="tabs" aria-label="Kinds of exchanges" {
            @for (kind, title) in KINDS {
                @let query = kind.map(|kind| format!("?kind={}", kind.as_str())).unwrap_or_default();
                a href={ (ROOT) (query) } aria-current=[(kind == current).then_some("true")] { (title) }
            }
        }
    }
}

fn nothing(instances: &[Instance]) -> Markup {
    html! {
        div class="empty" {
            p { strong { "Nothing has happened yet." } }
            @match instances.first() {
                None => p { a class="button main" href={ (ROOT) "/install" } { "Install the integration" } },
                Some(instance) => p {
                    "Call an "
                    a href={ (page::of_instance(&instance.webhook_id)) "/actions" } { "action" }
                    ", or write in the "
                    a href={ (page::of_instance(&instance.webhook_id)) "/chat" } { "chat" }
                    "."
                },
            }
        }
    }
}

/// Renders exchanges as a table.
pub(super) fn table(exchanges: &[Exchange], instances: &[Instance]) -> Markup {
    let has_several = instances.len() > 1;
    html! {
        table class="calls" {
            thead {
                tr {
                    th scope="col" { "Time" }
                    th scope="col" { "Call" }
                    @if has_several { th scope="col" class="wide" { "Instance" } }
                    th scope="col" { "Status" }
                    th scope="col" class="number" { "Duration" }
                }
            }
            tbody id="rows" data-rows {
                @for exchange in exchanges { (row(exchange, instances, has_several)) }
            }
        }
    }
}

fn row(exchange: &Exchange, instances: &[Instance], has_several: bool) -> Markup {
    let name = Name::of(exchange);
    let is_of = |instance: &&Instance| Some(&instance.webhook_id) == exchange.instance.as_ref();
    let alias = instances
        .iter()
        .find(is_of)
        .map(|instance| instance.alias.as_str());
    html! {
        tr id=(exchange.id) {
            td class="time" { (text::time(exchange.started)) }
            td class="what" {
                a href=(page::of_exchange(&exchange.id)) { (name.about) }
                @if !name.kind.is_empty() { " " span class="soft" { (name.kind) } }
                @if exchange.source.is_some() { " " span class="tag" { "replay" } }
            }
            @if has_several { td class="wide soft" { (alias.unwrap_or("–")) } }
            td { (status(exchange)) }
            td class="number" {
                @match exchange.duration { Some(duration) => (text::duration(duration)), None => "…" }
            }
        }
    }
}

fn older(exchanges: &[Exchange], kind: Option<ExchangeKind>) -> Markup {
    let is_full = u32::try_from(exchanges.len()).is_ok_and(|count| count == SHOWN);
    let last = exchanges.last().filter(|_| is_full);
    let kind = kind
        .map(|kind| format!("&kind={}", kind.as_str()))
        .unwrap_or_default();
    html! {
        @if let Some(last) = last {
            p { a class="button" href={ (ROOT) "?before=" (text::part(&last.id)) (kind) } { "Show older ones" } }
        }
    }
}
