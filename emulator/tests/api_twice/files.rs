//! Files.

use bytes::Bytes;
use serde_json::{Value, json};

use crate::backend::{Backend, assert_has, path_of};

const FILES: &str = "/v1/files";

/// Uploads a content, whatever the host of the address is.
async fn upload(api: &Backend, file: &Value, content: &str) -> u16 {
    let address = file["uploadUrl"].as_str().unwrap();
    let path = address
        .find("/uploads/")
        .map(|start| &address[start..])
        .unwrap();
    api.send("PUT", path, Bytes::from(content.to_owned()))
        .await
        .status
}

pub(crate) async fn a_file_is_described_and_uploaded(api: &Backend) {
    let body = json!({ "key": "a", "size": 5, "tags": { "t": "1" }, "metadata": { "m": [1] } });
    let file = api.put(FILES, body).await.field("file");
    let expected = json!({
        "key": "a", "tags": { "t": "1" }, "metadata": { "m": [1] }, "contentType": "application/octet-stream",
    });
    assert_has(&file, &expected);
    assert!(file["url"].is_string());
    assert_eq!(upload(api, &file, "hello").await, 200);
    let found = api.get(&path_of(FILES, &file)).await.field("file");
    assert_has(&found, &expected);
    assert_eq!(found["id"], file["id"]);
    api.delete(&path_of(FILES, &file)).await.empty();
    api.get(&path_of(FILES, &file)).await.not_found();
}

pub(crate) async fn a_known_key_keeps_its_id(api: &Backend) {
    let describe = async |tags: Value| {
        let body = json!({ "key": "a", "size": 1, "tags": tags });
        api.put(FILES, body).await.field("file")
    };
    let first = describe(json!({ "old": "1" })).await;
    let second = describe(json!({ "new": "1" })).await;
    assert_eq!(second["id"], first["id"]);
    assert_eq!(second["tags"], json!({ "new": "1" }));
    let listed = api.get(FILES).await.field("files");
    assert_eq!(listed.as_array().unwrap().len(), 1);
}

pub(crate) async fn tags_and_metadata_of_files_are_merged(api: &Backend) {
    let body = json!({
        "key": "a", "size": 1, "tags": { "a": "1", "b": "2" }, "metadata": { "a": 1, "b": 2 },
    });
    let file = api.put(FILES, body).await.field("file");
    let change = json!({ "tags": { "a": null, "c": "3" }, "metadata": { "a": null, "c": "" } });
    let changed = api.put(&path_of(FILES, &file), change).await.field("file");
    let expected = json!({ "tags": { "b": "2", "c": "3" }, "metadata": { "b": 2, "c": "" } });
    assert_has(&changed, &expected);
}

pub(crate) async fn files_are_filtered(api: &Backend) {
    let mut files = Vec::new();
    for (key, color) in [("a", "red"), ("b", "blue"), ("c", "green")] {
        let body =
            json!({ "key": key, "size": 1, "tags": { "color": color }, "index": key == "a" });
        files.push(api.put(FILES, body).await.field("file"));
    }
    let list = async |query: &str| {
        let listed = api.get(&format!("{FILES}?{query}")).await.field("files");
        let keys = listed.as_array().unwrap().iter();
        let mut keys: Vec<_> = keys
            .map(|file| file["key"].as_str().unwrap().to_owned())
            .collect();
        keys.sort_unstable();
        keys.join("")
    };
    assert_eq!(list("tags.color=red").await, "a");
    assert_eq!(
        list("tags.color=red&tags.color=blue").await,
        "ab",
        "alternatives"
    );
    let ids = [&files[0], &files[2]].map(|file| format!("ids={}", file["id"].as_str().unwrap()));
    assert_eq!(list(&ids.join("&")).await, "ac");
    assert_eq!(list("indexed=true").await, "a");
    assert_eq!(list("indexed=false").await, "bc");
}
