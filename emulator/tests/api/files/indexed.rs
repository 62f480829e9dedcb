//! What is found in files.

use serde_json::json;

use super::{PATH, get, upload, upsert};
use crate::bench::Bench;

#[test]
fn texts_are_indexed_and_found() {
    let bench = Bench::new();
    let file = upsert(
        &bench,
        &json!({ "key": "faq.txt", "size": 1, "index": true, "tags": { "t": "1" } }),
    );
    upload(
        &bench,
        &file,
        "Opening hours are nine to five.\n\nWe sell tea.",
    );
    let stored = get(&bench, &file);
    assert_eq!(stored["status"], "indexing_completed");
    assert_eq!(
        bench.get(&format!("{PATH}?indexed=true")).field("files"),
        json!([stored])
    );
    let path = format!("{PATH}/{}/passages", file["id"].as_str().unwrap());
    let passages = bench.get(&path).field("passages");
    assert_eq!(passages[1]["content"], "We sell tea.");
    let found = bench
        .get(&format!("{PATH}/search?query=which%20hours"))
        .field("passages");
    assert_eq!(found.as_array().unwrap().len(), 1);
    assert_eq!(found[0]["content"], "Opening hours are nine to five.");
    assert_eq!(found[0]["file"]["key"], "faq.txt");
    assert_eq!(
        bench
            .get(&format!("{PATH}/search?query=hours&tags.t=2"))
            .field("passages"),
        json!([])
    );
    let body = json!({ "passages": [{ "content": "Closed." }, { "content": "Title", "type": "title", "pageNumber": 2 }] });
    bench.put(&path, &body).empty();
    let first = bench.get(&format!("{path}?limit=1"));
    assert_eq!(first.field("passages")[0]["content"], "Closed.");
    let token = first.field("meta")["nextToken"]
        .as_str()
        .unwrap()
        .to_owned();
    let second = bench
        .get(&format!("{path}?limit=1&nextToken={token}"))
        .field("passages");
    assert_eq!(
        second[0]["meta"],
        json!({ "type": "chunk", "subtype": "title", "position": 1, "pageNumber": 2 })
    );
    assert_eq!(
        bench
            .get(&format!("{PATH}/search?query=hours"))
            .field("passages"),
        json!([])
    );
    let image = upsert(&bench, &json!({ "key": "a.png", "size": 1, "index": true }));
    upload(&bench, &image, "x");
    let image = get(&bench, &image);
    assert_eq!(image["status"], "indexing_failed");
    assert_eq!(
        image["failedStatusReason"],
        "the emulator indexes texts only"
    );
}

#[test]
fn a_copy_is_found_too_and_the_limit_counts_passages() {
    let bench = Bench::new();
    let file = upsert(&bench, &json!({ "key": "a.txt", "size": 1, "index": true }));
    upload(&bench, &file, "tea one");
    upsert(&bench, &json!({ "key": "b.txt", "size": 1 }));
    bench
        .post(&format!("{PATH}/a.txt/c.txt"), &json!({}))
        .field("file");
    let search = |limit: u32| {
        let path = format!("{PATH}/search?query=tea&limit={limit}");
        let passages = bench.get(&path).field("passages");
        passages.as_array().unwrap().len()
    };
    assert_eq!((search(1), search(5)), (1, 2));
}

#[test]
fn hits_of_a_file_can_be_consolidated() {
    let bench = Bench::new();
    let file = upsert(
        &bench,
        &json!({ "key": "faq.txt", "size": 1, "index": true }),
    );
    upload(&bench, &file, "tea one\n\ntea two");
    let search = |more: &str| {
        bench
            .get(&format!("{PATH}/search?query=tea{more}"))
            .field("passages")
    };
    assert_eq!(search("").as_array().unwrap().len(), 2);
    assert_eq!(search("&limit=1").as_array().unwrap().len(), 1);
    let joined = search("&consolidate=true");
    assert_eq!(joined[0]["content"], "tea one\n\ntea two");
    assert_eq!(joined[0]["meta"], json!({ "type": "consolidated" }));
}

#[test]
fn knowledge_bases_are_created_changed_and_deleted() {
    let bench = Bench::new();
    let path = "/v1/files/knowledge-bases";
    let body = json!({ "name": "docs", "tags": { "a": "1" } });
    let created = bench.post(path, &body).field("knowledgeBase");
    assert!(created["id"].as_str().unwrap().starts_with("kb_"));
    assert_eq!(
        (&created["name"], &created["tags"]),
        (&json!("docs"), &json!({ "a": "1" }))
    );
    let own = format!("{path}/{}", created["id"].as_str().unwrap());
    let change = json!({ "name": "more", "tags": { "a": null, "b": "2" } });
    let changed = bench.put(&own, &change).field("knowledgeBase");
    assert_eq!(
        (&changed["name"], &changed["tags"]),
        (&json!("more"), &json!({ "b": "2" }))
    );
    let listed = bench
        .get(&format!("{path}?tags.b=2"))
        .field("knowledgeBases");
    assert_eq!(listed[0]["name"], "more");
    assert_eq!(
        bench
            .get(&format!("{path}?tags.b=3"))
            .field("knowledgeBases"),
        json!([])
    );
    bench.delete(&own).empty();
    assert_eq!(bench.delete(&own).kind(), "ResourceNotFound");
}
