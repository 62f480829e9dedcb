//! The authorization of an OAuth app.

use contexture::testing::Visitor;

use super::test_app::{LINK, TestApp, too_quiet};
use crate::demo::payloads::OWNER;
use crate::github::ConfigurationType;

const INTERSTITIAL: &str = "https://app.botpress.test/oauth/interstitial";

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

    let mut visitor = Visitor::new();
    let start = test_app.visit(&visitor, LINK).await;
    visitor.keep(&start.response);
    let page = format!("{}/login/oauth/authorize", test_app.github);
    assert!(start.location.starts_with(&page), "{start:?}");
    let back = test_app.agree(&start.location).await;

    let of_another_browser = test_app.visit(&Visitor::new(), &back).await;
    assert_eq!(of_another_browser.status, 403);
    assert_eq!(
        of_another_browser.calls, [""; 0],
        "nothing is asked of GitHub"
    );
    let elsewhere = back.replace("webhook-1", "webhook-2");
    assert_ne!(elsewhere, back);
    assert_eq!(test_app.visit(&visitor, &elsewhere).await.status, 403);

    let finish = test_app.visit(&visitor, &back).await;
    assert_eq!(finish.location, format!("{INTERSTITIAL}?success=true"));
    let configured = r#"POST /v1/chat/integrations/configure {"identifier":"webhook-1"}"#;
    assert!(
        finish.calls.iter().any(|call| call == configured),
        "{finish:?}"
    );
    create().await.unwrap();

    let again = test_app.visit(&visitor, &back).await;
    assert_eq!((again.status, again.calls), (403, Vec::new()));
}

#[tokio::test]
async fn a_person_who_does_not_agree_is_told_so() {
    let test_app = TestApp::of(ConfigurationType::Oauth).await;
    let mut visitor = Visitor::new();
    visitor.keep(&test_app.visit(&visitor, LINK).await.response);
    let denied = test_app
        .visit(&visitor, "/oauth?error=access_denied&state=webhook-1")
        .await;
    assert!(denied.location.contains("success=false"), "{denied:?}");
    assert!(
        denied.location.contains("GitHub+did+not+authorize+the+app"),
        "{denied:?}"
    );
}

#[tokio::test]
async fn a_stranger_cannot_replace_the_connected_account() {
    let test_app = TestApp::of(ConfigurationType::Oauth).await;
    let mut visitor = Visitor::new();
    let start = test_app.visit(&visitor, LINK).await;
    visitor.keep(&start.response);
    let back = test_app.agree(&start.location).await;
    test_app.visit(&visitor, &back).await;
    let stranger = test_app.visit(&Visitor::new(), LINK).await;
    assert_eq!((stranger.status, stranger.location.as_str()), (200, ""));
    let page = String::from_utf8_lossy(stranger.response.body());
    assert!(page.contains("GitHub is connected"), "{page}");
}

#[tokio::test]
async fn a_personal_access_token_needs_no_authorization() {
    let test_app = TestApp::of(ConfigurationType::PersonalAccessToken).await;
    let refused = test_app.visit(&Visitor::new(), LINK).await;
    assert!(refused.location.contains("success=false"), "{refused:?}");
}
