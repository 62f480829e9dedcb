//! Error responses from servers other than the API: a storage server or a gateway.

use http::StatusCode;
use serde_json::{Value, json};

use super::context;
use super::uploads::{upload, upload_context};

/// Error bodies of a storage server. One has the form of the API's errors.
fn storage_answers() -> [Value; 3] {
    [
        json!("<Error><Code>AccessDenied</Code></Error>"),
        json!({ "code": 400, "type": "Runtime", "id": "err_1", "message": "AccessDenied" }),
        json!({ "code": 403, "type": "Other", "id": "", "message": "AccessDenied\n\u{1b}[2J" }),
    ]
}

#[tokio::test]
async fn the_error_of_a_storage_is_logged_and_not_shown_to_the_owner() {
    for answer in storage_answers() {
        let ctx = upload_context();
        let transport = ctx.transport();
        transport.answer_to("PUT /up", StatusCode::BAD_REQUEST, &answer);
        let refused = upload(&ctx, "hello".into()).await.unwrap_err();
        assert_eq!(refused.status(), Some(400));
        assert!(!refused.is_not_found());
        let error = contexture::Error::from(refused);
        assert!(error.as_api().is_none(), "{error}");
        assert!(error.to_string().contains("AccessDenied"), "{error}");
        assert!(!error.to_string().contains(char::is_control), "{error}");
    }
}

#[tokio::test]
async fn the_error_page_of_a_gateway_is_logged_and_not_shown_to_the_owner() {
    for page in [
        json!("<html>squid at 10.0.0.7</html>"),
        json!({ "error": "squid" }),
    ] {
        let ctx = context();
        ctx.answer(StatusCode::FORBIDDEN, &page);
        let error = ctx.client().states().last_webhook().get().await;
        let error = contexture::Error::from(error.unwrap_err());
        assert!(error.as_api().is_none(), "{error}");
        assert!(error.to_string().contains("squid"), "{error}");
    }
}

#[tokio::test]
async fn a_long_answer_of_a_storage_is_cut() {
    let ctx = upload_context();
    let long = json!("é".repeat(100_000));
    let transport = ctx.transport();
    transport.answer_to("PUT /up", StatusCode::BAD_REQUEST, &long);
    let refused = upload(&ctx, "hello".into()).await.unwrap_err();
    assert!(refused.to_string().chars().count() < 300);
}
