//! The definition of an integration, as `bp read --json` prints it.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Map, Value};

/// The definition of an integration. Clones share it.
///
/// It is read generously: a section that is missing or has another form is empty.
///
/// ```
/// use contexture_emulator::definition::Definition;
/// use serde_json::json;
///
/// let definition = Definition::new(json!({
///     "name": "acme",
///     "version": "1.2.3",
///     "channels": { "chat": { "messages": { "text": { "schema": {} } }, "message": { "tags": { "id": {} } } } },
/// }));
/// assert_eq!(definition.name(), "acme");
/// let chat = definition.channel("chat").unwrap();
/// assert!(chat.message("text").is_some());
/// assert_eq!(chat.message_tags().collect::<Vec<_>>(), ["id"]);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Definition {
    document: Arc<Value>,
}

/// A state of a definition.
#[derive(Clone, Copy, Debug)]
pub struct StateDefinition<'a> {
    /// What the state belongs to: `integration`, `conversation` or `user`.
    pub owner: &'a str,
    /// The JSON Schema of its payload.
    pub schema: &'a Value,
}

/// A channel of a definition.
#[derive(Clone, Copy, Debug)]
pub struct ChannelDefinition<'a> {
    document: &'a Value,
}

/// An action of a definition.
#[derive(Clone, Copy, Debug)]
pub struct ActionDefinition<'a> {
    /// The JSON Schema of its input.
    pub input: &'a Value,
    /// The JSON Schema of its output.
    pub output: &'a Value,
}

/// A configuration of a definition.
#[derive(Clone, Copy, Debug)]
pub struct ConfigurationDefinition<'a> {
    /// The title, or an empty text.
    pub title: &'a str,
    /// The JSON Schema of the configuration.
    pub schema: &'a Value,
    /// Whether an installation needs an identifier.
    pub requires_identifier: bool,
    /// The VRL script that makes the link of the authorization.
    pub link_template_script: Option<&'a str>,
}

impl Definition {
    /// Takes the document that `bp read --json` prints.
    #[must_use]
    pub fn new(document: Value) -> Self {
        Self {
            document: Arc::new(document),
        }
    }

    /// The whole document.
    #[must_use]
    pub fn document(&self) -> &Value {
        &self.document
    }

    /// The name, with the handle if it has one.
    #[must_use]
    pub fn name(&self) -> &str {
        text(&self.document["name"])
    }

    /// The version.
    #[must_use]
    pub fn version(&self) -> &str {
        text(&self.document["version"])
    }

    /// The title, or the name if there is none.
    #[must_use]
    pub fn title(&self) -> &str {
        self.document["title"].as_str().unwrap_or(self.name())
    }

    /// The names of all states.
    pub fn states(&self) -> impl Iterator<Item = &str> {
        names(&self.document["states"])
    }

    /// A state by its name.
    #[must_use]
    pub fn state(&self, name: &str) -> Option<StateDefinition<'_>> {
        let state = self.document["states"].get(name)?;
        Some(StateDefinition {
            owner: text(&state["type"]),
            schema: &state["schema"],
        })
    }

    /// The names of all events.
    pub fn events(&self) -> impl Iterator<Item = &str> {
        names(&self.document["events"])
    }

    /// The JSON Schema of an event's payload.
    #[must_use]
    pub fn event(&self, name: &str) -> Option<&Value> {
        Some(&self.document["events"].get(name)?["schema"])
    }

    /// The names of all channels.
    pub fn channels(&self) -> impl Iterator<Item = &str> {
        names(&self.document["channels"])
    }

    /// A channel by its name.
    #[must_use]
    pub fn channel(&self, name: &str) -> Option<ChannelDefinition<'_>> {
        let document = self.document["channels"].get(name)?;
        Some(ChannelDefinition { document })
    }

    /// The names of the tags of users.
    pub fn user_tags(&self) -> impl Iterator<Item = &str> {
        names(&self.document["user"]["tags"])
    }

    /// The names of all actions.
    pub fn actions(&self) -> impl Iterator<Item = &str> {
        names(&self.document["actions"])
    }

    /// An action by its name.
    #[must_use]
    pub fn action(&self, name: &str) -> Option<ActionDefinition<'_>> {
        let action = self.document["actions"].get(name)?;
        Some(ActionDefinition {
            input: &action["input"]["schema"],
            output: &action["output"]["schema"],
        })
    }

    /// The names of the configurations beside the primary one.
    pub fn configurations(&self) -> impl Iterator<Item = &str> {
        names(&self.document["configurations"])
    }

    /// A configuration by its name; the primary one for `None`.
    #[must_use]
    pub fn configuration(&self, name: Option<&str>) -> Option<ConfigurationDefinition<'_>> {
        let configuration = match name {
            Some(name) => self.document["configurations"].get(name)?,
            None => self.document.get("configuration")?,
        };
        let identifier = &configuration["identifier"];
        Some(ConfigurationDefinition {
            title: text(&configuration["title"]),
            schema: &configuration["schema"],
            requires_identifier: identifier["required"] == true,
            link_template_script: identifier["linkTemplateScript"].as_str(),
        })
    }

    /// How long a call may take. Only what was deployed has it.
    #[must_use]
    pub fn time_limit(&self) -> Option<Duration> {
        let seconds = self.document["maxExecutionTime"].as_f64()?;
        Duration::try_from_secs_f64(seconds).ok()
    }

    /// The VRL script that takes the identifier of an installation from a webhook request.
    #[must_use]
    pub fn extract_script(&self) -> Option<&str> {
        self.document["identifier"]["extractScript"].as_str()
    }

    /// The VRL script that answers webhook requests without an installation.
    #[must_use]
    pub fn fallback_handler_script(&self) -> Option<&str> {
        self.document["identifier"]["fallbackHandlerScript"].as_str()
    }
}

impl<'a> ChannelDefinition<'a> {
    /// The names of all message types.
    pub fn messages(self) -> impl Iterator<Item = &'a str> {
        names(&self.document["messages"])
    }

    /// The JSON Schema of a message's payload.
    #[must_use]
    pub fn message(self, name: &str) -> Option<&'a Value> {
        Some(&self.document["messages"].get(name)?["schema"])
    }

    /// The names of the tags of messages.
    pub fn message_tags(self) -> impl Iterator<Item = &'a str> {
        names(&self.document["message"]["tags"])
    }

    /// The names of the tags of conversations.
    pub fn conversation_tags(self) -> impl Iterator<Item = &'a str> {
        names(&self.document["conversation"]["tags"])
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn names(section: &Value) -> impl Iterator<Item = &str> {
    let fields = section.as_object().into_iter().flat_map(Map::keys);
    fields.map(String::as_str)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_empty_definition_has_nothing() {
        let definition = Definition::new(Value::Null);
        assert_eq!(definition.name(), "");
        assert_eq!(definition.states().count(), 0);
        assert!(definition.configuration(None).is_none());
        assert!(definition.channel("chat").is_none());
        assert!(definition.extract_script().is_none());
    }

    #[test]
    fn configurations_have_their_schema_and_identifier() {
        let definition = Definition::new(json!({
            "configuration": { "schema": { "type": "object" } },
            "configurations": {
                "oauth": { "title": "OAuth", "identifier": { "required": true, "linkTemplateScript": ".url" } },
            },
        }));
        let primary = definition.configuration(None).expect("a configuration");
        assert_eq!(primary.schema, &json!({ "type": "object" }));
        assert!(!primary.requires_identifier);
        let oauth = definition
            .configuration(Some("oauth"))
            .expect("a configuration");
        assert!(oauth.requires_identifier);
        assert_eq!(oauth.link_template_script, Some(".url"));
        assert_eq!(definition.configurations().collect::<Vec<_>>(), ["oauth"]);
    }

    #[test]
    fn a_state_has_its_owner() {
        let definition = Definition::new(json!({
            "states": { "session": { "type": "user", "schema": { "type": "object" } } },
        }));
        let session = definition.state("session").expect("a state");
        assert_eq!(session.owner, "user");
        assert!(definition.state("other").is_none());
    }
}
