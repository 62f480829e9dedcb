use http::Method;
use serde_json::{Value, json};

use crate::bench::{Bench, id, small};

#[tokio::test]
async fn an_interface_of_botpress_is_found_by_its_name_and_a_version() {
    let bench = Bench::new().await;
    let path = |version: &str| format!("/v1/admin/hub/interfaces/listable/{version}");
    let exact = bench.get(&path("0.0.3")).await;
    for version in ["latest", "%3E%3D0.0.1", "0.0"] {
        assert_eq!(bench.get(&path(version)).await, exact, "{version}");
    }
    let by_id = format!("/v1/admin/hub/interfaces/{}", id(&exact["interface"]));
    assert_eq!(bench.get(&by_id).await, exact);
    for missing in [
        path("9.9.9"),
        "/v1/admin/hub/interfaces/none/latest".to_owned(),
    ] {
        let (kind, _) = bench.refused(Method::GET, &missing, &Value::Null).await;
        assert_eq!(kind, "ResourceNotFound");
    }
}

#[tokio::test]
async fn a_published_interface_is_shown_with_what_it_declares() {
    let bench = Bench::new().await;
    let known = bench.get("/v1/admin/hub/interfaces/listable/0.0.3").await;
    let interface = json!({
        "name": "listable", "version": "0.0.3", "title": "Listable",
        "actions": { "list": { "input": { "schema": {} }, "output": { "schema": {} } } },
    });
    let published = interface.as_object().unwrap();
    let published = bench.emulator.admin.publish_interface(published).unwrap();
    assert_eq!(published, id(&known["interface"]));
    let shown = bench.get("/v1/admin/hub/interfaces/listable/latest").await;
    assert_eq!(shown["interface"]["actions"], interface["actions"]);
    assert_eq!(shown["interface"]["title"], "Listable");
    let listed = bench.get("/v1/admin/hub/interfaces?name=listable").await;
    assert_eq!(listed["interfaces"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn only_an_open_integration_is_in_the_hub_and_only_a_public_one_is_listed() {
    let bench = Bench::new().await;
    let mut ids = Vec::new();
    for (version, visibility) in [
        ("1.0.0", "public"),
        ("2.0.0", "unlisted"),
        ("3.0.0", "private"),
    ] {
        let mut body = small(version);
        body["visibility"] = visibility.into();
        ids.push(id(&bench.create(&body).await).to_owned());
    }
    let found = |version: &str| format!("/v1/admin/hub/integrations/acme%2Fsmall/{version}");
    let latest = bench.get(&found("latest")).await;
    assert_eq!(latest["integration"]["version"], "2.0.0");
    assert_eq!(latest["integration"]["ownerWorkspace"]["handle"], "acme");
    for (place, is_found) in ids.iter().zip([true, true, false]) {
        let (status, _) = bench
            .call(
                Method::GET,
                &format!("/v1/admin/hub/integrations/{place}"),
                &Value::Null,
            )
            .await;
        assert_eq!(status == 200, is_found);
    }
    let listed = bench.get("/v1/admin/hub/integrations").await;
    assert_eq!(listed["integrations"].as_array().unwrap().len(), 1);
    assert_eq!(listed["integrations"][0]["id"], ids[0].as_str());
}

#[tokio::test]
async fn an_interface_that_an_integration_names_has_to_exist_and_to_be_implemented() {
    let bench = Bench::new().await;
    let interface = bench.get("/v1/admin/hub/interfaces/listable/latest").await;
    let interface = &interface["interface"]["id"];
    let mut body = small("1.0.0");
    body["interfaces"] =
        json!({ "listable": { "id": interface, "actions": { "list": { "name": "greet" } } } });
    let created = bench.create(&body).await;
    let shown = &created["interfaces"]["listable"];
    assert_eq!(
        (&shown["name"], &shown["version"]),
        (&json!("listable"), &json!("0.0.3"))
    );

    let path = "/v1/admin/integrations/validate";
    body["version"] = "2.0.0".into();
    body["interfaces"]["listable"]["actions"]["list"]["name"] = "missing".into();
    let (kind, message) = bench.refused(Method::POST, path, &body).await;
    assert_eq!(kind, "InvalidPayload");
    assert!(
        message.contains("interfaces.listable.actions.list"),
        "{message}"
    );
    body["interfaces"] = json!({ "other": { "id": "ifver_00000000000000000000000000" } });
    let (kind, _) = bench.refused(Method::POST, path, &body).await;
    assert_eq!(kind, "ReferenceNotFound");
}
