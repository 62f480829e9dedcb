//! Replays.

use axum::extract::Path;
use axum::response::{IntoResponse as _, Redirect};
use contexture::Secret;
use maud::{Markup, html};

use super::Name;
use crate::exchange::{Exchange, ExchangeKind};
use crate::inspector::failure::{Answer, Failure, sentence};
use crate::inspector::json;
use crate::inspector::named::Named;
use crate::inspector::page::{self, Page, Place, ROOT};
use crate::inspector::sent::{Sent, TOKEN};
use crate::inspector::state::Inspector;
use crate::platform::{PlatformError, Provider, ReplayEdit, WebhookSigning};

/// Repeats an exchange, and leads to the new one.
pub(in crate::inspector) async fn replay(
    Named(inspector): Named,
    Path(id): Path<String>,
    _: Sent,
) -> Answer {
    let replayed = inspector
        .platform
        .replay(&id, ReplayEdit::default())
        .await?;
    Ok(Redirect::to(&page::of_exchange(&replayed.exchange)).into_response())
}

pub(in crate::inspector) async fn show(Named(inspector): Named, Path(id): Path<String>) -> Answer {
    let exchange = find(&inspector, &id)?;
    let sent = recorded(&exchange);
    form(&inspector, &exchange, &sent, None)
}

/// Repeats an exchange with another body, and leads to the new one.
pub(in crate::inspector) async fn replay_edited(
    Named(inspector): Named,
    Path(id): Path<String>,
    sent: Sent,
) -> Answer {
    let exchange = find(&inspector, &id)?;
    match inspector.platform.replay(&id, edit(&exchange, &sent)).await {
        Ok(replayed) => Ok(Redirect::to(&page::of_exchange(&replayed.exchange)).into_response()),
        Err(PlatformError::NoReplay(reason)) => form(
            &inspector,
            &exchange,
            &sent,
            Some(&format!("The exchange cannot be replayed: {reason}")),
        ),
        Err(other) => Err(other.into()),
    }
}

fn find(inspector: &Inspector, id: &str) -> Result<Exchange, Failure> {
    let found = inspector.platform.recorder().find(id)?;
    found.ok_or_else(|| Failure::not_found("exchange", id))
}

/// The fields of the form as the exchange was recorded.
fn recorded(exchange: &Exchange) -> Sent {
    let body = exchange.request.body.bytes();
    let text = match serde_json::from_slice(body) {
        Ok(value) => json::pretty(&value),
        Err(_) => String::from_utf8_lossy(body).into_owned(),
    };
    Sent::default()
        .with("method", &exchange.request.method)
        .with("path", &exchange.request.path)
        .with("body", &text)
}

/// What is different from the record. What was not changed is left as it was.
fn edit(exchange: &Exchange, sent: &Sent) -> ReplayEdit {
    let shown = recorded(exchange);
    let changed = |name: &str| {
        let text = sent.text(name)?.replace("\r\n", "\n");
        (Some(text.as_str()) != shown.text(name)).then_some(text)
    };
    let provider = sent.filled("provider").and_then(Provider::from_name);
    let secret = sent.filled("secret").unwrap_or_default();
    ReplayEdit {
        method: changed("method"),
        path: changed("path"),
        headers: None,
        body: changed("body").map(String::into_bytes),
        signing: provider.map(|provider| WebhookSigning {
            provider,
            secret: Secret::from(secret.to_owned()),
        }),
    }
}

fn form(inspector: &Inspector, exchange: &Exchange, sent: &Sent, problem: Option<&str>) -> Answer {
    let name = Name::of(exchange);
    let address = page::of_exchange(&exchange.id);
    let body = html! {
        p class="trail" { a href=(ROOT) { "Calls" } a href=(address) { (name.about) } }
        h1 { "Edit and replay" }
        @if let Some(problem) = problem { p class="banner bad" role="alert" { (sentence(problem)) } }
        @if let Some(note) = exchange.request.body.note() {
            p class="banner" { "Only " (note) ". An edited body is sent as it is here." }
        }
        form class="card" method="post" action={ (address) "/edit" } {
            input type="hidden" name=(TOKEN) value=(inspector.token);
            div class="row" {
                (input("method", "Method", sent))
                (input("path", "Path", sent))
            }
            div class="field" {
                label for="body" { "Body" }
                p class="hint" { "Secrets that the record does not show are filled in again." }
                textarea id="body" name="body" rows="18" class="code" spellcheck="false" {
                    "\n" (sent.text("body").unwrap_or_default())
                }
            }
            @if exchange.kind == ExchangeKind::Webhook { (signing_fields(sent)) }
            div class="buttons" {
                button class="main" { "Replay" }
                a class="button" href=(address) { "Cancel" }
            }
        }
    };
    let page = Page {
        title: "Edit and replay",
        place: Place::Calls,
        body,
    };
    page.show(inspector)
}

fn input(name: &str, label: &str, sent: &Sent) -> Markup {
    html! {
        div class="field" {
            label for=(name) { (label) }
            input id=(name) name=(name) value=(sent.text(name).unwrap_or_default()) autocomplete="off" spellcheck="false";
        }
    }
}

/// The fields of a signature.
fn signing_fields(sent: &Sent) -> Markup {
    let chosen = sent.text("provider").unwrap_or_default();
    html! {
        fieldset class="row" {
            legend { "Signature" }
            div class="field" {
                label for="provider" { "Sign as " span class="optional" { "(optional)" } }
                select id="provider" name="provider" {
                    option value="" { "The known secret, or none" }
                    @for name in Provider::names() {
                        option value=(name) selected[name == chosen] { (name) }
                    }
                }
            }
            div class="field" {
                label for="secret" { "With the secret" }
                input id="secret" name="secret" type="password" autocomplete="off";
            }
        }
    }
}
