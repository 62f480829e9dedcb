//! The configuration of the instance.

use std::path::{Path, PathBuf};

use clap::Args;
use contexture_emulator::definition::Definition;
use contexture_emulator::example::{Example, example};
use contexture_emulator::platform::{
    Instance, NewInstance, Platform, PlatformError, RegistrationStatus,
};
use serde_json::Value;

use crate::Outcome;
use crate::nearest::did_you_mean;

/// The value of a required secret for which nothing is given. A real service refuses it, a webhook of one's own does not.
pub(crate) const MADE_UP: &str = "a-secret-of-contexture-dev";

/// The configuration that is given.
#[derive(Clone, Debug, Args)]
pub(crate) struct GivenConfiguration {
    /// The configuration of the instance: a JSON file. It is kept, so later runs do not need it.
    #[arg(long, value_name = "FILE")]
    pub(crate) configuration: Option<PathBuf>,
    /// The type of the configuration: a name under `configurations`; the primary one by default.
    #[arg(long, value_name = "TYPE")]
    pub(crate) configuration_type: Option<String>,
}

/// What became of the instance.
#[derive(Debug)]
pub(super) enum Installed {
    /// It is configured, and `register` was called.
    Instance(Box<Instance>),
    /// There is none, for this reason.
    Waits(String),
}

impl GivenConfiguration {
    /// Reads the file, if one is given.
    pub(crate) fn read(&self) -> Result<Option<Value>, Outcome> {
        self.configuration.as_deref().map(read_json).transpose()
    }
}

fn read_json(file: &Path) -> Result<Value, Outcome> {
    let shown = file.display();
    let text = std::fs::read_to_string(file)
        .map_err(|error| Outcome::failure(format!("error: cannot read {shown}: {error}\n")))?;
    // The place of a mistake, without the text around it.
    serde_json::from_str(&text)
        .map_err(|error| Outcome::failure(format!("error: {shown} is not JSON: {error}\n")))
}

/// Refuses a type that the definition does not have.
pub(super) fn check_type(
    definition: &Definition,
    given: &GivenConfiguration,
) -> Result<(), Outcome> {
    let Some(name) = &given.configuration_type else {
        return Ok(());
    };
    if definition.configurations().any(|known| known == name) {
        return Ok(());
    }
    let help = did_you_mean(name, definition.configurations());
    Err(Outcome::failure(format!(
        "error: the definition has no configuration type `{name}`\n{help}"
    )))
}

/// Installs the integration, or configures and registers the instance of an earlier run.
pub(super) async fn install(
    platform: Platform,
    configuration_type: Option<String>,
    configuration: Option<Value>,
) -> Result<Installed, PlatformError> {
    let known = platform.instances()?.into_iter().next();
    let kind = configuration_type.as_deref();
    let instance = match (known, configuration) {
        (Some(known), Some(configuration)) => {
            platform
                .configure(&known.webhook_id, kind, &configuration)
                .await?
        }
        (Some(known), None) if kind.is_none() || known.configuration_type.as_deref() == kind => {
            platform.register(&known.webhook_id).await?
        }
        (known, given) => {
            let configuration = match given {
                Some(configuration) => configuration,
                None => match made(&platform.definition(), kind) {
                    Ok(made) => made,
                    Err(reason) => return Ok(Installed::Waits(reason)),
                },
            };
            let done = if let Some(known) = known {
                platform
                    .configure(&known.webhook_id, kind, &configuration)
                    .await
            } else {
                let new = NewInstance {
                    configuration_type,
                    configuration,
                    ..NewInstance::default()
                };
                platform.install(new).await
            };
            done?
        }
    };
    Ok(Installed::Instance(Box::new(instance)))
}

/// The configuration that the defaults and examples of a schema make, or what it lacks.
fn made(definition: &Definition, kind: Option<&str>) -> Result<Value, String> {
    let Some(configuration) = definition.configuration(kind) else {
        return Ok(Value::Object(serde_json::Map::new()));
    };
    if configuration.schema.is_null() {
        return Ok(Value::Object(serde_json::Map::new()));
    }
    let Example { mut value, missing } = example(configuration.schema);
    let (secrets, missing): (Vec<_>, Vec<_>) = missing
        .into_iter()
        .partition(|pointer| is_secret(configuration.schema, pointer));
    if !missing.is_empty() {
        let missing = missing.join(", ");
        return Err(format!(
            "its schema has neither a default nor an example for {missing}"
        ));
    }
    for pointer in &secrets {
        if let Some(part) = value.pointer_mut(pointer) {
            *part = MADE_UP.into();
        }
    }
    Ok(value)
}

/// Whether a schema marks the text at a place as secret.
fn is_secret(schema: &Value, pointer: &str) -> bool {
    let names = pointer.split('/').skip(1);
    let names = names.map(|name| name.replace("~1", "/").replace("~0", "~"));
    let found = names.fold(schema, |schema, name| &schema["properties"][name]);
    found["x-zui"]["secret"] == true && found["type"] == "string"
}

/// The secrets of an instance that were made up, by their names.
pub(super) fn made_up(platform: &Platform, instance: &Instance) -> Vec<String> {
    let definition = platform.definition();
    let configuration = definition.configuration(instance.configuration_type.as_deref());
    let made = configuration.map(|configuration| example(configuration.schema));
    let missing = made.into_iter().flat_map(|made| made.missing);
    missing
        .filter(|pointer| {
            instance
                .configuration
                .pointer(pointer)
                .is_some_and(|value| value == MADE_UP)
        })
        .map(|pointer| pointer.trim_start_matches('/').to_owned())
        .collect()
}

/// What became of an instance, in a line.
pub(crate) fn told(status: &str, reason: Option<&str>) -> String {
    match reason {
        Some(reason) => format!("{status}: {reason}"),
        None => status.to_owned(),
    }
}

/// Whether an instance is registered.
pub(super) fn is_registered(instance: &Instance) -> bool {
    instance.status == RegistrationStatus::Registered
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn of(properties: &Value, required: &[&str]) -> Result<Value, String> {
        let schema = json!({ "type": "object", "properties": properties, "required": required });
        made(
            &Definition::new(json!({ "configuration": { "schema": schema } })),
            None,
        )
    }

    #[test]
    fn a_required_secret_is_made_up_and_anything_else_is_waited_for() {
        let secret = json!({ "type": "string", "x-zui": { "secret": true } });
        let properties =
            json!({ "key": secret, "region": { "type": "string" }, "mode": { "default": "live" } });
        let made = of(&properties, &["key"]).unwrap();
        assert_eq!(made, json!({ "key": MADE_UP, "mode": "live" }));
        let reason = of(&properties, &["key", "region"]).unwrap_err();
        assert!(reason.ends_with("for /region"), "{reason}");
    }

    #[test]
    fn a_definition_without_a_configuration_needs_none() {
        assert_eq!(made(&Definition::default(), None), Ok(json!({})));
    }
}
