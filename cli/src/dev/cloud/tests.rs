//! The dev integration, against the emulator's admin API.

use std::fs;

use contexture::Secret;
use contexture_emulator::admin::NewWorkspace;
use contexture_emulator::server::{Emulator, EmulatorOptions};
use tempfile::TempDir;

use super::dev_integration::DevIntegration;
use super::naming::name_of;
use crate::botpress::{AdminClient, Credentials, Integration, Reference};

const URL: &str = "https://tunnel.test/an-id";

const BEFORE: &str = "\
name: small
version: 0.1.0
title: Before
actions:
  greet: { input: { schema: { type: object } }, output: { schema: { type: object } } }
  leave: { input: { schema: { type: object } }, output: { schema: { type: object } } }
";
const AFTER: &str = "\
name: small
version: 0.2.0
title: After
actions:
  greet: { input: { schema: { type: object } }, output: { schema: { type: object } } }
";

/// A Botpress with one workspace, and a definition.
struct Bench {
    emulator: Emulator,
    client: AdminClient,
    folder: TempDir,
}

impl Bench {
    async fn new(handle: Option<&str>) -> Self {
        let token = "bp_pat_correct-horse-battery-staple";
        let options = EmulatorOptions {
            token: token.to_owned(),
            workspace: NewWorkspace {
                name: "Acme".to_owned(),
                handle: handle.map(str::to_owned),
            },
            ..EmulatorOptions::default()
        };
        let emulator = Emulator::start(options).await.unwrap();
        let credentials = Credentials {
            api_url: emulator.address.clone(),
            token: Secret::from(token),
            workspace_id: Some(emulator.workspace_id.clone()),
            origin: String::new(),
        };
        Self {
            client: AdminClient::new(&credentials, |line| panic!("{line}")),
            emulator,
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// Publishes a definition; returns the id, and whether it is new.
    async fn publish(&self, definition: &str, id: Option<&str>) -> (String, bool) {
        let file = self.folder.path().join("definition.yaml");
        fs::write(&file, definition).unwrap();
        let integration = DevIntegration {
            client: self.client.clone(),
            definition: file,
            name: "acme/small".to_owned(),
            url: URL.to_owned(),
            id: id.map(str::to_owned),
        };
        let published = integration
            .publish()
            .await
            .map_err(|refused| refused.errors);
        let published = published.unwrap();
        assert_eq!(published.name, "acme/small");
        (published.id, published.is_new)
    }

    async fn find(&self, id: &str) -> Integration {
        let found = self
            .client
            .find_private(&Reference::Id(id.to_owned()))
            .await;
        found.unwrap().expect("the integration is there")
    }

    async fn name_of(&self, name: &str) -> Result<String, String> {
        let name = name_of(&self.client, name).await;
        name.map_err(|refused| refused.errors)
    }
}

#[tokio::test]
async fn a_dev_integration_is_created_once_and_then_updated_with_what_is_gone() {
    let bench = Bench::new(Some("acme")).await;
    let (id, is_new) = bench.publish(BEFORE, None).await;
    assert!(is_new);
    let there = bench.find(&id).await;
    assert_eq!(
        (there.json["dev"].as_bool(), there.text("url")),
        (Some(true), URL)
    );
    assert_eq!(there.text("title"), "Before");
    assert!(
        bench.emulator.admin.integrations().find(&id).is_some(),
        "it can be called"
    );

    let (same, is_new) = bench.publish(AFTER, Some(&id)).await;
    assert_eq!((same.as_str(), is_new), (id.as_str(), false));
    let there = bench.find(&id).await;
    assert_eq!(there.text("title"), "After");
    let actions: Vec<_> = there.json["actions"].as_object().unwrap().keys().collect();
    assert_eq!(actions, ["greet"]);
}

#[tokio::test]
async fn an_id_that_names_no_dev_integration_is_replaced() {
    let bench = Bench::new(Some("acme")).await;
    let unknown = "devint_01J00000000000000000000000";
    let (id, is_new) = bench.publish(BEFORE, Some(unknown)).await;
    assert!(is_new && id != unknown);
    let body = serde_json::json!({ "name": "acme/other", "version": "1.0.0", "url": URL });
    let published = bench.client.create(&body).await.unwrap();
    let (other, is_new) = bench.publish(AFTER, Some(published.id())).await;
    assert!(is_new && other != published.id());
    assert_eq!(
        bench.find(published.id()).await.text("name"),
        "acme/other",
        "it stays as it is"
    );
}

#[tokio::test]
async fn the_name_gets_the_handle_of_the_workspace() {
    let bench = Bench::new(Some("acme")).await;
    assert_eq!(bench.name_of("small").await.as_deref(), Ok("acme/small"));
    assert_eq!(
        bench.name_of("acme/small").await.as_deref(),
        Ok("acme/small")
    );
    let error = bench.name_of("other/small").await.unwrap_err();
    assert!(error.contains("that of Acme is `acme`"), "{error}");
    assert!(error.contains("--workspace-id"), "{error}");
}

#[tokio::test]
async fn a_handle_that_only_the_name_has_is_claimed() {
    let bench = Bench::new(None).await;
    let error = bench.name_of("small").await.unwrap_err();
    assert!(error.contains("`name: HANDLE/small`"), "{error}");
    assert_eq!(
        bench.name_of("acme/small").await.as_deref(),
        Ok("acme/small")
    );
    assert_eq!(
        bench.name_of("small").await.as_deref(),
        Ok("acme/small"),
        "it was claimed"
    );
}
