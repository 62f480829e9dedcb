//! The page of a conversation.

use axum::extract::Path;
use maud::{Markup, html};
use serde_json::Value;

use super::composer::{self, Composer};
use super::deliveries::Deliveries;
use super::{list, message};
use crate::inspector::data::Data;
use crate::inspector::failure::{Answer, Failure};
use crate::inspector::form::Problems;
use crate::inspector::named::Named;
use crate::inspector::sent::Query;
use crate::inspector::text::part;

/// The number of messages that are shown.
const SHOWN: u32 = 50;

pub(in crate::inspector) async fn show(
    Named(inspector): Named,
    Path((webhook_id, id)): Path<(String, String)>,
    query: Query,
) -> Answer {
    let instance = inspector.platform.instance(&webhook_id)?;
    let data = Data {
        inspector: &inspector,
        instance: &instance,
    };
    let conversation = find(data, &id)?;
    let composer = Composer {
        message_type: query.text("type"),
        as_user: query.text("as") == Some("user"),
        is_json: query.has("json"),
        payload: None,
        problems: &Problems::default(),
    };
    render(data, &conversation, &composer, query.text("next"))
}

pub(super) fn find(data: Data<'_>, id: &str) -> Result<Value, Failure> {
    Ok(data.get(&format!("/v1/chat/conversations/{}", part(id)))?["conversation"].clone())
}

pub(super) fn render(
    data: Data<'_>,
    conversation: &Value,
    composer: &Composer<'_>,
    next: Option<&str>,
) -> Answer {
    let id = conversation["id"].as_str().unwrap_or_default();
    let channel = conversation["channel"].as_str().unwrap_or_default();
    let body = html! {
        h1 class="hidden" { "Chat" }
        div class="chat" {
            (list::conversations(data, Some(id))?)
            section class="conversation" aria-label="Conversation" {
                header {
                    h2 { (channel) " " span class="soft" { (list::label(conversation)) } }
                    (tags(&conversation["tags"]))
                }
                div id="messages" class="messages" data-live="data calls" data-bottom tabindex="0" aria-label="Messages" {
                    (messages(data, id, next)?)
                }
                (composer::render(data, conversation, composer))
            }
        }
    };
    list::show_page(data, &format!("{channel} · Chat"), body)
}

fn tags(tags: &Value) -> Markup {
    let tags = tags.as_object().into_iter().flatten();
    html! {
        @for (name, value) in tags {
            span class="pair" { span class="soft" { (name) } " " (value.as_str().unwrap_or_default()) } " "
        }
    }
}

/// Renders the newest messages, the oldest of them first.
fn messages(data: Data<'_>, id: &str, next: Option<&str>) -> Result<Markup, Failure> {
    let next = next.map(|next| format!("&nextToken={}", part(next)));
    let next = next.unwrap_or_default();
    let path = format!(
        "/v1/chat/messages?conversationId={}&pageSize={SHOWN}{next}",
        part(id)
    );
    let read = data.get(&path)?;
    let newest = read["messages"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let deliveries = Deliveries::of(data)?;
    Ok(html! {
        @if newest.is_empty() { p class="soft center" { "There are no messages yet." } }
        @if let Value::String(next) = &read["meta"]["nextToken"] {
            p class="center" {
                a href={ (list::address_of(data, id)) "?next=" (part(next)) } { "Show older messages" }
            }
        }
        ol id="message-rows" data-rows {
            @for one in newest.iter().rev() { (message::render(data, one, &deliveries)) }
        }
    })
}
