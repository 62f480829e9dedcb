//! `contexture integrations`.

use clap::{Args, Subcommand};
use serde_json::Value;

use crate::Outcome;
use crate::botpress::{AdminClient, CredentialArguments, Reference};
use crate::call::Format;
use crate::login::block_on;
use crate::terminal::{OwnTerminal, Terminal as _};

#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Examples:
  contexture integrations list                        # those of the workspace
  contexture integrations list --public --name github # those of the hub
  contexture integrations get acme/github@1.0.0       # one, as JSON
  contexture integrations delete acme/github@1.0.0")]
pub(crate) struct IntegrationsArguments {
    #[command(subcommand)]
    command: IntegrationsCommand,
}

#[derive(Clone, Debug, Subcommand)]
enum IntegrationsCommand {
    /// Lists integrations.
    List(ListArguments),
    /// Prints an integration as JSON.
    Get(GetArguments),
    /// Deletes an integration.
    Delete(DeleteArguments),
}

#[derive(Clone, Debug, Args)]
struct ListArguments {
    /// Lists those of the hub.
    #[arg(long)]
    public: bool,
    /// Lists those that are in development.
    #[arg(long, conflicts_with = "public")]
    dev: bool,
    /// Only those with this name.
    #[arg(long)]
    name: Option<String>,
    /// Only those with this version.
    #[arg(long, value_name = "VERSION")]
    version_number: Option<String>,
    /// The format of the result.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    #[command(flatten)]
    credentials: CredentialArguments,
}

#[derive(Clone, Debug, Args)]
struct GetArguments {
    /// The integration: its id, or its name and version, as in acme/github@1.0.0.
    integration: Reference,
    #[command(flatten)]
    credentials: CredentialArguments,
}

#[derive(Clone, Debug, Args)]
struct DeleteArguments {
    /// The integration: its id, or its name and version, as in acme/github@1.0.0.
    integration: Reference,
    /// Asks nothing.
    #[arg(long, short)]
    yes: bool,
    #[command(flatten)]
    credentials: CredentialArguments,
}

/// Lists, prints or deletes integrations.
pub(crate) fn run(arguments: &IntegrationsArguments) -> Result<Outcome, Outcome> {
    match &arguments.command {
        IntegrationsCommand::List(arguments) => list(arguments),
        IntegrationsCommand::Get(arguments) => get(arguments),
        IntegrationsCommand::Delete(arguments) => delete(arguments),
    }
}

fn list(arguments: &ListArguments) -> Result<Outcome, Outcome> {
    let client = client(&arguments.credentials)?;
    let mut query = Vec::new();
    query.extend(arguments.name.as_deref().map(|name| ("name", name)));
    let version = arguments.version_number.as_deref();
    query.extend(version.map(|version| ("version", version)));
    if arguments.dev {
        query.push(("dev", "true"));
    }
    let found = block_on(async {
        if arguments.public {
            client.public_integrations(&query).await
        } else {
            client.integrations(&query).await
        }
    })?;
    let found = found.map_err(|error| error.outcome("integrations cannot be listed"))?;
    if arguments.format == Format::Json {
        return Ok(printed(format!("{:#}\n", Value::Array(found))));
    }
    if found.is_empty() {
        return Ok(Outcome::told("there are none\n"));
    }
    Ok(printed(found.iter().map(line).collect()))
}

/// A line for an integration.
fn line(integration: &Value) -> String {
    let text = |name: &str| integration[name].as_str().unwrap_or_default();
    let visibility = match text("visibility") {
        "" => "private",
        visibility => visibility,
    };
    format!(
        "{}  {:8}  {}@{}  {}\n",
        text("id"),
        visibility,
        text("name"),
        text("version"),
        text("title")
    )
}

fn get(arguments: &GetArguments) -> Result<Outcome, Outcome> {
    let client = client(&arguments.credentials)?;
    let which = &arguments.integration;
    let found = block_on(client.find_integration(which))?;
    let found = found.map_err(|error| error.outcome(&format!("{which} cannot be read")))?;
    let found = found.ok_or_else(|| none(which))?;
    Ok(printed(format!("{:#}\n", found.json)))
}

fn delete(arguments: &DeleteArguments) -> Result<Outcome, Outcome> {
    let client = client(&arguments.credentials)?;
    let which = &arguments.integration;
    let found = block_on(client.find_private(which))?;
    let found = found.map_err(|error| error.outcome(&format!("{which} cannot be read")))?;
    let Some(found) = found else {
        let public = block_on(client.find_public(which))?;
        return Err(match public {
            Ok(Some(_)) => {
                Outcome::failure(format!("error: {which} belongs to another workspace\n"))
            }
            _ => none(which),
        });
    };
    let shown = format!(
        "{} {} ({})",
        found.text("name"),
        found.version(),
        found.id()
    );
    if let Some(aborted) = confirm_deletion(&shown, arguments.yes)? {
        return Ok(aborted);
    }
    let deleted = block_on(client.delete(found.id()))?;
    deleted.map_err(|error| error.outcome(&format!("{shown} cannot be deleted")))?;
    Ok(Outcome::told(format!("deleted {shown}\n")))
}

/// Asks whether to delete; an outcome, if not.
fn confirm_deletion(shown: &str, is_confirmed: bool) -> Result<Option<Outcome>, Outcome> {
    if is_confirmed {
        return Ok(None);
    }
    let mut terminal = OwnTerminal;
    if !terminal.is_interactive() {
        return Err(Outcome::failure(format!(
            "error: {shown} was not deleted: there is no terminal to confirm it on\nhelp: pass `--yes`\n"
        )));
    }
    let question = format!("Delete {shown}? Bots that use it lose it.");
    if terminal.confirm(&question) {
        return Ok(None);
    }
    Ok(Some(Outcome::told("nothing was deleted\n")))
}

fn none(which: &Reference) -> Outcome {
    Outcome::failure(format!(
        "error: there is no integration {which}\nhelp: `contexture integrations list` shows those of the workspace\n"
    ))
}

fn client(credentials: &CredentialArguments) -> Result<AdminClient, Outcome> {
    Ok(AdminClient::new(&credentials.find()?, crate::waits::tell))
}

fn printed(output: String) -> Outcome {
    Outcome {
        output,
        ..Outcome::default()
    }
}
