//! The client's requests in a bundle: those of a native program, and those that the official client was recorded with.

use std::env;
use std::fs;
use std::path::Path;

use contexture::WebhookRequest;
use contexture::testing::{ContextBuilder, RecordedRequest};
use hosted::calls::{self, OWNERS};
use hosted::hosted::{Definition, PrimaryConfiguration};

use crate::bundle::Bundle;
use crate::service::{Services, prepare};

/// The id of the integration that makes the calls of an owner.
fn id_of(owner: &str) -> &'static str {
    match owner {
        "first" => "int 1/x",
        "states" => "i",
        "entities" => "int1",
        _ => "missing",
    }
}

/// Headers that `fetch` adds, or that depend on the connection.
const OF_THE_CONNECTION: [&str; 7] = [
    "host",
    "connection",
    "accept-language",
    "sec-fetch-mode",
    "accept-encoding",
    "content-length",
    "user-agent",
];

#[tokio::test]
async fn the_requests_are_those_of_a_native_program() {
    let services = Services::start().await;
    let Some(bundle) = Bundle::start(&services.address).await else {
        return;
    };
    let mut native = Vec::new();
    for owner in OWNERS {
        native.extend(native_calls(owner).await);
        let request = WebhookRequest::new("POST", format!("/calls/{owner}"));
        let answer = bundle.webhook_of(id_of(owner), &request).await;
        assert_eq!(answer.status(), 200, "{owner}: {:?}", answer.body());
    }
    let hosted = services.botpress.requests();
    assert!(native.len() > 10);
    assert_eq!(hosted.len(), native.len());
    for (hosted, native) in hosted.iter().zip(&native) {
        assert_same(hosted, native);
    }
    compare_with_records(&hosted);
}

async fn native_calls(owner: &str) -> Vec<RecordedRequest> {
    let ctx = ContextBuilder::<Definition>::new(PrimaryConfiguration {})
        .bot_id("bot1")
        .integration_id(id_of(owner))
        .integration_alias("my/alias")
        .traceparent("00-abc-def-01")
        .build();
    prepare(ctx.transport(), "https://upload.test/upload?sig=1");
    calls::of(owner, ctx.client()).await.unwrap();
    ctx.requests()
}

fn assert_same(hosted: &RecordedRequest, native: &RecordedRequest) {
    assert_eq!(hosted.to_string(), native.to_string());
    assert_eq!(hosted.bytes, native.bytes, "{native}");
    for (name, value) in &native.headers {
        if !OF_THE_CONNECTION.contains(&name.as_str()) {
            assert_eq!(hosted.headers.get(name), Some(value), "{native}: {name}");
        }
    }
    for name in hosted.headers.keys().map(http::HeaderName::as_str) {
        let is_known = native.headers.contains_key(name) || OF_THE_CONNECTION.contains(&name);
        // `fetch` adds it where the program has none.
        assert!(is_known || name == "accept", "{native}: {name}");
    }
}

/// Compares the methods, the addresses and the bodies with `golden/client.txt` in the folder `CONTEXTURE_ORACLE`.
fn compare_with_records(hosted: &[RecordedRequest]) {
    let Some(folder) = env::var_os("CONTEXTURE_ORACLE").filter(|folder| !folder.is_empty()) else {
        return;
    };
    let text = fs::read_to_string(Path::new(&folder).join("golden/client.txt")).unwrap();
    let lines: Vec<_> = text
        .lines()
        .filter(|line| !line.starts_with("ERR "))
        .collect();
    let recorded: Vec<_> = lines
        .chunks(3)
        .map(|request| {
            (
                request[0],
                request[2].trim_start().trim_start_matches("body").trim(),
            )
        })
        .collect();
    assert_eq!(hosted.len(), recorded.len());
    for (hosted, (address, body)) in hosted.iter().zip(&recorded) {
        assert_eq!(format!("{} {}", hosted.method, hosted.path), *address);
        let same = match serde_json::from_str::<serde_json::Value>(body) {
            Ok(body) => hosted.body.as_ref() == Some(&body),
            Err(_) => hosted.bytes == body.as_bytes(),
        };
        assert!(same, "{hosted}: {body}");
    }
}
