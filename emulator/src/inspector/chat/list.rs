//! The list of conversations, and the page to begin one.

use axum::extract::Path;
use maud::{Markup, html};
use serde_json::Value;

use super::new;
use crate::inspector::calls::short_id;
use crate::inspector::data::Data;
use crate::inspector::failure::{Answer, Failure};
use crate::inspector::named::Named;
use crate::inspector::page::{self, Page, Place, Section};
use crate::inspector::sent::{Query, Sent};
use crate::inspector::state::Inspector;
use crate::inspector::text::part;

/// The number of conversations that are listed.
const SHOWN: u32 = 50;

pub(in crate::inspector) async fn show(
    Named(inspector): Named,
    Path(webhook_id): Path<String>,
    query: Query,
) -> Answer {
    let sent = Sent::default().with("channel", query.text("channel").unwrap_or_default());
    begin(&inspector, &webhook_id, &sent, None)
}

/// Shows the form of a new conversation beside the others.
pub(super) fn begin(
    inspector: &Inspector,
    webhook_id: &str,
    sent: &Sent,
    problem: Option<&str>,
) -> Answer {
    let instance = inspector.platform.instance(webhook_id)?;
    let data = Data {
        inspector,
        instance: &instance,
    };
    let body = html! {
        h1 { "Chat" }
        p class="lead" {
            "Write as the bot, and see what the integration delivers. Messages of users arrive here, too."
        }
        div class="chat" {
            (conversations(data, None)?)
            (new::form(data, sent, problem))
        }
    };
    show_page(data, "Chat", body)
}

pub(super) fn show_page(data: Data<'_>, title: &str, body: Markup) -> Answer {
    let page = Page {
        title,
        place: Place::Of(&data.instance.webhook_id, Section::Chat),
        body,
    };
    page.show(data.inspector)
}

/// The address of the chat of an instance.
pub(super) fn address(data: Data<'_>) -> String {
    format!("{}/chat", page::of_instance(&data.instance.webhook_id))
}

/// The address of a conversation.
pub(super) fn address_of(data: Data<'_>, conversation: &str) -> String {
    format!("{}/{}", address(data), part(conversation))
}

/// Renders the list of conversations.
pub(super) fn conversations(data: Data<'_>, current: Option<&str>) -> Result<Markup, Failure> {
    let path = format!("/v1/chat/conversations?pageSize={SHOWN}&sortField=updatedAt");
    let read = data.get(&path)?;
    let list = read["conversations"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    Ok(html! {
        nav class="conversations" aria-label="Conversations" {
            a class="button" href=(address(data)) aria-current=[current.is_none().then_some("page")] { "New conversation" }
            ul id="conversations" data-live="data" {
                @for conversation in list { (item(data, conversation, current)) }
            }
        }
    })
}

fn item(data: Data<'_>, conversation: &Value, current: Option<&str>) -> Markup {
    let id = conversation["id"].as_str().unwrap_or_default();
    let count = conversation["messageCount"].as_u64().unwrap_or_default();
    html! {
        li {
            a href=(address_of(data, id)) aria-current=[(current == Some(id)).then_some("page")] {
                span { (conversation["channel"].as_str().unwrap_or_default()) " " span class="soft" { (label(conversation)) } }
                span class="count" aria-label={ (count) " messages" } { (count) }
            }
        }
    }
}

/// What tells a conversation apart: its first tag, or the end of its id.
pub(super) fn label(conversation: &Value) -> String {
    let tags = conversation["tags"].as_object();
    let first = tags.and_then(|tags| tags.values().find_map(Value::as_str));
    match first {
        Some(tag) => tag.to_owned(),
        None => format!(
            "…{}",
            short_id(conversation["id"].as_str().unwrap_or_default())
        ),
    }
}
