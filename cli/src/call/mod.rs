//! `contexture call`.

mod curl;
mod direct;
mod input;
mod operation;
mod result;
mod target;

use clap::{Args, ValueEnum};

use self::operation::Operation;
use self::target::Target;
use crate::Outcome;
use crate::control::Control;

pub(crate) use self::result::{called, duration, requests, status, subject};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  contexture call action greet --input '{\"name\":\"Ada\"}'
  contexture call action greet --example                     # the input from the schema's examples
  contexture call action createIssue --input @in.json --configuration-type oauth
  contexture call message text --input '{\"text\":\"ping\"}'
  contexture call webhook --provider github @payload.json    # signed with the configuration's secret
  contexture call ping --url http://127.0.0.1:8072 --configuration @config.json
  contexture call action greet --example --curl              # prints a curl command instead

The answer is printed to the standard output, everything else to the standard error. The exit status is 1 if the operation \
failed.")]
pub(crate) struct CallArguments {
    #[command(subcommand)]
    operation: Operation,
    #[command(flatten)]
    target: Target,
    /// Prints the equivalent curl command instead. Secrets are variables of the shell in it.
    #[arg(long, global = true)]
    curl: bool,
    /// The format of the result.
    #[arg(long, global = true, value_enum, default_value_t = Format::Human)]
    format: Format,
}

/// The format of results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    Human,
    /// JSON.
    Json,
}

/// Calls an operation, or prints how.
pub(crate) fn run(arguments: &CallArguments, color: bool) -> Result<Outcome, Outcome> {
    let CallArguments {
        operation,
        target,
        curl,
        format,
    } = arguments;
    if let Some(url) = &target.url {
        return direct::run(operation, target, url, *curl, *format, color);
    }
    target.check_without_url()?;
    let control = Control::find()?;
    let definition = control.definition()?;
    let mut body = operation.body(&definition)?;
    let state = control.state()?;
    let instance = target.instance(&state)?;
    body["instance"] = instance["webhookId"].clone();
    if *curl {
        return curl::of_control(&control, operation, &body);
    }
    let result = control.post("/call", &body)?;
    called(&result, *format, color)
}
