use std::fs;
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::json;

use super::redact::properties::{Numbers, Writing};
use super::*;
use crate::clock::Clock;
use crate::ids::Ids;
use crate::storage::Storage;

fn recorder(storage: Storage, limits: RecordLimits) -> Recorder {
    let clock = Clock::manual(1_700_000_000_000);
    Recorder::new(storage, Ids::new(clock.clone()), clock, limits).unwrap()
}

fn in_memory(limits: RecordLimits) -> Recorder {
    recorder(Storage::in_memory().unwrap(), limits)
}

fn new(name: &str, body: impl Into<bytes::Bytes>) -> NewExchange {
    let request = SentRequest {
        method: "POST".to_owned(),
        path: "/".to_owned(),
        headers: vec![("x-a".to_owned(), "1".to_owned())],
        body: body.into().into(),
    };
    NewExchange::new(ExchangeKind::Call, name, request, Secrets::new())
}

fn response(status: u16, body: &str) -> SentResponse {
    SentResponse {
        status,
        body: bytes::Bytes::from(body.to_owned()).into(),
        ..SentResponse::default()
    }
}

#[test]
fn an_exchange_is_there_from_its_beginning_and_complete_at_its_end() {
    let recorder = in_memory(RecordLimits::default());
    let mut notices = recorder.listen();
    let running = recorder
        .begin(new("ping", "{}").about(Some("it".to_owned())))
        .unwrap();
    let id = running.id().to_owned();
    assert!(id.starts_with("exch_"), "{id}");
    let begun = recorder.find(&id).unwrap().unwrap();
    assert!(begun.is_running() && !begun.is_ok());
    running.answered(&response(200, "{}")).unwrap();

    let ended = recorder.find(&id).unwrap().unwrap();
    assert!(!ended.is_running() && ended.is_ok());
    assert_eq!(ended.subject.as_deref(), Some("it"));
    assert_eq!(ended.started, 1_700_000_000_000);
    assert_eq!(ended.request.headers, [("x-a".to_owned(), "1".to_owned())]);
    assert_eq!(ended.response.unwrap().body.text(), Some("{}"));
    assert_eq!(
        notices.try_recv().unwrap(),
        ExchangeNotice::Started { id: id.clone() }
    );
    assert_eq!(notices.try_recv().unwrap(), ExchangeNotice::Finished { id });
}

#[test]
fn an_exchange_that_is_dropped_ends_with_an_error() {
    let recorder = in_memory(RecordLimits::default());
    let running = recorder.begin(new("ping", "{}")).unwrap();
    let id = running.id().to_owned();
    drop(running);
    let ended = recorder.find(&id).unwrap().unwrap();
    assert!(ended.error.unwrap().contains("canceled"));
}

#[test]
fn an_exchange_that_a_process_left_behind_ends_at_the_next_start() {
    let storage = Storage::in_memory().unwrap();
    let first = recorder(storage.clone(), RecordLimits::default());
    let running = first.begin(new("ping", "{}")).unwrap();
    let id = running.id().to_owned();
    // The process is killed.
    std::mem::forget(running);
    let next = recorder(storage, RecordLimits::default());
    let ended = next.find(&id).unwrap().unwrap();
    assert_eq!(ended.duration, Some(Duration::ZERO));
    assert!(ended.error.unwrap().contains("ended before the answer"));
}

#[test]
fn the_oldest_exchanges_are_deleted_and_long_bodies_cut() {
    let recorder = in_memory(RecordLimits {
        exchanges: 3,
        body: 4,
        ..RecordLimits::default()
    });
    for number in 0..5 {
        let running = recorder.begin(new(&format!("{number}"), "123456")).unwrap();
        running.answered(&response(200, "abcdef")).unwrap();
    }
    let kept = recorder.list(&ExchangeFilter::default()).unwrap();
    let names: Vec<_> = kept.iter().map(|exchange| exchange.name.as_str()).collect();
    assert_eq!(names, ["4", "3", "2"]);
    assert_eq!(kept[0].request.body.text(), Some("1234"));
    assert_eq!(
        kept[0].response.as_ref().unwrap().body.note().as_deref(),
        Some("the first 4 of 6 bytes were recorded")
    );
}

#[test]
fn the_oldest_exchanges_are_deleted_if_all_bodies_are_too_large() {
    let storage = Storage::in_memory().unwrap();
    let limits = RecordLimits {
        bodies: 1_000,
        ..RecordLimits::default()
    };
    let first = recorder(storage.clone(), limits);
    let sizes = || {
        let kept = first.list(&ExchangeFilter::default()).unwrap();
        let bodies = kept.iter().map(|exchange| {
            let response = exchange.response.as_ref().unwrap();
            exchange.request.body.bytes().len() + response.body.bytes().len()
        });
        bodies.sum::<usize>()
    };
    for number in 0..50 {
        let running = first.begin(new(&number.to_string(), "b".repeat(60)));
        running.unwrap().answered(&response(200, "answer")).unwrap();
        assert!(sizes() <= 1_000, "{}", sizes());
    }
    assert!(sizes() > 600, "{}", sizes());
    let newest = &first.list(&ExchangeFilter::default()).unwrap()[0];
    assert_eq!(newest.name, "49");

    let smaller = RecordLimits {
        bodies: 200,
        ..RecordLimits::default()
    };
    let second = recorder(storage, smaller);
    assert_eq!(second.list(&ExchangeFilter::default()).unwrap().len(), 3);
}

#[test]
fn exchanges_are_filtered_and_paged() {
    let recorder = in_memory(RecordLimits::default());
    let call = recorder
        .begin(new("call", "{}").of_instance(Some("webhook_1".to_owned())))
        .unwrap();
    let call_id = call.id().to_owned();
    call.answered(&response(200, "{}")).unwrap();
    for number in 0..3 {
        let mut api = new(&format!("api {number}"), "{}").within(Some(call_id.clone()));
        api.kind = ExchangeKind::Api;
        recorder.begin(api).unwrap().failed("no").unwrap();
    }
    let names = |filter: ExchangeFilter| {
        let found = recorder.list(&filter).unwrap().into_iter();
        found.map(|exchange| exchange.name).collect::<Vec<_>>()
    };
    let all = ExchangeFilter::default;
    assert_eq!(
        names(ExchangeFilter {
            instance: Some("webhook_1".to_owned()),
            ..all()
        }),
        ["call"]
    );
    let first = ExchangeFilter {
        kind: Some(ExchangeKind::Api),
        limit: 2,
        ..all()
    };
    assert_eq!(names(first.clone()), ["api 2", "api 1"]);
    let last = recorder.list(&first).unwrap()[1].id.clone();
    assert_eq!(
        names(ExchangeFilter {
            parent: Some(call_id),
            before: Some(last),
            ..all()
        }),
        ["api 0"]
    );
    assert_eq!(
        names(ExchangeFilter {
            without_parent: true,
            ..all()
        }),
        ["call"]
    );
    recorder.clear().unwrap();
    assert!(names(all()).is_empty());
}

#[test]
fn the_call_of_a_trace_is_found() {
    let recorder = in_memory(RecordLimits::default());
    let running = recorder
        .begin(new("call", "{}").in_trace(Some("t1".to_owned())))
        .unwrap();
    let id = running.id().to_owned();
    assert_eq!(recorder.call_of_trace("t1").unwrap(), Some(id));
    assert_eq!(recorder.call_of_trace("t2").unwrap(), None);
}

/// Secrets with signs that are escaped in JSON, queries and forms.
const SECRETS: [&str; 4] = [
    "hunter2-hunter3-hunter4",
    "-----BEGIN KEY-----\nMII/abc+def==\n-----END KEY-----\n",
    "pässwörd \"with\" \\signs\\ 😀",
    "ключ/с=знаками&и пробелами",
];

#[test]
fn no_secret_of_a_configuration_is_in_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("emulator.sqlite");
    let recorder = recorder(Storage::open(&file).unwrap(), RecordLimits::default());
    let schema = json!({ "additionalProperties": { "x-zui": { "secret": true } } });
    for (number, secret) in SECRETS.into_iter().enumerate() {
        let configuration = json!({ "key": secret });
        let secrets = Secrets::of_configuration(&schema, &configuration);
        for text in texts_with(secret) {
            let encoded = BASE64_STANDARD.encode(configuration.to_string());
            let request = SentRequest {
                method: "POST".to_owned(),
                path: format!("/a?key={}", percent(secret)),
                headers: vec![
                    ("x-bp-configuration".to_owned(), encoded),
                    ("authorization".to_owned(), format!("Bearer {secret}")),
                    ("cookie".to_owned(), format!("a={secret}")),
                    ("x-other".to_owned(), format!("<{secret}>")),
                ],
                body: bytes::Bytes::from(text.clone()).into(),
            };
            let name = format!("{number} {secret}");
            let new = NewExchange::new(ExchangeKind::Call, name, request, secrets.clone());
            let running = recorder.begin(new).unwrap();
            let answer = response(200, &text);
            let error = Some(format!("it is {secret}"));
            running.answered_with_error(&answer, error).unwrap();
        }
    }
    drop(recorder);

    for entry in fs::read_dir(folder.path()).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        for secret in SECRETS {
            for text in texts_with(secret).into_iter().chain([percent(secret)]) {
                let part = text.trim_matches(['<', '>']);
                let is_there = bytes
                    .windows(part.len())
                    .any(|window| window == part.as_bytes());
                assert!(!is_there, "{part}");
            }
            // Any eight characters of it in a row.
            let characters: Vec<_> = secret.chars().collect();
            for window in characters.windows(8) {
                let part: String = window.iter().collect();
                let is_there = bytes
                    .windows(part.len())
                    .any(|window| window == part.as_bytes());
                assert!(!is_there, "{part}");
            }
        }
    }
}

#[test]
fn no_random_secret_is_in_the_file_however_it_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("emulator.sqlite");
    let recorder = recorder(Storage::open(&file).unwrap(), RecordLimits::default());
    let mut numbers = Numbers::new(5);
    let mut written = Vec::new();
    for _ in 0..100 {
        let secret = numbers.secret();
        let secrets = Secrets::new().with("key", &secret);
        let text = Writing::write(&numbers.way(), &secret);
        let request = SentRequest {
            path: format!("/{}", Writing::write(&[Writing::Percent], &secret)),
            headers: vec![("x-any".to_owned(), text.clone())],
            body: bytes::Bytes::from(format!("<{text}>")).into(),
            ..SentRequest::default()
        };
        let new = NewExchange::new(ExchangeKind::Api, &text, request, secrets)
            .about(Some(text.clone()))
            .noting(Some(text.clone()));
        let running = recorder.begin(new).unwrap();
        let answer = response(200, &text);
        running
            .answered_with_error(&answer, Some(text.clone()))
            .unwrap();
        written.extend([secret, text]);
    }
    drop(recorder);
    for entry in fs::read_dir(folder.path()).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        for secret in &written {
            assert!(!text.contains(secret), "{secret}");
        }
    }
}

/// Texts that contain a secret in each form.
fn texts_with(secret: &str) -> Vec<String> {
    let json = json!(secret).to_string();
    let nested = json!(json).to_string();
    let ascii: String = json
        .chars()
        .flat_map(|character| {
            let mut units = [0; 2];
            let units = character.encode_utf16(&mut units).to_vec();
            let escape = |unit: u16| format!("\\u{unit:04x}").chars().collect::<Vec<_>>();
            if character.is_ascii() {
                vec![character]
            } else {
                units.into_iter().flat_map(escape).collect()
            }
        })
        .collect();
    vec![
        format!("<{secret}>"),
        json,
        json!(nested).to_string(),
        nested,
        ascii,
        percent(secret),
        percent(secret).replace("%20", "+"),
        BASE64_STANDARD.encode(secret),
    ]
}

fn percent(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}
