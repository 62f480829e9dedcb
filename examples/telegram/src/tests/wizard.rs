//! The pages behind the authorization link.

use contexture::testing::Visitor;

use super::test_app::{Answer, OTHER_TOKEN, TOKEN, TestApp};

#[tokio::test]
async fn the_link_opens_a_page_with_the_form_for_the_token() {
    let test_app = TestApp::without_token().await;
    let (_, page) = test_app.open_link().await;
    let page = Answer::from(page);
    page.is_ok();
    assert!(page.body.contains("type=\"password\""), "{page:?}");
    let elsewhere = Visitor::new().open("/oauth/wizard/elsewhere?state=webhook-1");
    assert_eq!(test_app.harness.webhook(&elsewhere).await.status(), 404);
}

#[tokio::test]
async fn a_token_that_is_entered_is_stored_and_botpress_registers_with_it() {
    let test_app = TestApp::without_token().await;
    let answer = test_app.enter(TOKEN).await;
    assert_eq!(answer.status, 303, "{answer:?}");
    assert_eq!(test_app.stored_token().await.as_deref(), Some(TOKEN));
    assert!(test_app.is_identified_as("bot_4242"));
    test_app.register().await.unwrap();
}

#[tokio::test]
async fn an_invalid_token_shows_the_form_again() {
    let test_app = TestApp::without_token().await;
    for (token, problem) in [
        ("", "Bot token is required."),
        (" ", "Bot token is required."),
        ("<script>", "This is not a bot token."),
        ("1:unknown", "Telegram knows no bot"),
    ] {
        let answer = test_app.enter(token).await;
        answer.is_ok();
        assert!(answer.body.contains(problem), "{answer:?}");
        assert!(
            !answer.body.contains("script") && !answer.body.contains("1:unknown"),
            "{answer:?}"
        );
    }
    assert_eq!(test_app.stored_token().await, None);
}

#[tokio::test]
async fn a_forged_or_replayed_form_stores_nothing() {
    let test_app = TestApp::without_token().await;
    let (mut visitor, page) = test_app.open_link().await;
    let forged = visitor.submit(&page, &[("botToken", OTHER_TOKEN)]);
    assert_eq!(test_app.harness.webhook(&forged).await.status(), 403);
    assert_eq!(test_app.stored_token().await, None);
    visitor.keep(&page);
    let sent = visitor.submit(&page, &[("botToken", TOKEN)]);
    assert_eq!(test_app.harness.webhook(&sent).await.status(), 303);
    let replayed = visitor.submit(&page, &[("botToken", OTHER_TOKEN)]);
    assert_eq!(test_app.harness.webhook(&replayed).await.status(), 403);
    assert_eq!(test_app.stored_token().await.as_deref(), Some(TOKEN));
}

#[tokio::test]
async fn a_bot_that_works_is_not_replaced() {
    let test_app = TestApp::without_token().await;
    let (mut visitor, page) = test_app.open_link().await;
    visitor.keep(&page);
    test_app.enter(TOKEN).await;
    let (_, opened) = test_app.open_link().await;
    let late = visitor.submit(&page, &[("botToken", OTHER_TOKEN)]);
    for answer in [opened, test_app.harness.webhook(&late).await] {
        let answer = Answer::from(answer);
        answer.is_ok();
        assert!(answer.body.contains("bot_4242 is connected"), "{answer:?}");
        assert!(!answer.body.contains("type=\"password\""), "{answer:?}");
    }
    // While Telegram does not answer, it is not known whether the bot works.
    test_app
        .telegram
        .refuse("getMe", 500, "Internal Server Error");
    let (_, failed) = test_app.open_link().await;
    assert_eq!(failed.status(), 303);
    assert_eq!(test_app.stored_token().await.as_deref(), Some(TOKEN));
}

#[tokio::test]
async fn a_bot_whose_token_was_revoked_is_replaced() {
    let test_app = TestApp::new().await;
    // The first page and the form each ask whether the stored token works.
    for _ in 0..2 {
        test_app.telegram.refuse("getMe", 401, "Unauthorized");
    }
    assert_eq!(test_app.enter(OTHER_TOKEN).await.status, 303);
    assert_eq!(test_app.stored_token().await.as_deref(), Some(OTHER_TOKEN));
}
