//! The dev integration at Botpress.

use std::collections::BTreeMap;
use std::path::PathBuf;

use contexture_codegen::Generator;
use serde_json::Value;

use crate::Outcome;
use crate::botpress::{AdminClient, AdminError, Integration, Reference};
use crate::deploy::body::{BodyParts, Place, create_body};
use crate::deploy::interfaces::interface_ids;
use crate::deploy::update::update_body;

/// What a dev integration is made of.
#[derive(Clone, Debug)]
pub(super) struct DevIntegration {
    pub(super) client: AdminClient,
    /// The file of the definition.
    pub(super) definition: PathBuf,
    /// The name, with the handle of the workspace.
    pub(super) name: String,
    /// The public address of the tunnel.
    pub(super) url: String,
    /// The id that it had, if it is known.
    pub(super) id: Option<String>,
}

/// A dev integration that is up to date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::dev) struct Published {
    pub(in crate::dev) id: String,
    pub(in crate::dev) name: String,
    pub(in crate::dev) version: String,
    pub(in crate::dev) is_new: bool,
}

impl DevIntegration {
    /// Updates the dev integration, or creates one if there is none with its id.
    pub(super) async fn publish(self) -> Result<Published, Outcome> {
        let definition = self.read().await?;
        let interface_ids = interface_ids(&self.client, &definition, |_| ()).await?;
        let mut body = self.body(&definition, &interface_ids);
        let published = if let Some(there) = self.existing().await? {
            let body = update_body(&body, &there.json);
            self.client.update(there.id(), &body).await
        } else {
            body["dev"] = true.into();
            self.client.create(&body).await
        };
        let published =
            published.map_err(|error| self.failed("cannot be kept up to date", &error))?;
        Ok(Published {
            id: published.id().to_owned(),
            version: definition["version"]
                .as_str()
                .unwrap_or_default()
                .to_owned(),
            is_new: self.id.as_deref() != Some(published.id()),
            name: self.name,
        })
    }

    fn body(&self, definition: &Value, interface_ids: &BTreeMap<String, String>) -> Value {
        let parts = BodyParts {
            name: &self.name,
            interface_ids,
            place: &Place::Url(self.url.clone()),
            visibility: None,
        };
        create_body(definition, &parts)
    }

    /// The definition as Botpress takes it.
    async fn read(&self) -> Result<Value, Outcome> {
        let file = self.definition.clone();
        let reading = tokio::task::spawn_blocking(move || {
            let publication = Generator::new(&file).publication();
            publication.map_err(|refused| {
                let (shown, summary) = (file.display(), refused.summary());
                Outcome::failure(format!("error: {shown} is refused: {summary}\n"))
            })
        });
        let read = reading.await.map_err(|error| {
            Outcome::failure(format!("error: the definition cannot be read: {error}\n"))
        })?;
        Ok(read?.definition)
    }

    /// The integration with the id, if it is a dev integration.
    async fn existing(&self) -> Result<Option<Integration>, Outcome> {
        let Some(id) = &self.id else { return Ok(None) };
        let found = self.client.find_private(&Reference::Id(id.clone())).await;
        let found = found.map_err(|error| self.failed("cannot be looked up", &error))?;
        Ok(found.filter(|found| found.json["dev"] == true))
    }

    fn failed(&self, what: &str, error: &AdminError) -> Outcome {
        error.outcome(&format!("the dev integration of {} {what}", self.name))
    }
}
