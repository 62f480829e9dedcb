use http::Method;
use serde_json::{Map, Value, json};

use crate::bench::{Bench, small, workspace};

const INTEGRATIONS: &str = "/v1/admin/integrations";

/// The type of the error of a body: `small`, with one member set.
async fn kind(bench: &Bench, member: &str, value: Value) -> String {
    let mut body = small("1.0.0");
    body[member] = value;
    let path = "/v1/admin/integrations/validate";
    bench.refused(Method::POST, path, &body).await.0
}

#[tokio::test]
async fn a_request_needs_a_known_token_and_its_workspace() {
    let bench = Bench::new().await;
    for (name, value, status, kind) in [
        ("authorization", "", 401, "Unauthorized"),
        ("authorization", "Bearer other", 401, "Unauthorized"),
        ("authorization", "Basic abc", 401, "Unauthorized"),
        ("x-workspace-id", "", 400, "InvalidPayload"),
        ("x-workspace-id", "wkspace_1", 403, "Forbidden"),
    ] {
        let (found, error) = bench.get_with(INTEGRATIONS, name, value).await;
        assert_eq!(
            (found, error["type"].as_str()),
            (status, Some(kind)),
            "{name} {value}"
        );
    }
    let (found, _) = bench.get_with("/v1/admin/nothing", "x-a", "b").await;
    assert_eq!(found, 404);
}

#[tokio::test]
async fn a_request_that_names_another_host_is_refused() {
    let bench = Bench::new().await;
    let (status, error) = bench.get_with(INTEGRATIONS, "host", "evil.example").await;
    assert_eq!((status, error["type"].as_str()), (403, Some("Forbidden")));
}

#[tokio::test]
async fn a_name_begins_with_the_handle_of_its_workspace() {
    let bench = Bench::new().await;
    assert_eq!(kind(&bench, "name", json!("small")).await, "Forbidden");
    assert_eq!(
        kind(&bench, "name", json!("other/small")).await,
        "Forbidden"
    );
    assert_eq!(
        kind(&bench, "name", json!("acme/a/b")).await,
        "InvalidPayload"
    );
    assert_eq!(kind(&bench, "name", json!("acme/")).await, "InvalidPayload");

    let account = bench
        .emulator
        .admin
        .create_account(crate::bench::TOKEN)
        .unwrap();
    let mut new = workspace("ignored");
    new.handle = None;
    let without = bench
        .emulator
        .admin
        .create_workspace(&account, &new)
        .unwrap();
    let mut request = bench.request(Method::POST, INTEGRATIONS);
    let headers = request.headers_mut().unwrap();
    headers.insert("x-workspace-id", without.parse().unwrap());
    let (status, error) = bench.send(request, &small("1.0.0")).await;
    assert_eq!(status, 403);
    assert!(
        error["message"]
            .as_str()
            .unwrap()
            .contains("claim one first")
    );
}

#[tokio::test]
async fn a_version_that_exists_cannot_be_created_again() {
    let bench = Bench::new().await;
    bench.create(&small("1.0.0")).await;
    let (kind, _) = bench
        .refused(Method::POST, INTEGRATIONS, &small("1.0.0"))
        .await;
    assert_eq!(kind, "AlreadyExists");
    // Those under development may have any.
    for _ in 0..2 {
        let mut dev = small("1.0.0");
        dev["dev"] = true.into();
        bench.create(&dev).await;
    }
}

#[tokio::test]
async fn what_no_shape_says_is_checked_too() {
    let bench = Bench::new().await;
    let schema =
        |schema: Value| json!({ "input": { "schema": schema }, "output": { "schema": {} } });
    let many = |count: usize, value: Value| -> Value {
        let members = (0..count).map(|number| (format!("a{number}"), value.clone()));
        Value::Object(members.collect::<Map<_, _>>())
    };
    let event = json!({ "schema": {} });
    for (member, value, expected) in [
        ("version", json!("1.0"), "InvalidPayload"),
        ("url", json!("example.com"), "InvalidPayload"),
        ("url", json!("ftp://example.com"), "InvalidPayload"),
        (
            "url",
            json!(format!("https://example.com/{}", "a".repeat(2000))),
            "InvalidPayload",
        ),
        ("icon", json!("no base64!"), "InvalidPayload"),
        ("icon", json!("YQ=="), "InvalidPayload"),
        ("readme", json!("no base64!"), "InvalidPayload"),
        ("secrets", json!({ "lower": "a" }), "InvalidPayload"),
        (
            "secrets",
            many(26, json!("a"))
                .to_string()
                .to_uppercase()
                .parse()
                .unwrap(),
            "LimitExceeded",
        ),
        (
            "actions",
            json!({ "a-b": schema(json!({})) }),
            "InvalidIdentifier",
        ),
        (
            "actions",
            json!({ "ab": schema(json!({ "type": "text" })) }),
            "InvalidJsonSchema",
        ),
        (
            "actions",
            json!({ "ab": schema(json!({ "title": "x".repeat(102_400) })) }),
            "LimitExceeded",
        ),
        ("events", many(21, event.clone()), "LimitExceeded"),
        (
            "states",
            many(21, json!({ "type": "user", "schema": {} })),
            "LimitExceeded",
        ),
        (
            "channels",
            many(11, json!({ "messages": {} })),
            "LimitExceeded",
        ),
        (
            "channels",
            json!({ "chat": { "messages": many(21, event.clone()) } }),
            "LimitExceeded",
        ),
        (
            "user",
            json!({ "tags": many(51, json!({})) }),
            "LimitExceeded",
        ),
        (
            "user",
            json!({ "tags": {}, "creation": { "enabled": true, "requiredTags": ["id"] } }),
            "InvalidPayload",
        ),
    ] {
        let shown = format!("{member}: {:.60}", value.to_string());
        assert_eq!(kind(&bench, member, value).await, expected, "{shown}");
    }
}

#[tokio::test]
async fn a_refused_body_stores_nothing_and_a_message_names_the_place() {
    let bench = Bench::new().await;
    let mut body = small("1.0.0");
    body["actions"]["greet"]["typo"] = 1.into();
    let (kind, message) = bench.refused(Method::POST, INTEGRATIONS, &body).await;
    assert_eq!(kind, "InvalidPayload");
    assert!(
        message.starts_with("actions.greet.typo is not a member"),
        "{message}"
    );
    let listed = bench.get(INTEGRATIONS).await;
    assert_eq!(listed["integrations"], json!([]));
}
