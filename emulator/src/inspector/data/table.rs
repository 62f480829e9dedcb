//! The tables of the data.

use maud::{Markup, html};
use serde_json::Value;

use super::Data;
use super::states::State;
use crate::inspector::calls::short_id;
use crate::inspector::{json, page, text};

/// Renders the cells of an entity.
type Row = fn(&Value, Data<'_>) -> Vec<Markup>;

/// Renders the table of a list of entities.
pub(super) fn entities(kind: &str, list: &[Value], data: Data<'_>) -> Markup {
    let (heads, row): (&[&str], Row) = match kind {
        "conversations" => (
            &["Conversation", "Tags", "Messages", "Updated"],
            conversation,
        ),
        "messages" => (&["Message", "Direction", "Content", "Created"], message),
        "users" => (&["User", "Name", "Tags", "Updated"], user),
        "events" => (&["Event", "Status", "Created"], event),
        _ => (&["File", "Type", "Size", "Status", ""], file),
    };
    let rows = list.iter().map(|entity| {
        let id = entity["id"].as_str().unwrap_or_default();
        (id.to_owned(), row(entity, data), data.redacted(entity))
    });
    table(heads, rows)
}

/// Renders the table of states.
pub(super) fn states(states: &[State]) -> Markup {
    let rows = states.iter().map(|state| {
        let expires = html! {
            @if let Some(time) = &state.expires { (text::moment(time)) } @else { span class="soft" { "never" } }
        };
        let cells = vec![
            html! { strong { (state.name) } },
            html! { (state.owner) " " code class="soft" title=(state.owner_id) { "…" (short_id(&state.owner_id)) } },
            expires,
            text::moment(&state.updated),
        ];
        let id = format!("{}-{}", state.name, state.owner_id);
        (id, cells, state.payload.clone())
    });
    table(&["State", "Of", "Expires", "Updated"], rows)
}

/// A table whose rows open to show the whole entity.
fn table(heads: &[&str], rows: impl Iterator<Item = (String, Vec<Markup>, String)>) -> Markup {
    html! {
        div class="scroll" {
            table class="data" {
                thead { tr { @for head in heads { th scope="col" { (head) } } } }
                @for (id, cells, whole) in rows {
                    tbody {
                        tr { @for cell in &cells { td { (cell) } } }
                        tr class="more" {
                            td colspan=(heads.len()) {
                                details id={ "whole-" (id) } {
                                    summary { "Show all" }
                                    (json::body(whole.as_bytes(), ""))
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn conversation(entity: &Value, data: Data<'_>) -> Vec<Markup> {
    let id = string(entity, "id");
    let address = format!(
        "{}/chat/{}",
        page::of_instance(&data.instance.webhook_id),
        text::part(id)
    );
    vec![
        html! { a href=(address) { (string(entity, "channel")) " …" (short_id(id)) } },
        tags(&entity["tags"]),
        html! { (entity["messageCount"]) },
        text::moment(string(entity, "updatedAt")),
    ]
}

fn message(entity: &Value, _: Data<'_>) -> Vec<Markup> {
    vec![
        html! { strong { (string(entity, "type")) } " " code class="soft" { "…" (short_id(string(entity, "id"))) } },
        html! { (string(entity, "direction")) },
        html! { span class="clip" { (summary(&entity["payload"])) } },
        text::moment(string(entity, "createdAt")),
    ]
}

fn user(entity: &Value, _: Data<'_>) -> Vec<Markup> {
    vec![
        html! { code { "…" (short_id(string(entity, "id"))) } },
        html! { (entity["name"].as_str().unwrap_or("–")) },
        tags(&entity["tags"]),
        text::moment(string(entity, "updatedAt")),
    ]
}

fn event(entity: &Value, _: Data<'_>) -> Vec<Markup> {
    vec![
        html! { strong { (string(entity, "type")) } " " code class="soft" { "…" (short_id(string(entity, "id"))) } },
        html! { (string(entity, "status")) },
        text::moment(string(entity, "createdAt")),
    ]
}

fn file(entity: &Value, data: Data<'_>) -> Vec<Markup> {
    let id = string(entity, "id");
    let address = format!(
        "{}/files/{}",
        page::of_instance(&data.instance.webhook_id),
        text::part(id)
    );
    let size = entity["size"].as_u64();
    vec![
        html! { strong { (string(entity, "key")) } },
        html! { code { (string(entity, "contentType")) } },
        html! { (size.map_or_else(|| "–".to_owned(), text::size)) },
        html! { (contexture::meaning::words(string(entity, "status"))) },
        html! { @if size.is_some() { a href=(address) download { "Download" } } },
    ]
}

/// The first text of a payload.
fn summary(payload: &Value) -> String {
    let mut texts = payload.as_object().into_iter().flatten();
    let first = texts.find_map(|(_, value)| value.as_str());
    first.map_or_else(|| payload.to_string(), str::to_owned)
}

fn tags(tags: &Value) -> Markup {
    let tags = tags.as_object().into_iter().flatten();
    html! {
        @for (name, value) in tags {
            span class="pair" { span class="soft" { (name) } " " (value.as_str().unwrap_or_default()) } " "
        }
    }
}

fn string<'a>(entity: &'a Value, name: &str) -> &'a str {
    entity[name].as_str().unwrap_or_default()
}
