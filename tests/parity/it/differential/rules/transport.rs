//! Differences in the transport of a call.

use crate::differential::exchange::Exchange;

/// The official server builds a URL from the host and the path, and fails if it is invalid.
pub(super) fn host(exchange: &Exchange) -> bool {
    let Some(host) = exchange.request.header("host") else {
        // Node itself rejects this.
        return exchange.official.status == 400 && exchange.official.body == "";
    };
    let odd = host != b"localhost";
    odd && exchange.official.is_bare_failure() && exchange.official.body["error"] == "Invalid URL"
}

/// The official server resolves the path like a browser, and the result may be `/health`.
pub(super) fn path(exchange: &Exchange) -> bool {
    let target = exchange.request.target.replace("%2e", ".");
    let resolves = target.contains("/.") || target.starts_with("//");
    let healthy = |body: &serde_json::Value| body == "ok";
    let invalid =
        exchange.official.is_bare_failure() && exchange.official.body["error"] == "Invalid URL";
    resolves && (healthy(&exchange.official.body) || invalid) && !healthy(&exchange.ours.body)
}

/// The official server decodes each piece of a body separately. Pieces end at chunk ends, and when Node's buffer is
/// full.
pub(super) fn split_character(exchange: &Exchange) -> bool {
    const BUFFER: usize = 64 * 1024;

    let request = &exchange.request;
    let Ok(text) = str::from_utf8(request.body()) else {
        return false;
    };
    let splits = request.cuts.iter().any(|cut| !text.is_char_boundary(*cut));
    let may_split = text.len() > BUFFER && !text.is_ascii();
    let official = exchange.official.body.to_string();
    (splits || may_split) && official.contains(char::REPLACEMENT_CHARACTER)
}
