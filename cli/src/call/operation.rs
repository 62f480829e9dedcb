//! The operations that can be called, and their inputs.

use clap::Subcommand;
use contexture_emulator::definition::Definition;
use contexture_emulator::platform::Provider;
use serde_json::{Value, json};

use super::input::{InputArguments, read_json, read_text};
use crate::Outcome;
use crate::nearest::did_you_mean;

/// An operation of the protocol.
#[derive(Clone, Debug, Subcommand)]
pub(super) enum Operation {
    /// Calls an action.
    #[command(after_help = "\
Examples:
  contexture call action greet --input '{\"name\":\"Ada\"}'
  contexture call action greet --example
  echo '{\"name\":\"Ada\"}' | contexture call action greet --input -")]
    Action {
        /// The name of the action.
        name: String,
        #[command(flatten)]
        input: InputArguments,
    },
    /// Sends a message of the bot.
    #[command(after_help = "\
Examples:
  contexture call message text --input '{\"text\":\"ping\"}'
  contexture call message image --example --channel chat")]
    Message {
        /// The type of the message, such as `text`.
        #[arg(value_name = "TYPE")]
        message_type: String,
        /// The channel; the first one that has the type by default.
        #[arg(long)]
        channel: Option<String>,
        /// The conversation; the newest one of the channel, or a new one, by default.
        #[arg(long, value_name = "ID")]
        conversation: Option<String>,
        #[command(flatten)]
        input: InputArguments,
    },
    /// Sends a webhook request, as a service does.
    #[command(after_help = "\
Examples:
  contexture call webhook '{\"from\":\"Ada\"}'                      # without a signature
  contexture call webhook --provider github @payload.json
  contexture call webhook --provider slack @event.json --secret-name signingSecret
  contexture call webhook --method GET --path '/challenge?token=1'

Services: discord, github, hubspot, linear, meta, sendgrid, shopify, slack, standard-webhooks, stripe, svix, telegram, \
twilio, zoom. Only Discord and SendGrid themselves can sign their requests.")]
    Webhook(WebhookArguments),
    /// Calls `ping`.
    Ping,
    /// Calls `register` with the configuration of the instance.
    Register,
    /// Calls `unregister`.
    Unregister,
    /// Calls `create_user`.
    CreateUser {
        /// The tags: JSON, `@FILE`, or `-`.
        #[arg(long, value_name = "JSON", default_value = "{}")]
        tags: String,
    },
    /// Calls `create_conversation`.
    CreateConversation {
        /// The channel; the first one by default.
        #[arg(long)]
        channel: Option<String>,
        /// The tags: JSON, `@FILE`, or `-`.
        #[arg(long, value_name = "JSON", default_value = "{}")]
        tags: String,
    },
}

/// A webhook request.
#[derive(Clone, clap::Args)]
pub(super) struct WebhookArguments {
    /// The body: a text, `@FILE`, or `-` for the standard input.
    pub(super) body: Option<String>,
    /// The service that signs the request.
    #[arg(long, value_parser = provider)]
    pub(super) provider: Option<Provider>,
    /// The secret of the signature; by default the one of the configuration or of the integration.
    #[arg(long, requires = "provider")]
    pub(super) secret: Option<String>,
    /// The name of the secret, if there are several: a property of the configuration, or a secret of the definition.
    #[arg(
        long,
        value_name = "NAME",
        requires = "provider",
        conflicts_with = "secret"
    )]
    pub(super) secret_name: Option<String>,
    /// The method.
    #[arg(long, default_value = "POST")]
    pub(super) method: String,
    /// The path behind the address of the webhook, with its query.
    #[arg(long, default_value = "/")]
    pub(super) path: String,
    /// A header. Can be repeated.
    #[arg(long = "header", value_name = "NAME: VALUE", value_parser = header)]
    pub(super) headers: Vec<(String, String)>,
}

/// Omits the secret and the body.
impl std::fmt::Debug for WebhookArguments {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("WebhookArguments")
            .field("provider", &self.provider)
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

fn provider(name: &str) -> Result<Provider, String> {
    Provider::from_name(name).ok_or_else(|| {
        let help = did_you_mean(name, Provider::names());
        let help = help.trim_end();
        format!(
            "no service has this name; {}",
            help.trim_start_matches("help: ")
        )
    })
}

fn header(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once(':').ok_or("expected `name: value`")?;
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}

impl Operation {
    /// The call as the emulator takes it, with its input.
    pub(super) fn body(&self, definition: &Definition) -> Result<Value, Outcome> {
        Ok(match self {
            Self::Action { name, input } => {
                let schema = action_schema(definition, name)?;
                json!({ "operation": "action", "name": name, "input": input.read(&schema)? })
            }
            Self::Message {
                message_type,
                channel,
                conversation,
                input,
            } => {
                let channel = channel_of(definition, channel.as_deref(), Some(message_type))?;
                let schema = message_schema(definition, &channel, message_type)?;
                json!({
                    "operation": "message",
                    "type": message_type,
                    "channel": channel,
                    "conversationId": conversation,
                    "payload": input.read(&schema)?,
                })
            }
            Self::Webhook(webhook) => webhook.body()?,
            Self::Ping => json!({ "operation": "ping" }),
            Self::Register => json!({ "operation": "register" }),
            Self::Unregister => json!({ "operation": "unregister" }),
            Self::CreateUser { tags } => {
                json!({ "operation": "create_user", "tags": read_json(tags)? })
            }
            Self::CreateConversation { channel, tags } => json!({
                "operation": "create_conversation",
                "channel": channel_of(definition, channel.as_deref(), None)?,
                "tags": read_json(tags)?,
            }),
        })
    }
}

impl WebhookArguments {
    fn body(&self) -> Result<Value, Outcome> {
        let (path, query) = self.path.split_once('?').unwrap_or((&self.path, ""));
        let body = self.body.as_deref().map(read_text).transpose()?;
        let body = body.unwrap_or_default();
        Ok(json!({
            "operation": "webhook",
            "method": self.method,
            "path": path,
            "query": query,
            "headers": self.headers_of(&body),
            "body": body,
            "provider": self.provider.map(Provider::as_str),
            "secret": self.secret,
            "secretName": self.secret_name,
        }))
    }
}

impl WebhookArguments {
    /// The headers. A body that is JSON says so, as those of services do.
    fn headers_of(&self, body: &str) -> Vec<(String, String)> {
        let mut headers = self.headers.clone();
        let mut names = headers.iter().map(|(name, _)| name);
        let has_type = names.any(|name| name.eq_ignore_ascii_case("content-type"));
        if !has_type && serde_json::from_str::<Value>(body).is_ok() {
            headers.push(("content-type".to_owned(), "application/json".to_owned()));
        }
        headers
    }
}

/// Whether there is a definition. A call of an address needs none.
fn is_known(definition: &Definition) -> bool {
    !definition.document().is_null()
}

fn action_schema(definition: &Definition, name: &str) -> Result<Value, Outcome> {
    match definition.action(name) {
        Some(action) => Ok(action.input.clone()),
        None if is_known(definition) => Err(unknown("action", name, definition.actions())),
        None => Ok(Value::Null),
    }
}

/// The channel that is named, or the first one that has a type of message.
fn channel_of(
    definition: &Definition,
    named: Option<&str>,
    message_type: Option<&str>,
) -> Result<String, Outcome> {
    let has_type = |channel: &&str| match (definition.channel(channel), message_type) {
        (Some(channel), Some(message_type)) => channel.message(message_type).is_some(),
        (channel, _) => channel.is_some(),
    };
    let channel = match named {
        Some(named) if is_known(definition) && definition.channel(named).is_none() => {
            return Err(unknown("channel", named, definition.channels()));
        }
        Some(named) => Some(named),
        None => definition
            .channels()
            .find(has_type)
            .or_else(|| definition.channels().next()),
    };
    channel.map(str::to_owned).ok_or_else(|| {
        Outcome::failure("error: the definition has no channel\nhelp: name one with `--channel`\n")
    })
}

fn message_schema(
    definition: &Definition,
    channel: &str,
    message_type: &str,
) -> Result<Value, Outcome> {
    let Some(known) = definition.channel(channel) else {
        return Ok(Value::Null);
    };
    if let Some(schema) = known.message(message_type) {
        return Ok(schema.clone());
    }
    let what = format!("message type of the channel `{channel}`");
    Err(unknown(&what, message_type, known.messages()))
}

fn unknown<'a>(what: &str, name: &str, known: impl Iterator<Item = &'a str>) -> Outcome {
    let help = did_you_mean(name, known);
    Outcome::wrong_usage(format!("error: there is no {what} named `{name}`\n{help}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn definition() -> Definition {
        Definition::new(json!({
            "name": "acme",
            "actions": { "createIssue": { "input": { "schema": {} } } },
            "channels": {
                "mail": { "messages": { "file": { "schema": {} } } },
                "chat": { "messages": { "text": { "schema": {} } } },
            },
        }))
    }

    fn message(message_type: &str, channel: Option<&str>) -> Operation {
        Operation::Message {
            message_type: message_type.to_owned(),
            channel: channel.map(str::to_owned),
            conversation: None,
            input: InputArguments::default(),
        }
    }

    #[test]
    fn a_message_goes_to_the_first_channel_that_has_its_type() {
        let body = message("text", None).body(&definition()).unwrap();
        assert_eq!(
            (&body["channel"], &body["payload"]),
            (&json!("chat"), &json!({}))
        );
    }

    #[test]
    fn misspelt_names_are_told_the_nearest_one() {
        let action = Operation::Action {
            name: "createIsue".to_owned(),
            input: InputArguments::default(),
        };
        for (operation, nearest) in [
            (action, "`createIssue`"),
            (message("text", Some("chta")), "`chat`"),
            (message("txt", Some("chat")), "`text`"),
        ] {
            let refused = operation.body(&definition()).unwrap_err();
            assert!(refused.errors.contains(nearest), "{}", refused.errors);
            assert_eq!(refused.status, 2);
        }
        assert!(provider("githb").unwrap_err().contains("`github`"));
    }

    #[test]
    fn the_help_names_all_services() {
        let mut command = Operation::augment_subcommands(clap::Command::new("call"));
        let webhook = command.find_subcommand_mut("webhook").unwrap();
        let help = webhook.render_long_help().to_string();
        for name in Provider::names() {
            assert!(help.contains(name), "{name}: {help}");
        }
    }

    #[test]
    fn a_webhook_has_its_query_and_headers_apart() {
        let webhook = WebhookArguments {
            body: Some("{}".to_owned()),
            provider: Provider::from_name("github"),
            secret: None,
            secret_name: None,
            method: "POST".to_owned(),
            path: "/in?a=1".to_owned(),
            headers: vec![header("X-GitHub-Event: push").unwrap()],
        };
        let body = webhook.body().unwrap();
        assert_eq!(
            (&body["path"], &body["query"]),
            (&json!("/in"), &json!("a=1"))
        );
        assert_eq!(
            body["headers"],
            json!([
                ["X-GitHub-Event", "push"],
                ["content-type", "application/json"]
            ])
        );
        assert_eq!(body["provider"], "github");
    }
}
