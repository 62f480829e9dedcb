//! Seeds, made from the definitions of the repository.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use contexture_compare::sample::{Random, break_in_one_place, sample};
use contexture_cost::kinds::validations;
use contexture_exact::json::canonical;
use serde_json::{Value, json};

use crate::direct::{self, direct};
use crate::headers::SECRET;
use crate::payloads::PAYLOADS;
use crate::{Use, bodies, cost, headers, loader, lowering, scratch};

/// A target with its name in `fuzz/`.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// Its name.
    pub name: &'static str,
    /// The function that runs it with an input.
    pub run: fn(&[u8]) -> Use,
    seeds: fn(&[PathBuf]) -> BTreeSet<Vec<u8>>,
}

/// The targets.
pub const TARGETS: [Target; 6] = [
    Target {
        name: "bodies",
        run: bodies,
        seeds: bodies_seeds,
    },
    Target {
        name: "cost",
        run: cost,
        seeds: cost_seeds,
    },
    Target {
        name: "direct",
        run: direct,
        seeds: direct_seeds,
    },
    Target {
        name: "headers",
        run: headers,
        seeds: headers_seeds,
    },
    Target {
        name: "loader",
        run: loader,
        seeds: loader_seeds,
    },
    Target {
        name: "lowering",
        run: lowering,
        seeds: lowering_seeds,
    },
];

/// The operations, and an unknown one.
const OPERATIONS: [&str; 12] = [
    "action_triggered",
    "conversation_updated",
    "create_conversation",
    "create_user",
    "message_created",
    "message_updated",
    "nothing_known",
    "ping",
    "register",
    "unregister",
    "webhook",
    "webhook_received",
];

/// The number of values for each payload, and of those that are then broken in one place.
const VALUES: usize = 6;

impl Target {
    /// The distinct initial inputs, in a fixed order. The folders add definitions, and other files with schemas under
    /// the key `schema`.
    #[must_use]
    pub fn seeds(&self, folders: &[PathBuf]) -> BTreeSet<Vec<u8>> {
        (self.seeds)(folders)
    }
}

fn loader_seeds(folders: &[PathBuf]) -> BTreeSet<Vec<u8>> {
    let texts = texts(folders).into_iter();
    texts
        .flat_map(|text| {
            let value: Option<Value> = serde_saphyr::from_slice(&text).ok();
            [
                Some(text),
                value.map(|value| value.to_string().into_bytes()),
            ]
        })
        .flatten()
        .collect()
}

fn lowering_seeds(folders: &[PathBuf]) -> BTreeSet<Vec<u8>> {
    let mut seeds = BTreeSet::new();
    for text in texts(folders) {
        if let Ok(definition) = serde_saphyr::from_slice(&text) {
            collect_schemas(&definition, &mut seeds);
        }
    }
    seeds
}

/// Collects the values under the key `schema`, which holds the schemas in definitions.
fn collect_schemas(value: &Value, schemas: &mut BTreeSet<Vec<u8>>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect_schemas(item, schemas)),
        Value::Object(fields) => {
            for (name, value) in fields {
                if name == "schema" {
                    schemas.insert(value.to_string().into_bytes());
                } else {
                    collect_schemas(value, schemas);
                }
            }
        }
        _ => {}
    }
}

fn headers_seeds(_: &[PathBuf]) -> BTreeSet<Vec<u8>> {
    let configurations = [
        (
            None,
            json!({ "apiKey": SECRET, "region": "eu", "debug": true }),
        ),
        (
            None,
            json!({ "apiKey": SECRET, "region": SECRET, "undeclared": SECRET }),
        ),
        (
            Some("oauth"),
            json!({ "clientId": SECRET, "clientSecret": SECRET }),
        ),
        (
            Some("oauth"),
            json!({ "clientId": [SECRET], "clientSecret": { "text": SECRET } }),
        ),
        (Some("personalAccessToken"), json!({ "token": SECRET })),
        (Some("unknown"), json!({})),
    ];
    let mut seeds = BTreeSet::new();
    for operation in OPERATIONS {
        for (name, configuration) in &configurations {
            let kind = name.map_or_else(String::new, |name| {
                format!("x-bp-configuration-type: {name}\n")
            });
            let body = body(operation);
            let seed = format!(
                "POST /\nx-bot-id: a\nx-bot-user-id: b\nx-integration-id: c\nx-integration-alias: d\nx-webhook-id: e\n\
                 x-bp-operation: {operation}\n{kind}configuration: {configuration}\n\n{body}"
            );
            seeds.insert(seed.into_bytes());
        }
    }
    seeds
}

/// The worst known inputs, of a size that mutations preserve.
fn cost_seeds(_: &[PathBuf]) -> BTreeSet<Vec<u8>> {
    const SIZE: usize = 1000;

    let mut seeds: BTreeSet<_> = OPERATIONS
        .map(|operation| format!("{operation}\n{}", body(operation)).into_bytes())
        .into();
    // Patterns that use up their budget would take all the time, and always the same time.
    let validations = validations();
    let validations = validations
        .iter()
        .filter(|validation| !validation.has_reserve());
    for validation in validations {
        let values = validation.inputs.iter().map(|(_, input)| input(SIZE));
        let values = values.filter(|value| serde_json::from_str::<Value>(value).is_ok());
        seeds.extend(values.map(|value| format!("{}\n{value}", validation.name).into_bytes()));
    }
    seeds
}

fn bodies_seeds(_: &[PathBuf]) -> BTreeSet<Vec<u8>> {
    let calls = OPERATIONS.map(|operation| format!("{operation}\n{}", body(operation)));
    let echo =
        json!({ "type": "echo", "input": { "value": [1.5, null, { "a": "b" }], "more": {} } });
    let mut seeds: BTreeSet<_> = calls.into_iter().map(String::into_bytes).collect();
    seeds.insert(format!("action_triggered\n{echo}").into_bytes());
    // Floats at the limits of the integers, in the notation of JavaScript.
    for number in [
        "-9.223372036854776e+18",
        "9.223372036854776e+18",
        "1.2345678901234567e+18",
    ] {
        let counts = format!("shapes::actions::MapsInput\n{{\"counts\":{{\"a\":{number}}}}}");
        seeds.insert(counts.into_bytes());
    }
    for kind in PAYLOADS {
        let schema: Value =
            serde_json::from_str(kind.schema).expect("the schema of a payload is JSON");
        let mut random = Random::new(kind.path);
        for _ in 0..VALUES {
            let value = sample(&schema, &mut random);
            let broken = break_in_one_place(&value, &mut random);
            for value in [value, broken] {
                seeds.insert(format!("{}\n{}", kind.path, canonical(&value)).into_bytes());
            }
        }
    }
    seeds
}

/// Those of the bodies, and texts with what is rare in JSON, in members that are read and in members that are skipped.
fn direct_seeds(folders: &[PathBuf]) -> BTreeSet<Vec<u8>> {
    let deep = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let rare = [
        "1e999",
        "-0",
        "01",
        "1.0",
        "-9.2e18",
        "18446744073709551615",
        "123456789012345678901234567890",
        r#""\ud83d\ude00""#,
        r#""\ud83d""#,
        r#""\u0041\n\/""#,
        "\"\u{1f}\"",
        "\"a long text that is neither escaped nor closed",
        " { \"a\" : [ 1 , 2 ] , \"a\" : null } ",
        "nul",
    ];
    let deep = [99, 100, 101, 124, 125, 126, 127, 128].map(deep);
    let rare: Vec<&str> = rare
        .into_iter()
        .chain(deep.iter().map(String::as_str))
        .collect();
    let mut seeds = bodies_seeds(folders);
    let lists = json!({
        "type": "text", "payload": { "text": "hi" }, "conversation": ["conv_1", "channel"], "user": ["user_1"],
        "message": ["msg_1"],
    });
    seeds.insert(format!("message_created\n{lists}").into_bytes());
    seeds.retain(|seed| {
        let name = seed.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let is_payload = name.contains(&b':');
        is_payload
            || direct::OPERATIONS
                .iter()
                .any(|operation| operation.as_bytes() == name)
    });
    for value in rare {
        for text in [
            format!("action_triggered\n{{\"type\":\"echo\",\"input\":{{\"value\":{value}}}}}"),
            format!("action_triggered\n{{\"type\":\"hello\",\"input\":{{\"name\":{value}}}}}"),
            format!(
                "action_triggered\n{{\"skipped\":{value},\"type\":\"hello\",\"input\":{{\"name\":\"\"}}}}"
            ),
            format!("parity::actions::EchoInput\n{{\"value\":{value}}}"),
            format!("parity::actions::HelloInput\n{{\"name\":{value}}}"),
            format!("parity::actions::HelloInput\n{{\"name\":\"a\",\"more\":{value}}}"),
            format!("shapes::actions::MapsInput\n{{\"counts\":{{\"a\":{value}}}}}"),
        ] {
            seeds.insert(text.into_bytes());
        }
    }
    seeds
}

/// A body that an operation accepts.
fn body(operation: &str) -> Value {
    let user = json!({ "id": "user_1", "tags": { "id": "u" } });
    let conversation = json!({ "id": "conv_1", "channel": "channel", "tags": { "id": "c" } });
    let message = json!({ "id": "msg_1", "type": "text", "tags": {}, "direction": "outgoing" });
    match operation {
        "action_triggered" => json!({ "type": "hello", "input": { "name": "Ada" } }),
        "register" | "unregister" => json!({ "webhookUrl": "https://webhook.example/wh_1" }),
        "create_user" => json!({ "tags": { "id": "1" } }),
        "create_conversation" => json!({ "channel": "channel", "tags": { "id": "1" } }),
        "webhook" | "webhook_received" => json!({
            "req": { "method": "POST", "path": "/a", "query": "b=c", "headers": { "x": "1" }, "body": "{}" }
        }),
        _ => json!({
            "type": "text", "payload": { "text": "hi" }, "conversation": conversation, "user": user,
            "message": message, "currentMessage": message, "previousMessage": message
        }),
    }
}

/// The definitions of the repository, including the invalid ones, and the files of other folders.
fn texts(folders: &[PathBuf]) -> Vec<Vec<u8>> {
    let own = [
        scratch::definitions(),
        scratch::definitions().join("../tests/fixtures"),
    ];
    let paths = own.iter().chain(folders).flat_map(|folder| files(folder));
    paths.filter_map(|path| fs::read(path).ok()).collect()
}

/// The files of a folder and of its subfolders.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = scratch::files(folder);
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut folders: Vec<_> = entries
        .map(|entry| entry.path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    found.extend(folders.iter().flat_map(|folder| files(folder)));
    found
}
