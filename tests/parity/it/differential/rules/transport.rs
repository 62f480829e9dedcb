//! Differences in the transport of a call.

use crate::differential::exchange::Exchange;

/// The official server makes an address of the host and the path, and fails where that is none.
pub(super) fn host(exchange: &Exchange) -> bool {
    let Some(host) = exchange.request.header("host") else {
        // Node itself refuses this.
        return exchange.official.status == 400 && exchange.official.body == "";
    };
    let odd = host != b"localhost";
    odd && exchange.official.is_bare_failure() && exchange.official.body["error"] == "Invalid URL"
}

/// The official server resolves the path as a browser does, and what comes out may be `/health`.
pub(super) fn path(exchange: &Exchange) -> bool {
    let target = exchange.request.target.replace("%2e", ".");
    let resolves = target.contains("/.") || target.starts_with("//");
    let healthy = |body: &serde_json::Value| body == "ok";
    let invalid =
        exchange.official.is_bare_failure() && exchange.official.body["error"] == "Invalid URL";
    resolves && (healthy(&exchange.official.body) || invalid) && !healthy(&exchange.ours.body)
}

/// The official server reads each piece of a body as a text of its own. Pieces end where chunks do, and where Node's
/// buffer is full.
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
