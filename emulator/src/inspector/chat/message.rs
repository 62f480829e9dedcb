//! Messages.

use maud::{Markup, html};
use serde_json::Value;

use super::deliveries::{Deliveries, is_nothing};
use super::list;
use super::payload::{self, Answers};
use crate::inspector::calls::{short_id, status};
use crate::inspector::data::Data;
use crate::inspector::{page, text};

/// Renders a message with its sender and what became of it.
pub(super) fn render(data: Data<'_>, message: &Value, deliveries: &Deliveries) -> Markup {
    let string = |name: &str| message[name].as_str().unwrap_or_default();
    let is_bot = string("direction") == "outgoing";
    let answers = is_bot.then(|| Answers {
        address: list::address_of(data, string("conversationId")),
        token: data.inspector.token.clone(),
    });
    let base = &data.inspector.platform.parts().base_url;
    let body = payload::render(string("type"), &message["payload"], base, answers.as_ref());
    html! {
        li id=(string("id")) class=(if is_bot { "bot" } else { "user" }) {
            p class="sender" {
                @if is_bot { strong { "Bot" } } @else { strong { "User" } " …" (short_id(string("userId"))) }
                " · " (string("type")) " · " (text::moment(string("createdAt")))
            }
            div class="bubble" { (body) }
            p class="sender" {
                @if let Some(call) = deliveries.get(string("id")) {
                    a href=(page::of_exchange(&call.id)) { @if call.is_ok() { "Delivered" } @else { "Not delivered" } }
                    " " (status(call))
                    @if let Some(duration) = call.duration { " " (text::duration(duration)) }
                }
                @if message["origin"] == "synthetic" { "Made in the inspector, not by the integration" }
                @if !is_nothing(&message["tags"]) { (tags(&message["tags"])) }
            }
        }
    }
}

fn tags(tags: &Value) -> Markup {
    let tags = tags.as_object().into_iter().flatten();
    html! {
        @for (name, value) in tags {
            " " span class="pair" { span class="soft" { (name) } " " (value.as_str().unwrap_or_default()) }
        }
    }
}
