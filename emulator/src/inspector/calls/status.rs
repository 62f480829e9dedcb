//! How an exchange ended.

use maud::{Markup, html};

use crate::exchange::Exchange;

/// Renders the status of an exchange.
pub(in crate::inspector) fn status(exchange: &Exchange) -> Markup {
    let (class, text) = if exchange.is_running() {
        ("busy", "running".to_owned())
    } else {
        let class = if exchange.is_ok() { "good" } else { "bad" };
        let status = exchange.response.as_ref().map(|response| response.status);
        (
            class,
            status.map_or_else(|| "failed".to_owned(), |status| status.to_string()),
        )
    };
    html! { span class={ "status " (class) } { (text) } }
}
