use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use contexture::client::{HttpTransport, Transport as _};
use http::{Method, Request};
use serde_json::{Value, json};

use crate::bench::{Bench, id, small};

const INTEGRATIONS: &str = "/v1/admin/integrations";

#[tokio::test]
async fn a_new_integration_is_shown_with_its_defaults_and_its_signing_secret() {
    let bench = Bench::new().await;
    let created = bench.create(&small("1.0.0")).await;
    assert!(id(&created).starts_with("intver_"));
    assert_eq!(created["visibility"], "private");
    assert_eq!(created["verificationStatus"], "unapproved");
    assert_eq!(
        created["user"],
        json!({ "tags": {}, "creation": { "enabled": false, "requiredTags": [] } })
    );
    assert_eq!(
        created["configuration"],
        json!({ "identifier": { "required": false }, "schema": {} })
    );
    let secret = created["signingSecret"].as_str().unwrap();
    let platform = bench
        .emulator
        .admin
        .integrations()
        .find(id(&created))
        .unwrap();
    assert_eq!(platform.signing_secrets().unwrap(), [secret]);
    let shown = bench.get(&format!("{INTEGRATIONS}/{}", id(&created))).await;
    assert_eq!(shown["integration"]["signingSecret"], "");
}

#[tokio::test]
async fn a_version_is_found_by_a_range_and_by_latest() {
    let bench = Bench::new().await;
    for version in ["1.0.0", "1.2.0", "2.0.0-beta.1"] {
        bench.create(&small(version)).await;
    }
    let mut dev = small("9.0.0");
    dev["dev"] = true.into();
    bench.create(&dev).await;
    for (wanted, found) in [
        ("1.0.0", Some("1.0.0")),
        ("%3C1.2.0", Some("1.0.0")),
        ("^1.0.0", Some("1.2.0")),
        ("latest", Some("1.2.0")),
        ("2.0.0-beta.1", Some("2.0.0-beta.1")),
        ("9.0.0", None),
    ] {
        let path = format!("{INTEGRATIONS}/acme%2Fsmall/{wanted}");
        let (status, answer) = bench.call(Method::GET, &path, &Value::Null).await;
        match found {
            Some(found) => assert_eq!(answer["integration"]["version"], found, "{wanted}"),
            None => assert_eq!((status, &answer["type"]), (404, &json!("ResourceNotFound"))),
        }
    }
    let path = format!("{INTEGRATIONS}/acme%2Fsmall/newest");
    let (kind, _) = bench.refused(Method::GET, &path, &Value::Null).await;
    assert_eq!(kind, "InvalidPayload");
}

#[tokio::test]
async fn a_validation_creates_and_changes_nothing() {
    let bench = Bench::new().await;
    let path = format!("{INTEGRATIONS}/validate");
    let valid = bench.done(Method::POST, &path, &small("1.0.0")).await;
    assert_eq!(valid, json!({}));
    let none = json!({ "integrations": [], "meta": {} });
    assert_eq!(bench.get(INTEGRATIONS).await, none);

    let created = bench.create(&small("1.0.0")).await;
    let path = format!("{INTEGRATIONS}/{}/validate", id(&created));
    let valid = bench
        .done(Method::PUT, &path, &json!({ "title": "Other" }))
        .await;
    assert_eq!(valid, json!({}));
    let shown = bench.get(&format!("{INTEGRATIONS}/{}", id(&created))).await;
    assert_eq!(shown["integration"]["title"], "Small");
}

#[tokio::test]
async fn a_deleted_integration_is_gone_and_its_version_is_free_again() {
    let bench = Bench::new().await;
    let created = bench.create(&small("1.0.0")).await;
    let path = format!("{INTEGRATIONS}/{}", id(&created));
    let deleted = bench.done(Method::DELETE, &path, &json!({})).await;
    assert_eq!(deleted, json!({}));
    let (kind, _) = bench.refused(Method::GET, &path, &Value::Null).await;
    assert_eq!(kind, "ResourceNotFound");
    assert!(
        bench
            .emulator
            .admin
            .integrations()
            .find(id(&created))
            .is_none()
    );
    let again = bench.create(&small("1.0.0")).await;
    assert_ne!(id(&again), id(&created));
}

#[tokio::test]
async fn lists_have_pages_and_filters() {
    let bench = Bench::new().await;
    for minor in 0..25 {
        bench.create(&small(&format!("1.{minor}.0"))).await;
    }
    let mut other = small("1.0.0");
    other["name"] = "acme/other".into();
    other["title"] = "Weather report".into();
    bench.create(&other).await;
    let names = |listed: &Value| -> Vec<String> {
        let listed = listed["integrations"].as_array().unwrap().iter();
        listed
            .map(|one| {
                format!(
                    "{}@{}",
                    one["name"].as_str().unwrap(),
                    one["version"].as_str().unwrap()
                )
            })
            .collect()
    };
    let first = bench.get(&format!("{INTEGRATIONS}?limit=2")).await;
    assert_eq!(names(&first), ["acme/other@1.0.0", "acme/small@1.24.0"]);
    let token = first["meta"]["nextToken"].as_str().unwrap();
    let next = bench
        .get(&format!("{INTEGRATIONS}?limit=2&nextToken={token}"))
        .await;
    assert_eq!(names(&next), ["acme/small@1.23.0", "acme/small@1.22.0"]);
    let rest = bench
        .get(&format!("{INTEGRATIONS}?limit=100&name=acme%2Fsmall"))
        .await;
    assert_eq!(names(&rest).len(), 25);
    assert_eq!(rest["meta"], json!({}));
    for query in ["search=WEATHER", "name=acme%2Fother", "sortBy=name&limit=1"] {
        let found = bench.get(&format!("{INTEGRATIONS}?{query}")).await;
        assert_eq!(names(&found), ["acme/other@1.0.0"], "{query}");
    }
    let found = bench.get(&format!("{INTEGRATIONS}?version=1.3.0")).await;
    assert_eq!(names(&found), ["acme/small@1.3.0"]);
    for none in ["dev=true", "visibility=public", "interfaceName=listable"] {
        let found = bench.get(&format!("{INTEGRATIONS}?{none}")).await;
        assert_eq!(names(&found), [""; 0], "{none}");
    }
}

#[tokio::test]
async fn code_of_the_largest_size_is_kept_and_a_byte_more_is_refused() {
    let bench = Bench::new().await;
    let mut body = small("1.0.0");
    let code = "x".repeat(52_428_800);
    body["code"] = code.as_str().into();
    bench.create(&body).await;
    let contents = bench.emulator.parts.storage.contents();
    let kept = bench.emulator.parts.storage.read(|database| {
        let sql = "SELECT code FROM admin_integrations";
        let name: String = database.query_row(sql, [], |row| row.get(0))?;
        Ok::<_, contexture_emulator::storage::StorageError>(name)
    });
    assert!(contents.read(&kept.unwrap()).unwrap() == code.as_bytes());
    body["version"] = "1.0.1".into();
    body["code"] = format!("{code}x").into();
    let (kind, _) = bench.refused(Method::POST, INTEGRATIONS, &body).await;
    assert_eq!(kind, "LimitExceeded");
}

#[tokio::test]
async fn an_icon_is_shared_by_all_versions_and_a_readme_is_not() {
    let bench = Bench::new().await;
    let first = bench.create(&small("1.0.0")).await;
    assert_eq!(
        (&first["iconUrl"], &first["readmeUrl"]),
        (&json!(""), &json!(""))
    );
    let mut body = small("1.1.0");
    body["icon"] = BASE64_STANDARD.encode("<svg/>").into();
    body["readme"] = BASE64_STANDARD.encode("# Small").into();
    let second = bench.create(&body).await;
    let first = bench.get(&format!("{INTEGRATIONS}/{}", id(&first))).await;
    for (url, media_type, content) in [
        (&second["iconUrl"], "image/svg+xml", "<svg/>"),
        (&first["integration"]["iconUrl"], "image/svg+xml", "<svg/>"),
        (
            &second["readmeUrl"],
            "text/markdown; charset=utf-8",
            "# Small",
        ),
    ] {
        let request = Request::get(url.as_str().unwrap());
        let request = request.body(Bytes::new().into()).unwrap();
        let response = HttpTransport::new().send(request).await.unwrap();
        assert_eq!(response.headers()["content-type"], media_type);
        assert_eq!(response.body(), content);
    }
    assert_eq!(first["integration"]["readmeUrl"], "");
    let third = bench.create(&small("1.2.0")).await;
    assert_ne!(third["iconUrl"], "");
}

#[tokio::test]
async fn a_verification_is_asked_for_and_stays_pending() {
    let bench = Bench::new().await;
    let created = bench.create(&small("1.0.0")).await;
    let path = format!("{INTEGRATIONS}/request-verification");
    let body = json!({ "integrationId": created["id"] });
    assert_eq!(bench.done(Method::POST, &path, &body).await, json!({}));
    let shown = bench
        .get(&format!("{INTEGRATIONS}?verificationStatus=pending"))
        .await;
    assert_eq!(shown["integrations"][0]["id"], created["id"]);
}

#[tokio::test]
async fn the_bots_are_those_in_which_something_is_installed() {
    let bench = Bench::new().await;
    let none = json!({ "bots": [], "meta": {} });
    assert_eq!(bench.get("/v1/admin/bots").await, none);
    let created = bench.create(&small("1.0.0")).await;
    let platform = bench
        .emulator
        .admin
        .integrations()
        .find(id(&created))
        .unwrap();
    let new = contexture_emulator::platform::NewInstance {
        configuration: json!({}),
        ..Default::default()
    };
    let instance = platform.install(new).await.unwrap();
    let listed = bench.get("/v1/admin/bots").await;
    assert_eq!(listed["bots"][0]["id"], instance.bot_id.as_str());
    let installed = format!("{INTEGRATIONS}?installedByBotId={}", instance.bot_id);
    assert_eq!(
        bench.get(&installed).await["integrations"][0]["id"],
        created["id"]
    );
    // It can only be deleted once it is uninstalled.
    let path = format!("{INTEGRATIONS}/{}", id(&created));
    let (kind, _) = bench.refused(Method::DELETE, &path, &json!({})).await;
    assert_eq!(kind, "ReferenceConstraint");
    platform.remove(&instance.webhook_id).unwrap();
    bench.done(Method::DELETE, &path, &json!({})).await;
}
