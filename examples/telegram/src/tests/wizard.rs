//! The pages behind the authorization link.

use super::test_app::{OTHER_TOKEN, TOKEN, TestApp};

fn entered(token: &str) -> String {
    format!("botToken={}", token.replace(':', "%3A"))
}

#[tokio::test]
async fn the_link_opens_a_page_with_the_form_for_the_token() {
    let test_app = TestApp::without_token().await;
    let answer = test_app.page("GET", "start", "").await;
    answer.is_ok();
    assert!(
        answer
            .body
            .contains("<form method=\"post\" action=\"finish\">")
    );
    assert_eq!(test_app.page("GET", "elsewhere", "").await.status, 404);
}

#[tokio::test]
async fn a_token_that_is_entered_is_stored_and_botpress_registers_with_it() {
    let test_app = TestApp::without_token().await;
    let answer = test_app.page("POST", "finish", &entered(TOKEN)).await;
    assert_eq!(answer.status, 303, "{answer:?}");
    assert_eq!(test_app.stored_token().await.as_deref(), Some(TOKEN));
    assert!(test_app.is_identified_as("bot_4242"));
    test_app.register().await.unwrap();
}

#[tokio::test]
async fn an_invalid_token_shows_the_form_again() {
    let test_app = TestApp::without_token().await;
    for (body, problem) in [
        ("", "Enter the token"),
        ("botToken=+", "Enter the token"),
        ("botToken=%3Cscript%3E", "This is not a token"),
        ("botToken=1%3Aunknown", "Telegram knows no bot"),
    ] {
        let answer = test_app.page("POST", "finish", body).await;
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
async fn a_bot_that_is_replaced_sends_no_more_updates() {
    let test_app = TestApp::new().await;
    test_app.page("POST", "finish", &entered(OTHER_TOKEN)).await;
    let calls = test_app.telegram.take_calls();
    let methods: Vec<_> = calls.iter().map(|call| call.method.as_str()).collect();
    assert_eq!(methods, ["getMe", "deleteWebhook"]);
    assert_eq!(test_app.stored_token().await.as_deref(), Some(OTHER_TOKEN));
}

#[tokio::test]
async fn a_bot_that_is_entered_again_keeps_its_webhook() {
    let test_app = TestApp::new().await;
    test_app.page("POST", "finish", &entered(TOKEN)).await;
    assert_eq!(test_app.telegram.take_calls().len(), 1);
}
