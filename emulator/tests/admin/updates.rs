use http::Method;
use serde_json::{Value, json};

use crate::bench::{Bench, id, small};

const INTEGRATIONS: &str = "/v1/admin/integrations";

/// A body with one of each kind of thing.
fn whole() -> Value {
    let schema = json!({ "schema": { "type": "object" } });
    let action =
        json!({ "input": schema, "output": schema, "attributes": { "kind": "a", "gone": "b" } });
    let identifier = json!({ "required": true, "linkTemplateScript": ".link" });
    json!({
        "name": "acme/whole",
        "version": "1.0.0",
        "url": "https://example.com",
        "identifier": { "extractScript": ".a", "fallbackHandlerScript": ".b" },
        "configuration": { "schema": {}, "identifier": identifier },
        "configurations": { "oauth": { "schema": {}, "identifier": identifier }, "gone": { "schema": {} } },
        "actions": { "keep": action, "gone": action },
        "events": { "keep": schema, "gone": schema },
        "states": { "keep": { "type": "user", "schema": {} }, "gone": { "type": "user", "schema": {} } },
        "entities": { "keep": schema, "gone": schema },
        "attributes": { "category": "x", "gone": "y" },
        "user": { "tags": { "keep": {}, "gone": {} } },
        "channels": {
            "gone": { "messages": {} },
            "keep": {
                "messages": { "text": schema, "gone": schema },
                "message": { "tags": { "keep": {}, "gone": {} } },
                "conversation": { "tags": { "keep": {}, "gone": {} } },
            },
        },
        "secrets": { "KEEP": "1", "GONE": "2" },
    })
}

#[tokio::test]
async fn null_deletes_one_of_each_kind_and_the_rest_remains() {
    let bench = Bench::new().await;
    let created = bench.create(&whole()).await;
    let update = json!({
        "identifier": { "extractScript": null, "fallbackHandlerScript": null },
        "configuration": { "schema": {}, "identifier": { "required": false, "linkTemplateScript": null } },
        "configurations": {
            "oauth": { "schema": {}, "identifier": { "required": false, "linkTemplateScript": null } },
            "gone": null,
        },
        "actions": {
            "keep": { "input": { "schema": {} }, "output": { "schema": {} }, "attributes": { "gone": null } },
            "gone": null,
        },
        "events": { "gone": null },
        "states": { "gone": null },
        "entities": { "gone": null },
        "attributes": { "gone": null },
        "user": { "tags": { "gone": null } },
        "channels": {
            "gone": null,
            "keep": {
                "messages": { "gone": null },
                "message": { "tags": { "gone": null } },
                "conversation": { "tags": { "gone": null } },
            },
        },
        "secrets": { "GONE": null },
        "url": null,
    });
    let path = format!("{INTEGRATIONS}/{}", id(&created));
    bench.done(Method::PUT, &path, &update).await;
    let after = bench.get(&path).await["integration"].take();
    let text = after.to_string();
    for gone in ["gone", "GONE", "Script\""] {
        assert!(!text.contains(gone), "{gone}: {after}");
    }
    assert_eq!(after["url"], "");
    assert_eq!(after["secrets"], json!(["KEEP"]));
    assert_eq!(
        after["actions"]["keep"]["attributes"],
        json!({ "kind": "a" })
    );
    let keep = &after["channels"]["keep"];
    assert_eq!(keep["messages"].as_object().unwrap().len(), 1);
    for tags in [
        &keep["message"]["tags"],
        &keep["conversation"]["tags"],
        &after["user"]["tags"],
    ] {
        assert_eq!(*tags, json!({ "keep": {} }));
    }
    for section in ["events", "states", "entities"] {
        assert_eq!(after[section].as_object().unwrap().len(), 1, "{section}");
    }
}

#[tokio::test]
async fn a_public_integration_cannot_be_updated() {
    let bench = Bench::new().await;
    for visibility in ["public", "unlisted"] {
        let mut body = small(if visibility == "public" {
            "1.0.0"
        } else {
            "2.0.0"
        });
        body["visibility"] = visibility.into();
        let created = bench.create(&body).await;
        let path = format!("{INTEGRATIONS}/{}", id(&created));
        let (kind, message) = bench.refused(Method::PUT, &path, &json!({})).await;
        assert_eq!(kind, "Forbidden");
        assert!(message.contains("create a new version"), "{message}");
    }
}

#[tokio::test]
async fn a_new_version_has_the_secrets_of_the_one_before() {
    let bench = Bench::new().await;
    let mut body = small("1.0.0");
    body["secrets"] = json!({ "A": "1", "B": "2" });
    assert_eq!(bench.create(&body).await["secrets"], json!(["A", "B"]));
    let mut body = small("1.1.0");
    body["secrets"] = json!({ "B": null, "C": "3" });
    assert_eq!(bench.create(&body).await["secrets"], json!(["A", "C"]));
}

#[tokio::test]
async fn a_version_that_breaks_the_one_before_is_refused_unless_it_is_a_major_one() {
    let bench = Bench::new().await;
    bench.create(&small("1.0.0")).await;
    let without = |version: &str| {
        let mut body = small(version);
        body["actions"] = json!({});
        body
    };
    let (kind, message) = bench
        .refused(Method::POST, INTEGRATIONS, &without("1.1.0"))
        .await;
    assert_eq!(kind, "BreakingChanges");
    assert!(message.contains("action \"greet\" is gone"), "{message}");
    bench.create(&without("2.0.0")).await;
    let request = bench
        .request(Method::POST, INTEGRATIONS)
        .header("x-bypass-breaking-changes-detection", "true");
    let (status, _) = bench.send(request, &without("1.1.0")).await;
    assert_eq!(status, 200);
}
