//! The configuration of the instance.

use serde::Deserialize;
use serde_json::{Value, json};

use super::Control;
use super::body::Refusal;
use crate::platform::NewInstance;

/// A new configuration.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct Configure {
    instance: Option<String>,
    #[serde(rename = "type")]
    configuration_type: Option<String>,
    configuration: Value,
}

impl Control {
    /// Configures the instance, or installs it if there is none.
    pub(super) async fn configure(&self, new: Configure) -> Result<Value, Refusal> {
        self.check_here()?;
        self.check_serves()?;
        let platform = &self.platform;
        let first = || Ok::<_, Refusal>(platform.instances()?.into_iter().next());
        let known = match new.instance {
            Some(webhook_id) => Some(platform.instance(&webhook_id)?),
            None => first()?,
        };
        let kind = new.configuration_type;
        let instance = if let Some(known) = known {
            platform
                .configure(&known.webhook_id, kind.as_deref(), &new.configuration)
                .await?
        } else {
            let new = NewInstance {
                configuration_type: kind,
                configuration: new.configuration,
                ..NewInstance::default()
            };
            platform.install(new).await?
        };
        Ok(json!({ "instance": self.instance_json(&instance) }))
    }
}
