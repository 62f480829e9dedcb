//! The webhook of a repository, which `register` manages.

use serde_json::json;

use super::test_app::{TestApp, WEBHOOK_URL};
use crate::demo::github_service::HOOK_ID;
use crate::github::{ConfigurationType, RepositoryWebhookState};

const HOOKS: &str = "/repos/octo-org/hello-world/hooks";

async fn test_app() -> TestApp {
    TestApp::of(ConfigurationType::PersonalAccessToken).await
}

/// The requests to GitHub that register a hook, after the check of the token.
fn take_calls(test_app: &TestApp) -> Vec<(String, u16)> {
    let calls = test_app.take_calls();
    let calls = calls.iter().filter(|call| call.path != "/rate_limit");
    calls
        .map(|call| (format!("{} {}", call.method, call.path), call.status))
        .collect()
}

/// Stores a hook as if it were registered before.
async fn store(test_app: &TestApp, hook: i64, repository: &str) {
    let known = RepositoryWebhookState::new(hook, repository);
    let states = test_app.harness.client().states();
    states.repository_webhook().set(&known).await.unwrap();
}

async fn stored(test_app: &TestApp) -> RepositoryWebhookState {
    let states = test_app.harness.client().states();
    states.repository_webhook().get().await.unwrap().unwrap()
}

fn registered() -> RepositoryWebhookState {
    let hook = i64::try_from(HOOK_ID).unwrap();
    RepositoryWebhookState::new(hook, "octo-org/hello-world")
}

#[tokio::test]
async fn a_hook_that_is_known_is_changed_and_no_second_one_is_made() {
    let test_app = test_app().await;
    test_app.harness.register(WEBHOOK_URL).await.unwrap();
    assert_eq!(take_calls(&test_app), [(format!("POST {HOOKS}"), 201)]);
    assert_eq!(stored(&test_app).await, registered());

    let moved = "https://webhook.elsewhere.test/webhook-1";
    test_app.harness.register(moved).await.unwrap();
    let calls = test_app.take_calls();
    let [_, change] = calls.as_slice() else {
        panic!("unexpected requests to GitHub: {calls:?}");
    };
    assert_eq!(
        (change.method.as_str(), &change.path, change.status),
        ("PATCH", &format!("{HOOKS}/{HOOK_ID}"), 200)
    );
    assert_eq!(change.body["config"]["url"], moved);
    assert_eq!(change.body["events"], json!(["issues"]));
    assert_eq!(stored(&test_app).await, registered());
}

#[tokio::test]
async fn a_removed_hook_is_created_again() {
    let test_app = test_app().await;
    store(&test_app, 7, "octo-org/hello-world").await;
    test_app.harness.register(WEBHOOK_URL).await.unwrap();
    let expected = [
        (format!("PATCH {HOOKS}/7"), 404),
        (format!("POST {HOOKS}"), 201),
    ];
    assert_eq!(take_calls(&test_app), expected);
    assert_eq!(stored(&test_app).await, registered());
}

#[tokio::test]
async fn the_hook_of_another_repository_is_not_changed() {
    let test_app = test_app().await;
    store(&test_app, 7, "octo-org/another").await;
    test_app.harness.register(WEBHOOK_URL).await.unwrap();
    assert_eq!(take_calls(&test_app), [(format!("POST {HOOKS}"), 201)]);
    assert_eq!(stored(&test_app).await, registered());
}

#[tokio::test]
async fn a_hook_is_removed_with_the_installation() {
    let test_app = test_app().await;
    store(&test_app, 7, "octo-org/hello-world").await;
    test_app.harness.unregister(WEBHOOK_URL).await.unwrap();
    assert_eq!(take_calls(&test_app), [(format!("DELETE {HOOKS}/7"), 204)]);
    let states = test_app.harness.client().states();
    assert_eq!(states.repository_webhook().get().await.unwrap(), None);
}
