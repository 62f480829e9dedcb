//! The method, the path, the headers and the chunks of a request.

use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD, Engine as _};
use serde_json::{Value, json};

use super::{Draw, value};
use crate::differential::request::{REQUIRED, Request};

pub(super) fn headers(operation: &str) -> Vec<(String, Vec<u8>)> {
    let configuration = encode(&json!({ "apiKey": "key", "region": "eu", "debug": true }));
    let headers = [
        ("host", "localhost"),
        ("x-bot-id", "bot_1"),
        ("x-bot-user-id", "botuser_1"),
        ("x-integration-id", "intg_1"),
        ("x-integration-alias", "me/parity"),
        ("x-webhook-id", "wh_1"),
        ("x-bp-operation", operation),
        ("x-bp-configuration", &configuration),
    ];
    headers
        .map(|(name, value)| (name.to_owned(), value.into()))
        .into()
}

fn encode(value: &Value) -> String {
    BASE64_STANDARD.encode(value.to_string())
}

/// Makes one part of a request unusual.
pub(super) fn change(draw: &mut Draw, request: &mut Request) {
    match draw.below(12) {
        0 | 1 => configure(draw, request),
        2 => misconfigure(draw, request),
        3 => spoil_configuration(draw, request),
        4 => request.remove(draw.pick(&REQUIRED)),
        5 => spoil_header(draw, request),
        6 => repeat(draw, request),
        7 => recase(draw, request),
        8 => add(draw, request),
        9 => request.method = draw.pick(&["PUT", "PATCH", "GET", "DELETE", "OPTIONS"]),
        10 => spoil_host(draw, request),
        _ => {
            request.target = draw
                .pick(&[
                    "/health",
                    "/health?a=b",
                    "/health/",
                    "/HEALTH",
                    "/health%20",
                    "/a/../health",
                    "/./health",
                    "//health",
                    "/a/b?c=d",
                    "/?x-bot-id=1",
                    "/%",
                    "/..",
                    "/a;b",
                    "//",
                    "/a//b/",
                    "http://localhost/health",
                    "/health?",
                    "/%2e%2e/health",
                    "/?a=1?b",
                    "/~a/!$&'()*+,;=:@",
                ])
                .to_owned();
        }
    }
}

/// Another valid configuration.
fn configure(draw: &mut Draw, request: &mut Request) {
    let mut configuration = match draw.below(3) {
        0 => {
            request.set("x-bp-configuration-type", "oauth");
            json!({ "clientId": value::text(draw), "clientSecret": value::text(draw) })
        }
        1 => {
            request.set("x-bp-configuration-type", "personalAccessToken");
            json!({ "token": value::text(draw) })
        }
        _ => json!({ "apiKey": "é✓", "region": draw.pick(&["us", "eu", "asia"]) }),
    };
    if draw.chance(20) {
        configuration["undeclared"] = value::value(draw, 2);
    }
    let text = match draw.below(3) {
        0 => BASE64_URL_SAFE_NO_PAD.encode(configuration.to_string()),
        1 => encode(&configuration).trim_end_matches('=').to_owned(),
        _ => encode(&configuration),
    };
    request.set("x-bp-configuration", text);
}

/// An invalid configuration, or one whose type is not declared.
fn misconfigure(draw: &mut Draw, request: &mut Request) {
    match draw.below(5) {
        0 => request.set(
            "x-bp-configuration-type",
            draw.pick(&["nope", "OAuth", "null", "toString"]),
        ),
        1 => request.set("x-bp-configuration-type", ""),
        2 => request.set("x-bp-configuration-type", "oauth"),
        3 => {
            let configuration = json!({ "apiKey": value::value(draw, 1), "region": "mars" });
            request.set("x-bp-configuration", encode(&configuration));
        }
        _ => request.set("x-bp-configuration", encode(&value::value(draw, 2))),
    }
}

/// A configuration that is not base64 of JSON.
fn spoil_configuration(draw: &mut Draw, request: &mut Request) {
    let text = match draw.below(4) {
        0 => "@@@".to_owned(),
        1 => BASE64_STANDARD.encode("{"),
        2 => "{}".to_owned(),
        _ => BASE64_STANDARD.encode(value::text(draw)),
    };
    let text = if text.is_empty() {
        "=".to_owned()
    } else {
        text
    };
    request.set("x-bp-configuration", text);
}

fn spoil_header(draw: &mut Draw, request: &mut Request) {
    // A webhook that returns the headers.
    if draw.chance(40) {
        let context = json!({ "path": "/context", "method": "GET", "query": "", "headers": {} });
        request.set("x-bp-operation", "webhook_received");
        request.body = json!({ "req": context }).to_string().into_bytes();
    }
    let value = draw.pick(&[&b""[..], b"  ", "é✓".as_bytes(), b"\xe9", b"a b", b"\tx\t"]);
    request.set(draw.pick(&REQUIRED[..5]), value);
}

/// Sends a header twice, with the valid value first or last.
fn repeat(draw: &mut Draw, request: &mut Request) {
    let name = draw.pick(&REQUIRED);
    let other = draw.pick(&["other", "ping", ""]).to_owned();
    let at = if draw.chance(50) {
        0
    } else {
        request.headers.len()
    };
    request
        .headers
        .insert(at, (name.to_owned(), other.into_bytes()));
}

fn recase(draw: &mut Draw, request: &mut Request) {
    for (name, _) in &mut request.headers {
        *name = name
            .chars()
            .map(|character| {
                if draw.chance(50) {
                    character.to_ascii_uppercase()
                } else {
                    character
                }
            })
            .collect();
    }
}

fn add(draw: &mut Draw, request: &mut Request) {
    let (name, value) = draw.pick(&[
        (
            "traceparent",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        ),
        ("traceparent", "nonsense"),
        ("tracestate", "a=b"),
        ("content-type", "text/plain; charset=utf-16"),
        ("cookie", "x-bot-id=1"),
        ("x-bp-type", "hello"),
        ("accept-encoding", "gzip"),
        ("x-forwarded-host", "elsewhere"),
    ]);
    request.set(name, value);
}

fn spoil_host(draw: &mut Draw, request: &mut Request) {
    match draw.below(3) {
        0 => request.remove("host"),
        _ => request.set(
            "host",
            draw.pick(&["a b", "[", "botpress.cloud:99999", "é", "x:y"]),
        ),
    }
}

/// Sends the body in chunks of random sizes.
pub(super) fn cut(draw: &mut Draw, request: &mut Request) {
    let count = 1 + draw.below(3);
    let mut cuts: Vec<_> = (0..count)
        .map(|_| 1 + draw.below(request.body.len()))
        .filter(|at| *at < request.body.len())
        .collect();
    cuts.sort_unstable();
    cuts.dedup();
    request.cuts = cuts;
}
