//! The identifier of an instance: the scripts of the definition, and what the integration configures.

use http::{HeaderMap, StatusCode};
use serde_json::{Value, json};

use super::Received;
use crate::platform::call::header_map;
use crate::platform::error::PlatformError;
use crate::platform::instance::{Instance, RegistrationStatus};
use crate::platform::scripts::ScriptError;
use crate::platform::{Platform, answer::Answer};

/// The header by which an integration sets the identifier of an instance.
const IDENTIFIER: &str = "x-bp-integration-identifier";

/// The environment that link templates see.
const ENVIRONMENT: &str = "preview";

/// The link at which the owner of a bot authorizes the integration.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AuthorizationLink {
    /// The address.
    pub url: String,
    /// Whether an instance without an identifier is not complete.
    pub is_required: bool,
}

/// The answer of a `fallbackHandlerScript`.
#[derive(Debug)]
pub(super) struct FallbackAnswer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: String,
}

impl Platform {
    /// The link at which the owner of a bot authorizes the integration; `None` if the configuration type has none. It waits
    /// for the script.
    ///
    /// # Errors
    ///
    /// There is no such instance, or the script fails.
    pub fn authorization_link(
        &self,
        webhook_id: &str,
    ) -> Result<Option<AuthorizationLink>, PlatformError> {
        const SCRIPT: &str = "link template";

        let instance = self.instance(webhook_id)?;
        let definition = self.definition();
        let configuration = definition.configuration(instance.configuration_type.as_deref());
        let Some((configuration, script)) =
            configuration.and_then(|found| Some((found, found.link_template_script?)))
        else {
            return Ok(None);
        };
        let input = json!({
            "env": ENVIRONMENT,
            "webhookId": instance.webhook_id,
            "webhookUrl": self.webhook_base_url(),
            "source": "dashboard",
        });
        match self.scripts().run(script, input)? {
            Value::String(url) => Ok(Some(AuthorizationLink {
                url,
                is_required: configuration.requires_identifier,
            })),
            _ => Err(ScriptError::WrongResult {
                script: SCRIPT,
                expected: "the address as text",
            }
            .into()),
        }
    }

    /// The identifier in a request to the shared address.
    pub(super) fn extract_identifier(
        &self,
        received: &Received,
        path: &str,
    ) -> Result<Option<String>, PlatformError> {
        let definition = self.definition();
        let Some(script) = definition.extract_script() else {
            return Ok(None);
        };
        let input = self.script_input(received, path);
        match self.scripts().run(script, input) {
            Ok(Value::String(identifier)) if !identifier.is_empty() => Ok(Some(identifier)),
            Ok(Value::Number(identifier)) => Ok(Some(identifier.to_string())),
            Ok(_) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// The answer of the definition to a request that belongs to no instance.
    pub(super) fn fallback_answer(
        &self,
        received: &Received,
        path: &str,
    ) -> Result<Option<FallbackAnswer>, PlatformError> {
        let definition = self.definition();
        let Some(script) = definition.fallback_handler_script() else {
            return Ok(None);
        };
        let input = self.script_input(received, path);
        let answer = self.scripts().run(script, input)?;
        read_fallback(&answer).map(Some).map_err(Into::into)
    }

    /// The instance with an identifier. The oldest one counts.
    pub(super) fn identified(&self, identifier: &str) -> Result<Option<Instance>, PlatformError> {
        for instance in self.instances()? {
            let is_active = instance.status != RegistrationStatus::Unregistered;
            if is_active && self.identifier(&instance)?.as_deref() == Some(identifier) {
                return Ok(Some(instance));
            }
        }
        Ok(None)
    }

    /// Sets the identifier that the integration has named in its answer.
    pub(super) fn note_identifier(
        &self,
        instance: &Instance,
        answer: &Answer,
    ) -> Result<(), PlatformError> {
        let named = answer.headers.get(IDENTIFIER);
        match named.and_then(|value| str::from_utf8(value.as_bytes()).ok()) {
            Some(identifier) if !identifier.is_empty() => self.set_identifier(instance, identifier),
            _ => Ok(()),
        }
    }

    fn script_input(&self, received: &Received, path: &str) -> Value {
        json!({
            "body": received.text(),
            "path": path,
            "query": received.query,
            "method": received.method,
            "headers": received.header_values(),
            "secrets": self.integration_secrets(),
        })
    }
}

/// Reads `{ status, headers, body }`, of which each part may be absent.
fn read_fallback(answer: &Value) -> Result<FallbackAnswer, ScriptError> {
    let wrong = || ScriptError::WrongResult {
        script: "fallbackHandlerScript",
        expected: "an object with `status`, `headers` and `body`",
    };
    if !answer.is_object() {
        return Err(wrong());
    }
    let status = match &answer["status"] {
        Value::Null => StatusCode::OK,
        status => status
            .as_u64()
            .and_then(|status| StatusCode::from_u16(u16::try_from(status).ok()?).ok())
            .ok_or_else(wrong)?,
    };
    let headers = answer["headers"].as_object().into_iter().flatten();
    let headers = headers.filter_map(|(name, value)| {
        let value = value.as_str()?;
        Some((name.clone(), value.to_owned()))
    });
    let headers = header_map(&headers.collect::<Vec<_>>()).map_err(|_| wrong())?;
    let body = match &answer["body"] {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    Ok(FallbackAnswer {
        status,
        headers,
        body,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_of_a_script_has_defaults() {
        let empty = read_fallback(&json!({})).unwrap();
        assert_eq!((empty.status.as_u16(), empty.body.as_str()), (200, ""));
        let full = json!({ "status": 403, "headers": { "a": "b" }, "body": { "c": 1 } });
        let full = read_fallback(&full).unwrap();
        assert_eq!(
            (full.status.as_u16(), full.body.as_str()),
            (403, r#"{"c":1}"#)
        );
        assert_eq!(full.headers["a"], "b");
        assert!(read_fallback(&json!("text")).is_err());
        for wrong in [
            json!({ "status": "ok" }),
            json!({ "status": 99 }),
            json!({ "headers": { "a b": "c" } }),
        ] {
            assert!(read_fallback(&wrong).is_err(), "{wrong}");
        }
    }
}
