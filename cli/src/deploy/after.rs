//! What is left to do after a deploy: the variables of the integration, its access key and its addresses.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::DeployArguments;
use super::body::Place;
use super::environment_file::{Variable, kubernetes_secret, merge};
use super::plan::Plan;
use super::secrets::{Step, variable_of};
use crate::Outcome;
use crate::botpress::{
    AccessKey, AdminClient, AdminError, Integration, webhook_url, write_private,
};
use crate::call::Format;

/// The file for the variables, unless one is named. It is not `.env`, which `contexture dev` reads.
const ENV_FILE: &str = ".env.botpress";

/// Writes the files of an integration that was deployed, and tells what is left to do.
pub(super) fn finish(
    arguments: &DeployArguments,
    plan: &Plan,
    client: &AdminClient,
    integration: &Integration,
    key: Option<&AccessKey>,
) -> Result<Outcome, Outcome> {
    let variables = variables(plan, client.api_url(), integration, key);
    let files = write(arguments, plan, integration, &variables)?;
    if arguments.format == Format::Json {
        let mut result = plan.json();
        result["id"] = integration.id().into();
        result["webhookUrl"] = webhook_url(client.api_url()).into();
        result["accessKeyId"] = key.map(|key| key.id.clone()).into();
        return Ok(json(result, false, Some(integration), &files));
    }
    let verb = if plan.id.is_some() {
        "updated"
    } else {
        "created"
    };
    let mut text = format!(
        "{verb} {} {} as {}\n",
        plan.name,
        plan.version,
        integration.id()
    );
    if matches!(plan.place, Place::Url(_)) {
        text += &to_set(client.api_url(), integration, key, &files);
    }
    let seen = files.iter().filter(|file| is_seen_by_git(file));
    let seen = seen.map(|file| {
        format!(
            "warning: git would add {}; name it in .gitignore\n",
            file.display()
        )
    });
    text.extend(seen);
    Ok(Outcome::told(text))
}

/// The result for machines. It has no secret: those are in the files.
pub(super) fn json(
    mut result: Value,
    is_dry_run: bool,
    integration: Option<&Integration>,
    files: &[PathBuf],
) -> Outcome {
    result["dryRun"] = is_dry_run.into();
    let files = files.iter().map(|file| file.display().to_string());
    result["files"] = files.collect::<Vec<_>>().into();
    if let Some(integration) = integration {
        result["verificationStatus"] = integration.json["verificationStatus"].clone();
    }
    Outcome {
        output: format!("{result:#}\n"),
        ..Outcome::default()
    }
}

/// The integration is deployed, and its key could not be made. What is known is written nevertheless.
pub(super) fn key_failed(
    arguments: &DeployArguments,
    plan: &Plan,
    client: &AdminClient,
    integration: &Integration,
    error: &AdminError,
) -> Outcome {
    let (Ok(finished) | Err(finished)) = finish(arguments, plan, client, integration, None);
    let mut failed = error.outcome("it was deployed, but its access key cannot be made");
    failed.errors = finished.errors + &failed.errors;
    failed.output = finished.output;
    failed
}

/// The variables of the integration's process, as far as they are known.
fn variables(
    plan: &Plan,
    api_url: &str,
    integration: &Integration,
    key: Option<&AccessKey>,
) -> Vec<Variable> {
    let mut variables = Vec::new();
    if let Some(secret) = &integration.signing_secret {
        variables.push(Variable::new("BP_SIGNING_SECRET", secret.clone()));
    }
    if let Some(key) = key {
        variables.push(Variable::new("BP_TOKEN", key.value.clone()));
    }
    variables.push(Variable::new("BP_API_URL", api_url));
    if let Some(webhooks) = webhook_url(api_url) {
        variables.push(Variable::new("BP_WEBHOOK_URL", webhooks));
    }
    for (name, step) in &plan.secrets {
        if let Step::Set(value, _) = step {
            variables.push(Variable::new(variable_of(name), value.clone()));
        }
    }
    variables
}

/// Writes the files that are wanted. Secrets that are shown once are always written.
fn write(
    arguments: &DeployArguments,
    plan: &Plan,
    integration: &Integration,
    variables: &[Variable],
) -> Result<Vec<PathBuf>, Outcome> {
    if !matches!(plan.place, Place::Url(_))
        && arguments.files.env_file.is_none()
        && arguments.files.kubernetes_secret.is_none()
    {
        return Ok(Vec::new());
    }
    let mut files = Vec::new();
    let has_new = integration.signing_secret.is_some() || arguments.files.mint_key;
    let default =
        (has_new && arguments.files.kubernetes_secret.is_none()).then(|| PathBuf::from(ENV_FILE));
    if let Some(file) = arguments.files.env_file.clone().or(default) {
        let before = match fs::read_to_string(&file) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
            Err(error) => return Err(unwritten(&file, &error, integration)),
        };
        let written = write_private(&file, &merge(&before, variables));
        written.map_err(|error| unwritten(&file, &error, integration))?;
        files.push(file);
    }
    if let Some(file) = &arguments.files.kubernetes_secret {
        let written = write_private(file, &kubernetes_secret(&plan.name, variables));
        written.map_err(|error| unwritten(file, &error, integration))?;
        files.push(file.clone());
    }
    Ok(files)
}

fn unwritten(file: &Path, error: &std::io::Error, integration: &Integration) -> Outcome {
    Outcome::failure(format!(
        "error: {} was deployed, but {} cannot be written: {error}\n\
         help: its signing secret is lost; run the command again with `--rotate-signing-secret` and another file\n",
        integration.id(),
        file.display()
    ))
}

/// What to set where the integration runs.
fn to_set(
    api_url: &str,
    integration: &Integration,
    key: Option<&AccessKey>,
    files: &[PathBuf],
) -> String {
    let place = match files {
        [] => "unchanged".to_owned(),
        files => {
            let files: Vec<_> = files
                .iter()
                .map(|file| file.display().to_string())
                .collect();
            format!("written to {}", files.join(" and "))
        }
    };
    let signing_secret = match integration.signing_secret {
        Some(_) => format!("{place}; Botpress shows it once"),
        None => "as before; `--rotate-signing-secret` makes a new one".to_owned(),
    };
    let token = match key {
        Some(key) => format!("{place}: the access key {}; Botpress shows it once", key.id),
        None => "an access key; `--mint-key` makes one".to_owned(),
    };
    let webhooks = webhook_url(api_url);
    let of_webhooks = webhooks.map_or_else(String::new, |url| {
        format!("  BP_WEBHOOK_URL     {url}\nwebhooks of an installation come to {url}/<its webhook id>\n")
    });
    format!(
        "\nwhere it runs, set:\n  BP_SIGNING_SECRET  {signing_secret}\n  BP_TOKEN           {token}\n  \
         BP_API_URL         {api_url}\n{of_webhooks}"
    )
}

/// Whether git would add a file. Without git, or outside of a repository, it would not.
fn is_seen_by_git(file: &Path) -> bool {
    let ask = |arguments: &[&str]| {
        let folder = file.parent().filter(|folder| *folder != Path::new(""));
        let mut git = Command::new("git");
        git.args(arguments)
            .current_dir(folder.unwrap_or(Path::new(".")));
        git.stdin(std::process::Stdio::null());
        git.output().ok().and_then(|output| output.status.code())
    };
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    ask(&["rev-parse", "--is-inside-work-tree"]) == Some(0)
        && ask(&["check-ignore", "-q", &name]) == Some(1)
}
