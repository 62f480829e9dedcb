//! The pages of the data.

use axum::extract::Path;
use maud::{Markup, html};
use serde_json::Value;

use super::{Data, states, table};
use crate::inspector::failure::{Answer, Failure};
use crate::inspector::named::Named;
use crate::inspector::page::{self, Page, Place, Section};
use crate::inspector::sent::Query;
use crate::inspector::text::part;

/// The kinds of data, and their paths in the API.
const KINDS: [(&str, &str, &str); 6] = [
    ("conversations", "Conversations", "/v1/chat/conversations"),
    ("messages", "Messages", "/v1/chat/messages"),
    ("users", "Users", "/v1/chat/users"),
    ("events", "Events", "/v1/chat/events"),
    ("states", "States", ""),
    ("files", "Files", "/v1/files"),
];

/// The number of entities on a page.
const SHOWN: u32 = 50;

pub(in crate::inspector) async fn show(
    Named(inspector): Named,
    Path((webhook_id, kind)): Path<(String, String)>,
    query: Query,
) -> Answer {
    let instance = inspector.platform.instance(&webhook_id)?;
    let data = Data {
        inspector: &inspector,
        instance: &instance,
    };
    let known = KINDS.iter().find(|(name, ..)| *name == kind);
    let (name, title, path) = known.ok_or_else(|| Failure::not_found("kind of data", &kind))?;
    let address = format!("{}/data", page::of_instance(&webhook_id));
    let content = match *name {
        "states" => states_table(data)?,
        name => entities_table(data, name, path, &query, &address)?,
    };
    let body = html! {
        h1 { "Data" }
        p class="lead" { "What the emulator stores for this instance, as it is now." }
        nav class="tabs" aria-label="Kinds of data" {
            @for (other, title, _) in KINDS {
                a href={ (address) "/" (other) } aria-current=[(other == *name).then_some("true")] { (title) }
            }
        }
        div id="data" data-live="data" { (content) }
    };
    let page = Page {
        title,
        place: Place::Of(&webhook_id, Section::Data),
        body,
    };
    page.show(&inspector)
}

fn states_table(data: Data<'_>) -> Result<Markup, Failure> {
    let states = states::list(data)?;
    Ok(html! {
        @if states.is_empty() { p class="empty" { "There are no states." } } @else { (table::states(&states)) }
    })
}

fn entities_table(
    data: Data<'_>,
    name: &str,
    path: &str,
    query: &Query,
    address: &str,
) -> Result<Markup, Failure> {
    let next = query
        .text("next")
        .map(|next| format!("&nextToken={}", part(next)));
    let read = data.get(&format!(
        "{path}?pageSize={SHOWN}{}",
        next.unwrap_or_default()
    ))?;
    let list = read[name].as_array().map(Vec::as_slice).unwrap_or_default();
    Ok(html! {
        @if list.is_empty() { p class="empty" { "There are no " (name) "." } } @else {
            (table::entities(name, list, data))
        }
        @if let Value::String(next) = &read["meta"]["nextToken"] {
            p { a class="button" href={ (address) "/" (name) "?next=" (part(next)) } { "Show older ones" } }
        }
    })
}
