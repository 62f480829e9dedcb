//! The pages of an integration that was deployed.

use contexture_emulator::admin::{Admin, NewWorkspace};
use contexture_emulator::inspector;
use contexture_emulator::platform::PlatformOptions;
use contexture_emulator::server::emulator_routes;
use http::Request;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::bench::{Bench, text};

/// A bench whose emulator also takes deployments.
async fn with_admin() -> (Bench, Admin) {
    let mut bench = Bench::start().await;
    let parts = bench.platform.parts().clone();
    let options = PlatformOptions::default();
    let admin = Admin::new(parts, options, Some(bench.platform.clone())).unwrap();
    let workspace = NewWorkspace {
        name: "This machine".to_owned(),
        handle: Some("local".to_owned()),
    };
    admin.accept_any_token(&workspace).unwrap();
    let (local, deployed) = (bench.platform.clone(), admin.integrations().clone());
    let pages = inspector::all_routes(local, deployed, bench.program.clone());
    let routes = emulator_routes(&admin).merge(pages);
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    bench.base = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, routes).await });
    (bench, admin)
}

async fn deploy(bench: &Bench) -> String {
    let send = async |request: http::request::Builder, body: Value| -> Value {
        let request = request.header("authorization", "Bearer any");
        let request = request.body(body.to_string().into()).unwrap();
        let response = bench.send(request).await;
        assert_eq!(response.status(), 200, "{response:?}");
        serde_json::from_slice(response.body()).unwrap()
    };
    let workspaces = send(Request::get("/v1/admin/workspaces"), json!({})).await;
    let workspace = workspaces["workspaces"][0]["id"].as_str().unwrap();
    let new = Request::post("/v1/admin/integrations").header("x-workspace-id", workspace);
    let body = json!({ "name": "local/parcel", "version": "1.2.3", "title": "Parcel", "url": bench.platform.address() });
    let created = send(new, body).await;
    created["integration"]["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_deployed_integration_is_listed_installed_and_has_pages_of_its_own() {
    let (bench, admin) = with_admin().await;
    let empty = text(&bench.get("/inspector/deployed").await);
    assert!(empty.contains("Nothing is deployed"), "{empty}");
    let id = deploy(&bench).await;
    let listed = text(&bench.get("/inspector/deployed").await);
    assert!(listed.contains("local/parcel"), "{listed}");
    let install = format!("/inspector/deployed/{id}/install");
    assert!(listed.contains(&install), "{listed}");

    let form = text(&bench.get(&install).await);
    assert!(form.contains(&format!("action=\"{install}\"")), "{form}");
    let token = form.split("name=\"token\" value=\"").nth(1).unwrap();
    let token = token.split('"').next().unwrap();
    let request = Request::post(&install)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(format!("token={token}").into())
        .unwrap();
    let installed = bench.send(request).await;
    assert_eq!(installed.status(), 303, "{}", text(&installed));
    let deployed = admin.integrations().find(&id).unwrap();
    let instance = deployed.instances().unwrap().remove(0);
    assert!(bench.platform.instances().unwrap().is_empty());

    let page = installed.headers()["location"].to_str().unwrap();
    assert!(page.ends_with(&instance.webhook_id), "{page}");
    let shown = text(&bench.get(page).await);
    assert!(
        shown.contains("Parcel") && shown.contains("1.2.3"),
        "{shown}"
    );
    let listed = text(&bench.get("/inspector/deployed").await);
    assert!(listed.contains(page), "{listed}");
}
