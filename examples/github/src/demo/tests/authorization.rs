//! The authorization of an OAuth app.

use super::test_app::{TestApp, too_quiet};
use crate::demo::payloads::OWNER;
use crate::demo::setting;
use crate::github::ConfigurationType;

#[tokio::test]
async fn an_app_gets_a_token_by_the_whole_flow_and_its_code_is_good_once() {
    let test_app = TestApp::of(ConfigurationType::Oauth).await;
    let input = too_quiet(OWNER);
    let create = || test_app.harness.actions().create_issue(&input);
    let before = create().await.unwrap_err();
    assert_eq!(before.status, 400, "{before:?}");
    assert_eq!(
        before.error.message,
        "No GitHub user has authorized the app yet"
    );

    let query = setting::start_query("webhook-1").unwrap();
    let start = test_app.visit("/oauth/start", &query).await;
    let page = format!("{}/login/oauth/authorize", test_app.github);
    assert!(start.location.starts_with(&page), "{start:?}");
    let query = test_app.agree(&start.location).await;
    let finish = test_app.visit("/oauth/callback", &query).await;
    let interstitial = "https://app.botpress.test/oauth/interstitial";
    assert_eq!(finish.location, format!("{interstitial}?success=true"));
    create().await.unwrap();

    let again = test_app.visit("/oauth/callback", &query).await;
    assert!(again.location.contains("success=false"), "{again:?}");
    let elsewhere = query.replace("webhook-1", "webhook-2");
    assert_ne!(elsewhere, query);
    let refused = test_app.visit("/oauth/callback", &elsewhere).await;
    assert!(refused.location.contains("success=false"), "{refused:?}");
    assert_eq!(
        refused.calls, [""; 0],
        "a foreign state sends no request to GitHub"
    );
}

#[tokio::test]
async fn a_stranger_cannot_begin_an_authorization() {
    let test_app = TestApp::of(ConfigurationType::Oauth).await;
    let of_another = setting::start_query("webhook-2").unwrap();
    for query in ["", "key=", "key=webhook-1", &of_another] {
        let refused = test_app.visit("/oauth/start", query).await;
        assert_eq!((refused.status, refused.location.as_str()), (403, ""));
        assert_eq!(refused.calls, [""; 0]);
    }
}
