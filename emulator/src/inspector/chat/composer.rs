//! The form of a new message.

use contexture::meaning::words;
use maud::{Markup, html};
use serde_json::Value;

use super::list;
use super::samples::{place, sample};
use crate::definition::ChannelDefinition;
use crate::inspector::data::Data;
use crate::inspector::form::{self, Problems, Shown, form_of};
use crate::inspector::json;
use crate::inspector::sent::TOKEN;
use crate::inspector::text::part;

/// The field that has the payload as JSON.
pub(super) const AS_JSON: &str = "json";

/// What the form shows.
pub(super) struct Composer<'a> {
    pub(super) message_type: Option<&'a str>,
    /// The message is one of the user, and not of the bot.
    pub(super) as_user: bool,
    pub(super) is_json: bool,
    pub(super) payload: Option<&'a Value>,
    pub(super) problems: &'a Problems,
}

/// The query of a page with another choice.
fn query(message_type: &str, as_user: bool, is_json: bool) -> String {
    let user = if as_user { "&as=user" } else { "" };
    let json = if is_json { "&json=1" } else { "" };
    format!("?type={}{user}{json}", part(message_type))
}

/// Renders the form for a conversation.
pub(super) fn render(data: Data<'_>, conversation: &Value, composer: &Composer<'_>) -> Markup {
    let definition = data.inspector.platform.definition();
    let channel = conversation["channel"].as_str().unwrap_or_default();
    let channel_types = definition.channel(channel);
    let types = channel_types
        .into_iter()
        .flat_map(ChannelDefinition::messages);
    let mut types: Vec<_> = types.collect();
    types.sort_by_key(|name| place(name));
    let named = composer.message_type.filter(|name| types.contains(name));
    let first = types.iter().find(|name| **name == "text").or(types.first());
    let Some(message_type) = named.or(first.copied()) else {
        return html! { p class="empty" { "The channel has no message types." } };
    };
    let address = list::address_of(data, conversation["id"].as_str().unwrap_or_default());
    let link = |query: String, title: &str, is_current: bool| {
        html! { a href={ (address) (query) } aria-current=[is_current.then_some("true")] { (title) } }
    };
    let (as_user, is_json) = (composer.as_user, composer.is_json);
    let schema = definition
        .channel(channel)
        .and_then(|channel| channel.message(message_type));
    html! {
        section id="composer" class="composer" aria-label="New message" {
            nav class="tabs" aria-label="Message types" {
                @for name in types {
                    (link(query(name, as_user, is_json), &words(name), name == message_type))
                }
            }
            (composer.problems.render())
            form method="post" action=(address) {
                input type="hidden" name=(TOKEN) value=(data.inspector.token);
                input type="hidden" name="type" value=(message_type);
                @if as_user { input type="hidden" name="as" value="user"; }
                (fields(data, message_type, schema.unwrap_or(&Value::Null), composer))
                div class="buttons" {
                    button class="main" { @if as_user { "Send as the user" } @else { "Send as the bot" } }
                    span class="choices" {
                        (link(query(message_type, !as_user, is_json), if as_user { "Write as the bot" } else { "Write as the user" }, false))
                        (link(query(message_type, as_user, !is_json), if is_json { "Form" } else { "JSON" }, false))
                    }
                }
                @if as_user {
                    p class="hint" { "The message is created in the data. The integration is not called, because it is what brings users' messages." }
                }
            }
        }
    }
}

fn fields(data: Data<'_>, message_type: &str, schema: &Value, composer: &Composer<'_>) -> Markup {
    let form = form_of(schema);
    let base = &data.inspector.platform.parts().base_url;
    let sample = sample(message_type, base).filter(|_| composer.payload.is_none());
    let payload = composer.payload.or(sample.as_ref());
    if !composer.is_json {
        let shown = Shown {
            value: payload,
            old: None,
            problems: composer.problems,
        };
        return form::render(&form, shown);
    }
    let text = match payload {
        Some(Value::String(text)) => text.clone(),
        Some(payload) => json::pretty(payload),
        None => json::pretty(&form::example(&form)),
    };
    html! {
        div class="field" {
            label for="json" { "Payload as JSON" }
            textarea id="json" name=(AS_JSON) class="code" rows="10" spellcheck="false" { "\n" (text) }
        }
    }
}
