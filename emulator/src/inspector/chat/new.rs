//! A new conversation.

use axum::extract::Path;
use axum::response::{IntoResponse as _, Redirect};
use http::Method;
use maud::{Markup, html};
use serde_json::{Map, Value, json};

use super::list;
use crate::definition::{ChannelDefinition, Definition};
use crate::inspector::data::Data;
use crate::inspector::failure::{Answer, Failure, sentence};
use crate::inspector::named::Named;
use crate::inspector::sent::{Sent, TOKEN};
use crate::inspector::text::part;
use crate::platform::PlatformError;

/// The prefix of the fields of tags.
const TAG: &str = "tag:";

/// Renders the form.
pub(super) fn form(data: Data<'_>, sent: &Sent, problem: Option<&str>) -> Markup {
    let definition = data.inspector.platform.definition();
    let channels: Vec<_> = definition.channels().collect();
    let named = sent
        .filled("channel")
        .filter(|name| channels.contains(name));
    let Some(channel) = named.or(channels.first().copied()) else {
        return html! { p class="empty" { "The definition has no channels." } };
    };
    let address = list::address(data);
    html! {
        section aria-labelledby="new" {
            h2 id="new" { "New conversation" }
            @if channels.len() > 1 {
                nav class="tabs" aria-label="Channels" {
                    @for name in &channels {
                        a href={ (address) "?channel=" (part(name)) } aria-current=[(*name == channel).then_some("true")] { (name) }
                    }
                }
            }
            @if let Some(problem) = problem { p class="banner bad" role="alert" { (sentence(problem)) } }
            form class="card" method="post" action=(address) {
                input type="hidden" name=(TOKEN) value=(data.inspector.token);
                input type="hidden" name="channel" value=(channel);
                (tags(&definition, channel, sent))
                fieldset class="field" {
                    legend { "Who creates it" }
                    (creator("emulator", "The emulator, at once", sent))
                    (creator("integration", "The integration, by create_conversation", sent))
                }
                div class="buttons" { button class="main" { "Begin" } }
            }
        }
    }
}

fn tags(definition: &Definition, channel: &str, sent: &Sent) -> Markup {
    let names = definition.channel(channel);
    let names: Vec<_> = names
        .into_iter()
        .flat_map(ChannelDefinition::conversation_tags)
        .collect();
    let of_channel = &definition.document()["channels"][channel];
    html! {
        p class="soft" {
            "A conversation in the channel " strong { (of_channel["title"].as_str().unwrap_or(channel)) }
            @if names.is_empty() { ", which has no tags." } @else { " has these tags." }
        }
        @for name in names {
            @let tag = &of_channel["conversation"]["tags"][name];
            @let id = format!("{TAG}{name}");
            div class="field" {
                label for=(id) { (tag["title"].as_str().unwrap_or(name)) span class="optional" { " (optional)" } }
                @if let Some(text) = tag["description"].as_str() { p class="hint" { (text) } }
                input id=(id) name=(id) value=(sent.text(&id).unwrap_or_default()) autocomplete="off" spellcheck="false";
            }
        }
    }
}

fn creator(value: &str, label: &str, sent: &Sent) -> Markup {
    let chosen = sent.text("creator").unwrap_or("emulator");
    html! {
        div class="option" {
            input type="radio" id={ "creator-" (value) } name="creator" value=(value) checked[chosen == value];
            label for={ "creator-" (value) } { (label) }
        }
    }
}

/// Creates a conversation, and leads to it.
pub(in crate::inspector) async fn create(
    Named(inspector): Named,
    Path(webhook_id): Path<String>,
    sent: Sent,
) -> Answer {
    let instance = inspector.platform.instance(&webhook_id)?;
    let data = Data {
        inspector: &inspector,
        instance: &instance,
    };
    let channel = sent.text("channel").unwrap_or_default();
    let tags = sent_tags(&inspector.platform.definition(), channel, &sent);
    let created = match sent.text("creator") {
        Some("integration") => by_integration(data, channel, &tags).await?,
        _ => by_emulator(data, channel, &tags)?,
    };
    match created {
        Ok(id) => Ok(Redirect::to(&list::address_of(data, &id)).into_response()),
        Err(problem) => list::begin(&inspector, &webhook_id, &sent, Some(&problem)),
    }
}

fn sent_tags(definition: &Definition, channel: &str, sent: &Sent) -> Map<String, Value> {
    let names = definition.channel(channel);
    let names = names
        .into_iter()
        .flat_map(ChannelDefinition::conversation_tags);
    let tags = names.filter_map(|name| {
        let value = sent.filled(&format!("{TAG}{name}"))?;
        Some((name.to_owned(), Value::from(value)))
    });
    tags.collect()
}

/// Creates a conversation in the data. The inner error says why it was refused.
fn by_emulator(
    data: Data<'_>,
    channel: &str,
    tags: &Map<String, Value>,
) -> Result<Result<String, String>, Failure> {
    let body = json!({ "channel": channel, "tags": tags });
    let created = data.send(Method::POST, "/v1/chat/conversations", &body)?;
    Ok(match created {
        Ok(created) => Ok(id_of(&created)),
        Err(error) => Err(error.message.clone()),
    })
}

async fn by_integration(
    data: Data<'_>,
    channel: &str,
    tags: &Map<String, Value>,
) -> Result<Result<String, String>, Failure> {
    let platform = &data.inspector.platform;
    let called = platform
        .create_conversation(&data.instance.webhook_id, channel, tags)
        .await;
    let answer = match called {
        Ok(answer) => answer.json(),
        Err(PlatformError::Storage(error)) => return Err(error.into()),
        Err(error) => return Ok(Err(error.to_string())),
    };
    let id = id_of(&answer);
    let found = data.get(&format!("/v1/chat/conversations/{}", part(&id)));
    Ok(found.map(|_| id.clone()).map_err(|_| {
        format!("the integration answered with the conversation `{id}`, which does not exist")
    }))
}

fn id_of(answer: &Value) -> String {
    answer["conversation"]["id"]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}
