//! What is called: the instance of a `dev`, or an integration at an address.

use std::fmt;

use clap::Args;
use serde_json::Value;

use crate::Outcome;

/// What is called.
#[derive(Clone, Default, Args)]
pub(super) struct Target {
    /// The address of an integration, which is called directly, as Botpress would; by default that of `contexture dev`.
    #[arg(long, global = true, value_parser = address)]
    pub(super) url: Option<String>,
    /// With --url: the configuration, as JSON, `@FILE`, or `-`.
    #[arg(long, global = true, value_name = "JSON")]
    pub(super) configuration: Option<String>,
    /// The type of the configuration.
    #[arg(long, global = true, value_name = "TYPE")]
    pub(super) configuration_type: Option<String>,
    /// With --url: the secret that the call is signed with, as base64url.
    #[arg(long, global = true, value_name = "SECRET")]
    pub(super) signing_secret: Option<String>,
    /// With --url: the file of the definition; that of the package by default, if there is one.
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) definition: Option<std::path::PathBuf>,
}

fn address(text: &str) -> Result<String, String> {
    let is_address = ["http://", "https://"]
        .iter()
        .any(|scheme| text.starts_with(scheme));
    let expected = || "expected an address, such as http://127.0.0.1:8072".to_owned();
    is_address.then(|| text.to_owned()).ok_or_else(expected)
}

/// Omits what is secret.
impl fmt::Debug for Target {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Target")
            .field("url", &self.url)
            .field("configuration_type", &self.configuration_type)
            .finish_non_exhaustive()
    }
}

impl Target {
    /// Refuses options that only a direct call has.
    pub(super) fn check_without_url(&self) -> Result<(), Outcome> {
        for (is_given, option, help) in [
            (
                self.configuration.is_some(),
                "--configuration",
                "`contexture dev --configuration FILE` configures the instance",
            ),
            (
                self.signing_secret.is_some(),
                "--signing-secret",
                "`contexture dev` signs its calls itself",
            ),
        ] {
            if is_given {
                return Err(Outcome::wrong_usage(format!(
                    "error: `{option}` belongs to `--url`\nhelp: {help}\n"
                )));
            }
        }
        Ok(())
    }

    /// The instance with the type of configuration that is asked for.
    pub(super) fn instance<'a>(&self, state: &'a Value) -> Result<&'a Value, Outcome> {
        let instances = state["instances"].as_array();
        let instances = instances.map(Vec::as_slice).unwrap_or_default();
        if let Some(elsewhere) = state["instancesElsewhere"].as_str() {
            return Err(Outcome::failure(format!("error: {elsewhere}\n")));
        }
        let Some(first) = instances.first() else {
            return Err(Outcome::failure(
                "error: the integration is not configured yet\n\
                 help: write the configuration into a file and run `contexture dev --configuration FILE`\n",
            ));
        };
        let Some(wanted) = &self.configuration_type else {
            return Ok(first);
        };
        let mut fitting = instances.iter();
        let found = fitting.find(|instance| instance["configurationType"] == **wanted);
        found.ok_or_else(|| {
            let configured = match first["configurationType"].as_str() {
                Some(name) => format!("the configuration type `{name}`"),
                None => "the primary configuration".to_owned(),
            };
            Outcome::failure(format!(
                "error: the instance has {configured}\n\
                 help: `contexture dev --configuration FILE --configuration-type {wanted}` changes it\n"
            ))
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_instance_has_the_type_that_is_asked_for() {
        let state = json!({ "instances": [
            { "webhookId": "a", "configurationType": null }, { "webhookId": "b", "configurationType": "oauth" },
        ] });
        let of = |kind: Option<&str>| {
            let configuration_type = kind.map(str::to_owned);
            let target = Target {
                configuration_type,
                ..Target::default()
            };
            target
                .instance(&state)
                .map(|instance| instance["webhookId"].clone())
        };
        assert_eq!(of(None).unwrap(), "a");
        assert_eq!(of(Some("oauth")).unwrap(), "b");
        assert!(
            of(Some("other"))
                .unwrap_err()
                .errors
                .contains("the primary configuration")
        );
    }

    #[test]
    fn options_of_direct_calls_are_refused_without_an_address() {
        let target = Target {
            signing_secret: Some("hunter2".to_owned()),
            ..Target::default()
        };
        let refused = target.check_without_url().unwrap_err();
        assert!(refused.errors.contains("belongs to `--url`"));
        assert!(!format!("{target:?} {refused:?}").contains("hunter2"));
    }
}
