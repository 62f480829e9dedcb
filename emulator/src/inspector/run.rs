//! The result of a call, beside the form that made it.

use maud::{Markup, html};
use serde_json::Value;

use super::calls;
use super::failure::{Failure, sentence};
use super::page;
use super::sent::Query;
use super::state::Inspector;
use super::{json, text};
use crate::exchange::Exchange;

/// The parameter that names the exchange.
const RUN: &str = "run";

/// The address of a page that shows a result.
pub(super) fn address(page: &str, exchange: &str) -> String {
    let separator = if page.contains('?') { '&' } else { '?' };
    format!("{page}{separator}{RUN}={}", text::part(exchange))
}

/// The exchange that a page shows.
pub(super) fn of(inspector: &Inspector, query: &Query) -> Result<Option<Exchange>, Failure> {
    match query.text(RUN) {
        Some(id) => Ok(inspector.platform.recorder().find(id)?),
        None => Ok(None),
    }
}

/// The JSON of a request.
pub(super) fn request(exchange: &Exchange) -> Value {
    serde_json::from_slice(exchange.request.body.bytes()).unwrap_or_default()
}

/// Renders a result. `member` is the part of the answer that is shown.
pub(super) fn render(exchange: Option<&Exchange>, member: Option<&str>) -> Markup {
    html! {
        section class="result" aria-labelledby="result" {
            h2 id="result" { "Result" }
            @match exchange {
                None => p class="empty" { "There is no result yet." },
                Some(exchange) => (result(exchange, member)),
            }
        }
    }
}

fn result(exchange: &Exchange, member: Option<&str>) -> Markup {
    let address = page::of_exchange(&exchange.id);
    let body = exchange
        .response
        .as_ref()
        .map(|response| response.body.bytes());
    let value: Value = serde_json::from_slice(body.unwrap_or_default()).unwrap_or_default();
    let part = member.and_then(|member| value.get(member));
    html! {
        p class="line" role="status" {
            (calls::status(exchange)) " "
            @if let Some(duration) = exchange.duration { span class="soft" { (text::duration(duration)) " · " } }
            a href=(address) { "Show the call" }
        }
        @if let Some(error) = &exchange.error { p class="banner bad" { (sentence(error)) } }
        @if let (false, Some(message)) = (exchange.is_ok(), value["message"].as_str()) {
            p class="banner bad" {
                @if let Some(kind) = value["type"].as_str() { strong { (kind) ". " } }
                (sentence(message))
            }
        }
        @match (part, body) {
            (Some(part), _) => (json::block(part, Some(&format!("{address}/response")))),
            (None, Some(body)) => (json::body(body, &format!("{address}/response"))),
            (None, None) => {},
        }
    }
}
