//! The contents of files.

use bytes::Bytes;
use contexture_emulator::storage::Storage;
use http::Request;
use serde_json::json;

use super::{PATH, download, get, path_of, upload, upsert};
use crate::bench::{BOT, Bench};

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
