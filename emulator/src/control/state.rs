//! What the routes share, and the state that they show.

use serde_json::{Value, json};

use super::body::Refusal;
use crate::api::Api;
use crate::platform::{Instance, Platform};
use crate::program::{Program, ProgramState};

/// What is controlled. Clones share it.
#[derive(Clone, Debug)]
pub struct Control {
    /// The platform.
    pub platform: Platform,
    /// The API of the platform.
    pub api: Api,
    /// The program of the integration.
    pub program: Program,
    /// The folder of the package.
    pub folder: String,
    /// Why there are no instances here, if another Botpress has them and calls the program.
    pub instances_elsewhere: Option<String>,
}

impl Control {
    /// The program, the addresses and the instances.
    pub(super) fn state(&self) -> Result<Value, Refusal> {
        let definition = self.platform.definition();
        let instances: Vec<_> = self.platform.instances()?;
        let instances: Vec<_> = instances
            .iter()
            .map(|one| self.instance_json(one))
            .collect();
        Ok(json!({
            "folder": self.folder,
            "program": program_json(&self.program.state()),
            "integration": {
                "name": definition.name(),
                "version": definition.version(),
                "title": definition.title(),
                "id": self.platform.integration_id(),
                "address": self.platform.address(),
            },
            "instances": instances,
            "instancesElsewhere": self.instances_elsewhere,
        }))
    }

    /// The instance with a webhook id, or the first one.
    pub(super) fn instance(&self, webhook_id: Option<&str>) -> Result<Instance, Refusal> {
        self.check_here()?;
        match webhook_id {
            Some(webhook_id) => Ok(self.platform.instance(webhook_id)?),
            None => self
                .platform
                .instances()?
                .into_iter()
                .next()
                .ok_or_else(|| {
                    Refusal::conflict(
                        "the integration is not installed yet, because it has no configuration: \
                     `contexture dev --configuration FILE` gives one",
                    )
                }),
        }
    }

    /// Refuses what needs an instance, if another Botpress has them.
    pub(super) fn check_here(&self) -> Result<(), Refusal> {
        match &self.instances_elsewhere {
            Some(reason) => Err(Refusal::conflict(reason.clone())),
            None => Ok(()),
        }
    }

    /// Refuses what needs a program that serves.
    pub(super) fn check_serves(&self) -> Result<(), Refusal> {
        let reason = match self.program.state() {
            ProgramState::Building {
                earlier_serves: false,
            } => "the program is built; it does not serve yet".to_owned(),
            ProgramState::Failed {
                earlier_serves: false,
                ..
            } => "the program could not be built, so nothing serves; `contexture dev` shows why"
                .to_owned(),
            ProgramState::Ended { reason } => format!("nothing serves: {reason}"),
            _ => return Ok(()),
        };
        Err(Refusal::conflict(reason))
    }

    /// An instance without its configuration, which has secrets.
    pub(super) fn instance_json(&self, instance: &Instance) -> Value {
        json!({
            "webhookId": instance.webhook_id,
            "webhookUrl": self.platform.webhook_url(&instance.webhook_id),
            "botId": instance.bot_id,
            "botUserId": instance.bot_user_id,
            "integrationId": instance.integration_id,
            "alias": instance.alias,
            "configurationType": instance.configuration_type,
            "status": instance.status.as_str(),
            "reason": instance.reason,
        })
    }
}

fn program_json(state: &ProgramState) -> Value {
    match state {
        ProgramState::Unknown => json!({ "state": "unknown" }),
        ProgramState::Building { earlier_serves } => {
            json!({ "state": "building", "earlierServes": earlier_serves })
        }
        ProgramState::Serving => json!({ "state": "serving" }),
        ProgramState::Failed {
            output,
            earlier_serves,
        } => json!({ "state": "failed", "output": output, "earlierServes": earlier_serves }),
        ProgramState::Ended { reason } => json!({ "state": "ended", "reason": reason }),
    }
}
