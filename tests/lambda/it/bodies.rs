//! Bodies: text and base64, both ways.

use contexture_lambda::Event;
use serde_json::json;

use crate::support::{Lambda, acting, call};

fn webhook(path: &str, body: &str) -> Event {
    let request =
        json!({ "method": "POST", "path": path, "query": "", "headers": {}, "body": body });
    call("webhook_received", &json!({ "req": request }))
}

#[tokio::test]
async fn a_body_in_base64_is_decoded() {
    let lambda = Lambda::start(&[]).await;
    let event = acting("say", &json!({ "text": "grüße" })).in_base64();
    let answer = lambda.send(&event).await;
    assert_eq!(answer.json()["output"], json!({ "text": "grüße" }));
    assert_eq!(answer.response["isBase64Encoded"], false);
}

#[tokio::test]
async fn the_body_of_a_webhook_arrives_as_it_was_sent() {
    let lambda = Lambda::start(&[]).await;
    let body = "{ \"b\": 1,\n \"a\": \"grüße\" }";
    for event in [webhook("/", body), webhook("/", body).in_base64()] {
        let answer = lambda.send(&event).await;
        assert_eq!(
            (answer.status, answer.body.as_slice()),
            (200, body.as_bytes())
        );
        let headers = &answer.response["headers"];
        assert_eq!(headers["x-length"], body.len().to_string(), "{headers}");
    }
}

#[tokio::test]
async fn bytes_that_are_no_text_are_answered_in_base64_and_each_cookie_by_itself() {
    let lambda = Lambda::start(&[]).await;
    let answer = lambda.send(&webhook("/bytes", "")).await;
    assert_eq!(answer.response["isBase64Encoded"], true);
    assert_eq!(answer.body, [0xff, 0x00, 0xfe]);
    assert_eq!(
        answer.response["cookies"],
        json!(["a=1", "b=2"]),
        "{answer:?}"
    );
}
