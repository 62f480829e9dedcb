//! The webhook of a repository, which `register` manages.

use serde_json::json;

use super::test_app::{TestApp, WEBHOOK_URL};
use crate::demo::github_service::HOOK_ID;
use crate::github::{ConfigurationType, RepositoryWebhookState};

const HOOKS: &str = "/repos/octo-org/hello-world/hooks";

async fn bench() -> TestApp {
    TestApp::of(ConfigurationType::PersonalAccessToken).await
}

/// The requests to GitHub that register a hook, after the check of the token.
fn take_calls(bench: &TestApp) -> Vec<(String, u16)> {
    let calls = bench.take_calls();
    let calls = calls.iter().filter(|call| call.path != "/rate_limit");
    calls
        .map(|call| (format!("{} {}", call.method, call.path), call.status))
        .collect()
}

/// Stores a hook as if it were registered before.
async fn store(bench: &TestApp, hook: i64, repository: &str) {
    let known = RepositoryWebhookState::new(hook, repository);
    let states = bench.harness.client().states();
    states.repository_webhook().set(&known).await.unwrap();
}

async fn stored(bench: &TestApp) -> RepositoryWebhookState {
    let states = bench.harness.client().states();
    states.repository_webhook().get().await.unwrap().unwrap()
}

fn registered() -> RepositoryWebhookState {
    let hook = i64::try_from(HOOK_ID).unwrap();
    RepositoryWebhookState::new(hook, "octo-org/hello-world")
}

#[tokio::test]
async fn a_hook_that_is_known_is_changed_and_no_second_one_is_made() {
    let bench = bench().await;
    bench.harness.register(WEBHOOK_URL).await.unwrap();
    assert_eq!(take_calls(&bench), [(format!("POST {HOOKS}"), 201)]);
    assert_eq!(stored(&bench).await, registered());

    let moved = "https://webhook.elsewhere.test/webhook-1";
    bench.harness.register(moved).await.unwrap();
    let calls = bench.take_calls();
    let [_, change] = calls.as_slice() else {
        panic!("unexpected requests to GitHub: {calls:?}");
    };
    assert_eq!(
        (change.method.as_str(), &change.path, change.status),
        ("PATCH", &format!("{HOOKS}/{HOOK_ID}"), 200)
    );
    assert_eq!(change.body["config"]["url"], moved);
    assert_eq!(change.body["events"], json!(["issues"]));
    assert_eq!(stored(&bench).await, registered());
}

#[tokio::test]
async fn a_removed_hook_is_created_again() {
    let bench = bench().await;
    store(&bench, 7, "octo-org/hello-world").await;
    bench.harness.register(WEBHOOK_URL).await.unwrap();
    let expected = [
        (format!("PATCH {HOOKS}/7"), 404),
        (format!("POST {HOOKS}"), 201),
    ];
    assert_eq!(take_calls(&bench), expected);
    assert_eq!(stored(&bench).await, registered());
}

#[tokio::test]
async fn the_hook_of_another_repository_is_not_changed() {
    let bench = bench().await;
    store(&bench, 7, "octo-org/another").await;
    bench.harness.register(WEBHOOK_URL).await.unwrap();
    assert_eq!(take_calls(&bench), [(format!("POST {HOOKS}"), 201)]);
    assert_eq!(stored(&bench).await, registered());
}

#[tokio::test]
async fn a_hook_is_removed_with_the_installation() {
    let bench = bench().await;
    store(&bench, 7, "octo-org/hello-world").await;
    bench.harness.unregister(WEBHOOK_URL).await.unwrap();
    assert_eq!(take_calls(&bench), [(format!("DELETE {HOOKS}/7"), 204)]);
    let states = bench.harness.client().states();
    assert_eq!(states.repository_webhook().get().await.unwrap(), None);
}
