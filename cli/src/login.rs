//! `contexture login`, `logout` and `whoami`.

use std::io::Read as _;

use clap::Args;
use contexture::Secret;
use serde_json::json;
use tokio::runtime::Builder;

use crate::Outcome;
use crate::botpress::{AdminClient, CredentialArguments, Credentials, Profile, Workspace};
use crate::call::Format;
use crate::terminal::{OwnTerminal, Terminal};

#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Examples:
  contexture login                                      # asks for the token, and for the workspace if there are several
  contexture login --profile work                       # keeps it as a profile of its own
  printf %s \"$TOKEN\" | contexture login --workspace-id ID   # without a terminal; BP_TOKEN works as well

A personal access token is made in Botpress's dashboard, under the settings of the account. It is kept in \
~/.botpress/global.cache.json and profiles.json, where the official command line finds it too, and which only you can read.")]
pub(crate) struct LoginArguments {
    #[command(flatten)]
    credentials: CredentialArguments,
}

#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Examples:
  contexture logout    # forgets the last login; profiles stay")]
pub(crate) struct LogoutArguments {
    #[command(flatten)]
    credentials: CredentialArguments,
}

#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Examples:
  contexture whoami                    # the workspace, and where the credentials are from
  contexture whoami --profile work
  contexture whoami --format json")]
pub(crate) struct WhoamiArguments {
    /// The format of the result.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    #[command(flatten)]
    credentials: CredentialArguments,
}

/// Logs in.
pub(crate) fn login(arguments: &LoginArguments) -> Result<Outcome, Outcome> {
    let arguments = &arguments.credentials;
    let mut terminal = OwnTerminal;
    let mut credentials = Credentials {
        api_url: arguments.api_url()?,
        token: token(&mut terminal)?,
        workspace_id: arguments.workspace_id()?,
        origin: String::new(),
    };
    let workspace = block_on(choose(&credentials, &mut terminal))??;
    credentials.workspace_id = Some(workspace.id.clone());
    block_on(test(&credentials))??;
    let profile = Profile {
        api_url: credentials.api_url,
        token: credentials.token,
        workspace_id: workspace.id.clone(),
    };
    let name = arguments.profile_name();
    arguments.home()?.keep(name, &profile)?;
    Ok(Outcome::told(format!(
        "logged in to {} ({}); kept as the profile `{name}`\n",
        workspace.name, workspace.id
    )))
}

/// Logs out.
pub(crate) fn logout(arguments: &LogoutArguments) -> Result<Outcome, Outcome> {
    let file = arguments.credentials.home()?.forget()?;
    Ok(Outcome::told(format!(
        "logged out: {} has no credentials\n",
        file.display()
    )))
}

/// Tells which workspace the credentials are for.
pub(crate) fn whoami(arguments: &WhoamiArguments) -> Result<Outcome, Outcome> {
    let credentials = arguments.credentials.find()?;
    let client = AdminClient::new(&credentials, crate::waits::tell);
    let workspace = block_on(client.workspace())?;
    let workspace = workspace.map_err(|error| error.outcome("the workspace cannot be read"))?;
    let handle = workspace.handle.as_deref();
    let output = match arguments.format {
        Format::Json => {
            let result = json!({
                "workspaceId": workspace.id, "name": workspace.name, "handle": handle,
                "apiUrl": client.api_url(), "origin": credentials.origin,
            });
            format!("{result:#}\n")
        }
        Format::Human => format!(
            "workspace  {} ({})\nhandle     {}\nAPI        {}\nfrom       {}\n",
            workspace.name,
            workspace.id,
            handle.unwrap_or("none yet"),
            client.api_url(),
            credentials.origin
        ),
    };
    Ok(Outcome {
        output,
        ..Outcome::default()
    })
}

/// The token: a variable, a question, or the standard input.
fn token(terminal: &mut dyn Terminal) -> Result<Secret, Outcome> {
    if let Some(token) = std::env::var("BP_TOKEN")
        .ok()
        .filter(|token| !token.is_empty())
    {
        return Ok(Secret::from(token));
    }
    let token = if terminal.is_interactive() {
        terminal.ask_hidden("Personal access token: ")
    } else {
        let mut text = String::new();
        let read = std::io::stdin().read_to_string(&mut text);
        read.ok().map(|_| Secret::from(text.trim()))
    };
    token
        .filter(|token| !token.expose().is_empty())
        .ok_or_else(|| {
            Outcome::failure(
                "error: there is no token\n\
             help: run it on a terminal, write the token to the standard input, or set BP_TOKEN\n",
            )
        })
}

/// The workspace that is given, the only one, or the one that is chosen.
async fn choose(
    credentials: &Credentials,
    terminal: &mut dyn Terminal,
) -> Result<Workspace, Outcome> {
    let without = Credentials {
        workspace_id: None,
        ..credentials.clone()
    };
    let client = AdminClient::new(&without, crate::waits::tell);
    let workspaces = client.workspaces().await;
    let workspaces =
        workspaces.map_err(|error| error.outcome("the workspaces cannot be listed"))?;
    if let Some(id) = &credentials.workspace_id {
        let found = workspaces.iter().find(|workspace| workspace.id == *id);
        return found.cloned().ok_or_else(|| no_such(id, &workspaces));
    }
    match workspaces.as_slice() {
        [] => Err(Outcome::failure(
            "error: the token has no workspace\nhelp: make one in Botpress's dashboard\n",
        )),
        [only] => Ok(only.clone()),
        several if terminal.is_interactive() => ask(several, terminal),
        several => Err(Outcome::failure(format!(
            "error: the token has several workspaces\nhelp: pass `--workspace-id` with one of them:\n{}",
            listed(several)
        ))),
    }
}

fn ask(workspaces: &[Workspace], terminal: &mut dyn Terminal) -> Result<Workspace, Outcome> {
    let question = format!("{}Number of the workspace: ", listed(workspaces));
    let answer = terminal
        .ask(&question)
        .and_then(|answer| answer.parse::<usize>().ok());
    let chosen = answer.and_then(|number| workspaces.get(number.checked_sub(1)?));
    chosen.cloned().ok_or_else(|| {
        Outcome::failure("error: that is no number of the list; you are not logged in\n")
    })
}

fn no_such(id: &str, workspaces: &[Workspace]) -> Outcome {
    Outcome::failure(format!(
        "error: the token has no workspace `{id}`\nhelp: it has these:\n{}",
        listed(workspaces)
    ))
}

fn listed(workspaces: &[Workspace]) -> String {
    let lines = workspaces.iter().enumerate();
    let lines = lines.map(|(index, workspace)| {
        format!("  {}. {} ({})\n", index + 1, workspace.name, workspace.id)
    });
    lines.collect()
}

/// Whether the credentials are right.
async fn test(credentials: &Credentials) -> Result<(), Outcome> {
    let client = AdminClient::new(credentials, crate::waits::tell);
    let answer = client.test_login().await;
    answer.map_err(|error| error.outcome("Botpress does not take the token for this workspace"))
}

/// Runs requests to Botpress.
pub(crate) fn block_on<T>(work: impl Future<Output = T>) -> Result<T, Outcome> {
    let runtime = Builder::new_current_thread().enable_all().build();
    let runtime =
        runtime.map_err(|error| Outcome::failure(format!("error: cannot start: {error}\n")))?;
    Ok(runtime.block_on(work))
}
