//! Files.

use bytes::Bytes;
use contexture_emulator::storage::Storage;
use http::{Request, Response};
use serde_json::{Value, json};

use crate::bench::{BOT, Bench, OTHER_BOT, OTHER_INTEGRATION};

const PATH: &str = "/v1/files";

fn upsert(bench: &Bench, body: &Value) -> Value {
    bench.put(PATH, body).field("file")
}

/// The path of an address of the emulator.
fn path_of(address: &Value) -> &str {
    let address = address.as_str().unwrap();
    address.strip_prefix("http://localhost:1").unwrap()
}

fn upload(bench: &Bench, file: &Value, content: &str) -> Response<Bytes> {
    let request = Request::put(path_of(&file["uploadUrl"])).body(Bytes::from(content.to_owned()));
    bench.send_raw(&request.unwrap())
}

fn download(bench: &Bench, file: &Value) -> Response<Bytes> {
    let request = Request::get(path_of(&file["url"])).body(Bytes::new());
    bench.send_raw(&request.unwrap())
}

fn get(bench: &Bench, file: &Value) -> Value {
    let id = file["id"].as_str().unwrap();
    bench.get(&format!("{PATH}/{id}")).field("file")
}

#[test]
fn a_file_is_described_uploaded_and_downloaded() {
    let bench = Bench::new();
    let body = json!({
        "key": "docs/a.txt", "size": 5, "tags": { "kind": "note" }, "metadata": { "a": [1] },
        "accessPolicies": ["public_content"],
    });
    let file = upsert(&bench, &body);
    let id = file["id"].as_str().unwrap();
    assert!(id.starts_with("file_"));
    let expected = json!({
        "id": id,
        "botId": BOT,
        "key": "docs/a.txt",
        "url": file["url"],
        "size": null,
        "contentType": "text/plain",
        "tags": { "kind": "note" },
        "metadata": { "a": [1] },
        "createdAt": "2023-11-14T22:13:20.000Z",
        "updatedAt": "2023-11-14T22:13:20.000Z",
        "accessPolicies": ["public_content"],
        "index": false,
        "status": "upload_pending",
        "owner": { "type": "integration", "name": "acme", "alias": "acme" },
        "uploadUrl": file["uploadUrl"],
    });
    assert_eq!(file, expected);
    assert_eq!(
        download(&bench, &file).status(),
        404,
        "nothing is uploaded yet"
    );
    assert_eq!(upload(&bench, &file, "hello").status(), 200);
    let stored = get(&bench, &file);
    assert_eq!(
        (&stored["size"], &stored["status"]),
        (&json!(5), &json!("upload_completed"))
    );
    let content = download(&bench, &file);
    assert_eq!(content.headers()["content-type"], "text/plain");
    assert_eq!(content.body(), "hello");
    let by_key = bench.get(&format!("{PATH}/docs%2Fa.txt")).field("file");
    assert_eq!(by_key, stored);
}

#[test]
fn the_content_of_a_private_file_needs_its_address() {
    let bench = Bench::new();
    let file = upsert(&bench, &json!({ "key": "a", "size": 1 }));
    assert_eq!(file["contentType"], "application/octet-stream");
    upload(&bench, &file, "x");
    assert_eq!(download(&bench, &file).body(), "x");
    let guessed = format!("/contents/{}", file["id"].as_str().unwrap());
    let request = Request::get(guessed).body(Bytes::new()).unwrap();
    assert_eq!(bench.send_raw(&request).status(), 404);
    let public = json!({ "accessPolicies": ["public_content"] });
    let id = file["id"].as_str().unwrap();
    let file = bench.put(&format!("{PATH}/{id}"), &public).field("file");
    assert_eq!(file["url"], format!("http://localhost:1/contents/{id}"));
    assert_eq!(download(&bench, &file).body(), "x");
}

#[test]
fn an_upsert_of_a_known_key_keeps_the_id_and_drops_the_content() {
    let bench = Bench::new();
    let first = upsert(
        &bench,
        &json!({ "key": "a", "size": 1, "tags": { "old": "1" } }),
    );
    upload(&bench, &first, "x");
    bench.clock.advance(1000);
    let second = upsert(&bench, &json!({ "key": "a", "size": 1 }));
    assert_eq!(
        (&second["id"], &second["createdAt"]),
        (&first["id"], &first["createdAt"])
    );
    assert_eq!(
        (&second["status"], &second["tags"]),
        (&json!("upload_pending"), &json!({}))
    );
    assert_eq!(download(&bench, &second).status(), 404);
    assert_eq!(
        upload(&bench, &first, "y").status(),
        404,
        "the old address is gone"
    );
    assert_eq!(upload(&bench, &second, "y").status(), 200);
    assert_eq!(download(&bench, &second).body(), "y");
}

#[test]
fn a_file_that_is_public_at_once_needs_the_header_of_the_upload() {
    let bench = Bench::new();
    let body = json!({
        "key": "a", "size": 1, "accessPolicies": ["public_content"], "publicContentImmediatelyAccessible": true,
    });
    let file = upsert(&bench, &body);
    assert_eq!(upload(&bench, &file, "x").status(), 403);
    let request = Request::put(path_of(&file["uploadUrl"])).header("x-amz-tagging", "public=true");
    let request = request.body(Bytes::from("x")).unwrap();
    assert_eq!(bench.send_raw(&request).status(), 200);
}

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
fn contents_are_files_on_disk_and_end_with_their_file() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("emulator.sqlite");
    let bench = Bench::with_storage(Storage::open(&database).unwrap());
    let contents = || {
        std::fs::read_dir(folder.path().join("emulator.files"))
            .unwrap()
            .count()
    };
    let file = upsert(&bench, &json!({ "key": "a", "size": 1 }));
    for content in ["one", "two"] {
        upload(&bench, &file, content);
        assert_eq!(download(&bench, &file).body(), content);
        assert_eq!(contents(), 1);
    }
    let path = format!("{PATH}/{}", file["id"].as_str().unwrap());
    let copy = bench.post(&format!("{path}/b"), &json!({})).field("file");
    assert_eq!(download(&bench, &copy).body(), "two");
    assert_eq!(contents(), 2);
    bench.delete(&path).empty();
    assert_eq!(download(&bench, &copy).body(), "two");
    assert_eq!(contents(), 1);
}

#[test]
fn a_copy_does_not_overwrite_unless_told() {
    let bench = Bench::new();
    let source = upsert(
        &bench,
        &json!({ "key": "a", "size": 1, "tags": { "t": "1" } }),
    );
    upload(&bench, &source, "x");
    let known = upsert(&bench, &json!({ "key": "b", "size": 1 }));
    let path = format!("{PATH}/a/b");
    let refused = bench.post(&path, &json!({}));
    assert_eq!((refused.status, refused.kind()), (409, "AlreadyExists"));
    let copied = bench
        .post(&path, &json!({ "overwrite": true }))
        .field("file");
    assert_eq!(
        (&copied["id"], &copied["tags"]),
        (&known["id"], &json!({ "t": "1" }))
    );
    assert_eq!(download(&bench, &copied).body(), "x");
}

#[test]
fn a_copy_can_go_to_another_bot_that_has_the_integration() {
    let bench = Bench::new();
    let source = upsert(&bench, &json!({ "key": "a", "size": 1 }));
    upload(&bench, &source, "x");
    let copy = |bot: &str| {
        let mut request = bench.caller().request("POST", "/v1/files/a/b", &json!({}));
        request
            .headers_mut()
            .insert("x-destination-bot-id", bot.parse().unwrap());
        crate::bench::Answer::read(&bench.send_raw(&request))
    };
    assert_eq!(copy("bot_unknown").kind(), "Forbidden");
    let copied = copy(OTHER_BOT).field("file");
    assert_eq!(copied["botId"], OTHER_BOT);
    let there = bench.caller_of(OTHER_BOT, crate::bench::INTEGRATION, "acme");
    assert_eq!(there.send("GET", "/v1/files/b", &Value::Null).status, 200);
    assert_eq!(bench.get("/v1/files/b").status, 404);
}

#[test]
fn a_shared_file_can_be_read_and_not_changed_by_another_integration() {
    let bench = Bench::new();
    let file = upsert(
        &bench,
        &json!({ "key": "a", "size": 1, "accessPolicies": ["integrations"] }),
    );
    let other = bench.caller_of(BOT, OTHER_INTEGRATION, "other");
    let path = format!("{PATH}/{}", file["id"].as_str().unwrap());
    assert_eq!(
        other.send("GET", &path, &Value::Null).field("file")["id"],
        file["id"]
    );
    assert_eq!(other.send("PUT", &path, &json!({})).kind(), "Forbidden");
    assert_eq!(other.send("DELETE", &path, &json!({})).kind(), "Forbidden");
    let own = other
        .send("PUT", PATH, &json!({ "key": "a", "size": 1 }))
        .field("file");
    assert_ne!(own["id"], file["id"], "keys belong to an integration");
}

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
