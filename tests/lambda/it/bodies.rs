//! Bodies: text and base64, both ways.

use serde_json::{Value, json};

use crate::support::{Lambda, acting, call};

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
    let request = |body: &Value| {
        call(
            "webhook_received",
            &json!({ "req": { "method": "POST", "path": "/", "query": "", "headers": {}, "body": body } }),
        )
    };
    for event in [request(&body.into()), request(&body.into()).in_base64()] {
        let answer = lambda.send(&event).await;
        assert_eq!(
            (answer.status, answer.body.as_slice()),
            (200, body.as_bytes())
        );
        let headers = &answer.response["headers"];
        assert_eq!(headers["x-length"], body.len().to_string(), "{headers}");
    }
}
