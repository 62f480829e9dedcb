//! Malicious input is rejected without side effects.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use bytes::Bytes;
use contexture::Payload as _;
use contexture::codegen::{object, payload};
use http::HeaderValue;
use serde_json::{Map, Value, json};

use crate::support::{Ask, TestApp, hello, webhook};

fn deep(levels: usize) -> String {
    "[".repeat(levels) + &"]".repeat(levels)
}

#[tokio::test]
async fn deep_json_is_refused_in_the_body_and_in_the_configuration() {
    let test_app = TestApp::new();
    let body = format!(r#"{{"type":"echo","input":{{"value":{}}}}}"#, deep(100_000));
    let ask = Ask::new("action_triggered").text(&body);
    let answer = test_app.ask(ask.request()).await;
    assert_eq!(answer.status, 400);
    let message = &answer.json()["message"];
    let expected = "the body is invalid: at the root: is not JSON";
    assert!(message.as_str().unwrap().starts_with(expected), "{message}");

    let encoded = BASE64_STANDARD.encode(deep(1000));
    let ask = hello(&json!({ "name": "Ada" })).header("x-bp-configuration", &encoded);
    assert_eq!(test_app.ask(ask.request()).await.status, 400);
}

#[tokio::test]
async fn bytes_that_are_no_text_are_refused() {
    let test_app = TestApp::new();
    let mut request = Ask::new("action_triggered").request();
    *request.body_mut() = Bytes::from_static(b"{\"type\":\"hello\",\"input\":{\"name\":\"\xff\"}}");
    let answer = test_app.ask(request).await;
    answer.is_refusal("the body is invalid: at the root: is not JSON (line 1, column 34)");

    let encoded = BASE64_STANDARD.encode(b"{\"apiKey\":\"\xff\"}");
    let ask = hello(&json!({ "name": "Ada" })).header("x-bp-configuration", &encoded);
    assert_eq!(test_app.ask(ask.request()).await.status, 400);
}

#[tokio::test]
async fn a_body_that_is_no_json_is_refused_as_a_whole_whatever_is_called() {
    let test_app = TestApp::new();
    for payload in [
        r#"{"name":"Ada"]"#,
        r#"["Ada"}"#,
        r#"{"name":"Ada",}"#,
        r#"{"name":Ada}"#,
        r#"{"name":01}"#,
        r#"{"name" "Ada"}"#,
        r#"{"name":"\u12"}"#,
        "{\"name\":\"A\nda\"}",
        "Ada",
    ] {
        let message = json!({ "type": "text", "payload": 0, "conversation": { "id": "c", "channel": "channel" },
            "user": { "id": "u" }, "message": { "id": "m" } });
        let nowhere = message.to_string().replace("channel\"", "nowhere\"");
        for (operation, body) in [
            (
                "action_triggered",
                r#"{"type":"hello","input":0}"#.to_owned(),
            ),
            (
                "action_triggered",
                r#"{"type":"nope","input":0}"#.to_owned(),
            ),
            ("message_created", message.to_string()),
            (
                "message_created",
                message.to_string().replace("text", "nope"),
            ),
            ("message_created", nowhere),
        ] {
            let body = body.replacen(":0", &format!(":{payload}"), 1);
            let error = serde_json::from_str::<Value>(&body).unwrap_err();
            let answer = test_app
                .ask(Ask::new(operation).text(&body).request())
                .await;
            answer.is_refusal(&format!(
                "the body is invalid: at the root: is not JSON (line {}, column {})",
                error.line(),
                error.column()
            ));
        }
    }
}

#[tokio::test]
async fn a_configuration_type_that_is_no_text_is_not_read_as_the_primary_one() {
    let mut request = hello(&json!({ "name": "Ada" })).request();
    let name = HeaderValue::from_bytes(b"oauth\xff").unwrap();
    request
        .headers_mut()
        .insert("x-bp-configuration-type", name);
    let answer = TestApp::new().ask(request).await;
    answer.is_refusal("the header x-bp-configuration-type is not UTF-8");
}

#[tokio::test]
async fn a_name_cannot_forge_a_line_of_the_log() {
    let test_app = TestApp::new();
    let answer = test_app.action("nope\nforged", json!({})).await;
    answer.is_refusal("Action nope\u{fffd}forged not found");
    assert_eq!(test_app.log.lines().len(), 1);
    assert!(!test_app.log.text().contains('\n'));
}

#[tokio::test]
async fn a_nul_arrives_as_it_was_sent() {
    let answer = TestApp::new()
        .action("hello", json!({ "name": "a\0b" }))
        .await;
    assert_eq!(answer.json()["output"]["message"], "hello a\0b");
}

#[tokio::test]
async fn very_many_undeclared_fields_are_dropped_at_once() {
    let fields = (0..100_000).map(|index| (format!("field{index}"), Value::Null));
    let mut input: Map<String, Value> = fields.collect();
    input.insert("name".to_owned(), json!("Ada"));
    let answer = TestApp::new().action("hello", input.into()).await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn a_very_long_path_is_not_repeated_whole() {
    let answer = TestApp::new().action(&"x".repeat(100_000), json!({})).await;
    assert!(answer.body.len() < 300, "{} bytes", answer.body.len());
}

#[tokio::test]
async fn headers_of_a_webhook_may_be_anything() {
    let headers = json!({ "": "1", "a\r\nb": "2", "x": { "deep": true } });
    let request = json!({ "path": "/echo", "method": "POST", "headers": headers });
    let ask = webhook("/echo").body(&json!({ "req": request }));
    let answer = TestApp::new().ask(ask.request()).await;
    let arrived = &answer.json()["headers"];
    assert_eq!(*arrived, json!({ "": "1", "a\r\nb": "2" }));
}

#[derive(Clone, Debug, PartialEq)]
struct Link {
    next: Option<Box<Link>>,
}

object!(Link, next: Option<Box<Link>> = "next");

payload!(
    Link,
    r##"{"type":"object","properties":{"next":{"anyOf":[{"type":"null"},{"$ref":"#"}]}},"required":["next"],"additionalProperties":false}"##
);

#[test]
fn a_recursive_payload_is_read_as_deep_as_json_goes() {
    let nested =
        |levels: usize, end: &str| r#"{"next":"#.repeat(levels) + end + &"}".repeat(levels);
    // A test thread has a stack of 2 MiB, like a tokio worker.
    let link = Link::decode(nested(127, "null").as_bytes()).unwrap();
    assert_eq!(link.encode().unwrap(), nested(127, "null").as_bytes());
    assert!(Link::decode(nested(127, "7").as_bytes()).is_err());
    assert!(Link::decode(nested(128, "null").as_bytes()).is_err());
}
