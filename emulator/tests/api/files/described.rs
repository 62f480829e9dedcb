//! The descriptions of files.

use serde_json::{Value, json};

use super::{PATH, download, upload, upsert};
use crate::bench::Bench;

#[test]
fn an_update_merges_tags_and_metadata() {
    let bench = Bench::new();
    let file = upsert(
        &bench,
        &json!({ "key": "a", "size": 1, "tags": { "a": "1", "b": "2" }, "metadata": { "a": 1, "b": 2 } }),
    );
    let change = json!({
        "tags": { "a": null, "c": "3" }, "metadata": { "a": null, "c": 3 },
        "expiresAt": "2023-11-15T00:00:30.000Z",
    });
    let path = format!("{PATH}/{}", file["id"].as_str().unwrap());
    let changed = bench.put(&path, &change).field("file");
    assert_eq!(changed["tags"], json!({ "b": "2", "c": "3" }));
    assert_eq!(changed["metadata"], json!({ "b": 2, "c": 3 }));
    assert_eq!(
        changed["expiresAt"], "2023-11-15T00:00:00.000Z",
        "seconds are ignored"
    );
    let removed = bench
        .put(&path, &json!({ "expiresAt": null }))
        .field("file");
    assert_eq!(removed.get("expiresAt"), None);
}

#[test]
fn a_file_expires() {
    let bench = Bench::new();
    let file = upsert(
        &bench,
        &json!({ "key": "a", "size": 1, "expiresAt": "2023-11-14T22:15:00.000Z" }),
    );
    upload(&bench, &file, "x");
    bench.clock.advance(100_000);
    assert_eq!(bench.get(&format!("{PATH}/a")).status, 404);
    assert_eq!(download(&bench, &file).status(), 404);
    assert_eq!(bench.get(PATH).field("files"), json!([]));
    let anew = upsert(&bench, &json!({ "key": "a", "size": 1 }));
    assert_ne!(anew["id"], file["id"]);
    for wrong in ["2023-11-14T22:00:00.000Z", "2024-03-01T00:00:00.000Z"] {
        let body = json!({ "key": "b", "size": 1, "expiresAt": wrong });
        assert_eq!(bench.put(PATH, &body).kind(), "InvalidPayload");
    }
}

#[test]
fn files_are_listed_by_tags_ids_and_in_any_order() {
    let bench = Bench::new();
    let create =
        |key: &str, tags: Value| upsert(&bench, &json!({ "key": key, "size": 1, "tags": tags }));
    let b = create("b", json!({ "color": "red" }));
    let a = create("a", json!({ "color": "blue", "size": "xl" }));
    let c = create("c", json!({}));
    let list = |query: &str| {
        let files = bench.get(&format!("{PATH}?{query}")).field("files");
        let keys = files.as_array().unwrap().iter();
        keys.map(|file| file["key"].as_str().unwrap())
            .collect::<Vec<_>>()
            .join("")
    };
    assert_eq!(list(""), "cab");
    assert_eq!(list("sortField=key&sortDirection=asc"), "abc");
    assert_eq!(list("sortField=key&sortDirection=desc"), "cba");
    assert_eq!(list("tags.color=red"), "b");
    assert_eq!(list("tags.color=red&tags.color=blue"), "ab", "alternatives");
    assert_eq!(list("tags.color=blue&tags.size=xl"), "a");
    assert_eq!(list("tags.color.not=red"), "ca");
    assert_eq!(
        list("tags=%7B%22color%22%3A%7B%22not%22%3A%5B%22red%22%5D%7D%7D"),
        "ca"
    );
    let ids = [&c, &b].map(|file| format!("ids={}", file["id"].as_str().unwrap()));
    assert_eq!(list(&ids.join("&")), "cb");
    assert_eq!(list("indexed=true"), "");
    let first = bench.get(&format!(
        "{PATH}?sortField=key&sortDirection=asc&pageSize=1"
    ));
    assert_eq!(first.field("files")[0]["id"], a["id"]);
    let token = first.field("meta")["nextToken"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(
        list(&format!(
            "sortField=key&sortDirection=asc&pageSize=1&nextToken={token}"
        )),
        "b"
    );
    let names = bench.get(&format!("{PATH}/tags")).field("tags");
    assert_eq!(names, json!(["color", "size"]));
    let values = bench
        .get(&format!("{PATH}/tags/color/values"))
        .field("values");
    assert_eq!(values, json!(["blue", "red"]));
    let page = bench.get(&format!("{PATH}/tags?pageSize=1"));
    assert_eq!(page.field("tags"), json!(["color"]));
    let token = page.field("meta")["nextToken"].as_str().unwrap().to_owned();
    let page = bench.get(&format!("{PATH}/tags?pageSize=1&nextToken={token}"));
    assert_eq!(
        (page.field("tags"), page.field("meta")),
        (json!(["size"]), json!({}))
    );
}

#[test]
fn a_deleted_file_is_gone() {
    let bench = Bench::new();
    let file = upsert(&bench, &json!({ "key": "a", "size": 1 }));
    upload(&bench, &file, "x");
    let path = format!("{PATH}/{}", file["id"].as_str().unwrap());
    bench.delete(&path).empty();
    assert_eq!(bench.get(&path).kind(), "ResourceNotFound");
    assert_eq!(download(&bench, &file).status(), 404);
}

#[test]
fn files_have_limits() {
    let bench = Bench::new();
    let refusal = |body: Value| bench.put(PATH, &body).kind().to_owned();
    assert_eq!(
        refusal(json!({ "key": "a", "size": 104_857_601 })),
        "LimitExceeded"
    );
    assert_eq!(refusal(json!({ "key": "", "size": 1 })), "InvalidPayload");
    assert_eq!(
        refusal(json!({ "key": "a", "size": 1, "tags": { "a": "x".repeat(1001) } })),
        "InvalidPayload"
    );
    assert_eq!(
        refusal(json!({ "key": "a", "size": 1, "accessPolicies": ["all"] })),
        "InvalidPayload"
    );
    assert_eq!(
        refusal(json!({ "key": "a", "size": 1, "indexing": { "configuration": { "typo": 1 } } })),
        "InvalidPayload"
    );
    let ids = (0..51)
        .map(|number| format!("ids={number}"))
        .collect::<Vec<_>>()
        .join("&");
    assert_eq!(bench.get(&format!("{PATH}?{ids}")).kind(), "InvalidQuery");
}
