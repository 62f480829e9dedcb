use http::Method;
use serde_json::{Value, json};

use crate::bench::{Bench, workspace};

#[tokio::test]
async fn a_workspace_is_found_by_its_id_and_by_its_handle() {
    let bench = Bench::new().await;
    let id = &bench.emulator.workspace_id;
    let by_id = bench.get(&format!("/v1/admin/workspaces/{id}")).await;
    assert_eq!(by_id["handle"], "acme");
    assert_eq!(by_id["name"], "Workspace acme");
    let by_handle = bench.get("/v1/admin/workspaces?handle=acme").await;
    assert_eq!(by_handle["workspaces"], json!([by_id]));
    let none = bench.get("/v1/admin/workspaces?handle=other").await;
    assert_eq!(none, json!({ "workspaces": [], "meta": {} }));
}

#[tokio::test]
async fn workspaces_are_listed_without_the_header_and_on_pages() {
    let bench = Bench::new().await;
    let account = bench
        .emulator
        .admin
        .create_account(crate::bench::TOKEN)
        .unwrap();
    for number in 0..24 {
        let new = workspace(&format!("more-{number}"));
        bench
            .emulator
            .admin
            .create_workspace(&account, &new)
            .unwrap();
    }
    let (status, first) = bench
        .get_with("/v1/admin/workspaces", "x-workspace-id", "")
        .await;
    assert_eq!(status, 200);
    assert_eq!(first["workspaces"].as_array().unwrap().len(), 20);
    let token = first["meta"]["nextToken"].as_str().unwrap();
    let second = bench
        .get(&format!("/v1/admin/workspaces?nextToken={token}"))
        .await;
    assert_eq!(second["workspaces"].as_array().unwrap().len(), 5);
    assert_eq!(second["meta"], json!({}));
}

#[tokio::test]
async fn a_free_handle_is_claimed_and_one_in_use_is_not() {
    let bench = Bench::new().await;
    let other = bench
        .emulator
        .admin
        .create_account("another token")
        .unwrap();
    bench
        .emulator
        .admin
        .create_workspace(&other, &workspace("taken"))
        .unwrap();
    let availability = |handle: &str| json!({ "handle": handle });
    let path = "/v1/admin/workspaces/handle-availability";
    let free = bench.done(Method::PUT, path, &availability("acme-2")).await;
    assert_eq!(free, json!({ "available": true, "suggestions": [] }));
    let used = bench.done(Method::PUT, path, &availability("acme")).await;
    assert_eq!(used["available"], false);
    assert_eq!(used["usedBy"], bench.emulator.workspace_id.as_str());
    assert_eq!(used["suggestions"][0], "acme-2");

    let own = format!("/v1/admin/workspaces/{}", bench.emulator.workspace_id);
    let claimed = bench.done(Method::PUT, &own, &availability("acme-2")).await;
    assert_eq!(claimed["handle"], "acme-2");
    let (kind, _) = bench
        .refused(Method::PUT, &own, &availability("taken"))
        .await;
    assert_eq!(kind, "AlreadyExists");
}

#[tokio::test]
async fn an_emulator_of_one_author_accepts_any_token_for_one_workspace() {
    let bench = Bench::new().await;
    let admin = &bench.emulator.admin;
    admin.accept_any_token(&workspace("local")).unwrap();
    admin.accept_any_token(&workspace("local")).unwrap();
    let mut ids = Vec::new();
    for token in ["Bearer one", "Bearer another", "Bearer one"] {
        let (status, listed) = bench
            .get_with("/v1/admin/workspaces", "authorization", token)
            .await;
        assert_eq!(status, 200);
        let listed = listed["workspaces"].as_array().unwrap();
        assert_eq!(listed.len(), 1);
        assert_eq!(listed[0]["handle"], "local");
        ids.push(listed[0]["id"].clone());
    }
    assert!(ids.iter().all(|id| *id == ids[0]));
    // A known token keeps its account.
    let own = bench.get("/v1/admin/workspaces").await;
    assert_eq!(own["workspaces"][0]["handle"], "acme");
}

#[tokio::test]
async fn the_workspaces_of_another_account_are_hidden() {
    let bench = Bench::new().await;
    let other = bench
        .emulator
        .admin
        .create_account("another token")
        .unwrap();
    let hidden = bench
        .emulator
        .admin
        .create_workspace(&other, &workspace("other"))
        .unwrap();
    let path = format!("/v1/admin/workspaces/{hidden}");
    let (kind, _) = bench.refused(Method::GET, &path, &Value::Null).await;
    assert_eq!(kind, "ResourceNotFound");
    let listed = bench.get("/v1/admin/workspaces").await;
    assert_eq!(listed["workspaces"].as_array().unwrap().len(), 1);
    let (status, error) = bench
        .get_with("/v1/admin/integrations", "x-workspace-id", &hidden)
        .await;
    assert_eq!((status, error["type"].as_str()), (403, Some("Forbidden")));
}
