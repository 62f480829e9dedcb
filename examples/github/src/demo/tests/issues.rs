//! Failures of the action `createIssue`.

use super::test_app::{TestApp, too_quiet};
use crate::demo::payloads::OWNER;
use crate::github::{Configuration, ConfigurationType, PersonalAccessTokenConfiguration};

#[tokio::test]
async fn a_refusal_of_github_is_explained_and_logged_whole() {
    let configuration = PersonalAccessTokenConfiguration::new("another-token");
    let test_app = TestApp::with(Configuration::PersonalAccessToken(configuration)).await;
    let input = too_quiet(OWNER);
    let refused = test_app.harness.actions().create_issue(&input);
    let refused = refused.await.unwrap_err();
    assert_eq!(refused.status, 400);
    assert_eq!(refused.error.message, "Could not create the issue");
    let log = test_app.harness.log().text();
    assert!(log.contains("401 Unauthorized: Bad credentials"), "{log}");
    assert!(!log.contains("another-token"), "{log}");
}

#[tokio::test]
async fn a_name_that_would_change_the_path_is_not_sent() {
    let test_app = TestApp::of(ConfigurationType::PersonalAccessToken).await;
    let input = too_quiet("..");
    let refused = test_app.harness.actions().create_issue(&input);
    assert_eq!(refused.await.unwrap_err().status, 400);
    assert!(test_app.take_calls().is_empty());
    assert!(test_app.harness.requests().is_empty());
}
