//! `contexture dev`.

mod build;
mod configuration;
mod dot_env;
mod emulator;
mod environment;
mod event;
mod log_line;
mod messages;
mod opening;
mod package;
mod place;
mod ports;
mod program;
mod ready;
mod registering;
mod report;
mod screen;
mod serving;
mod session;
mod watch_paths;

use std::ops::ControlFlow;
use std::path::PathBuf;

use clap::Args;
use tokio::runtime::Runtime;

pub(crate) use self::configuration::{GivenConfiguration, told};
pub(crate) use self::log_line::show as show_line;
pub(crate) use self::messages::{CargoMessage, read as read_message};
pub(crate) use self::package::{Package, cargo, folder_around};
pub(crate) use self::place::Place;
pub(crate) use self::screen::Style;

use self::screen::Screen;
use self::session::Session;
use crate::Outcome;
use crate::control::Control;

#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Examples:
  contexture dev                                # builds and runs the integration of this folder
  contexture dev --configuration config.json    # with this configuration, which is kept
  contexture dev --no-watch --no-open           # for CI and agents: builds once

Another terminal, in the same folder:
  contexture call action greet --example
  contexture log --follow

The program gets BP_API_URL, BP_TOKEN, BP_WEBHOOK_URL, BP_SIGNING_SECRET, BP_LOG_FORMAT, PORT and CONTEXTURE_LISTEN from \
the emulator, and everything else from `.env` and the environment. The data is kept in .contexture/botpress.sqlite.

`contexture dev --configuration FILE` in a second terminal configures the instance of the first one.")]
pub(crate) struct DevArguments {
    /// The folder of the package; the current one by default.
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    /// The port of the emulator; by default 8070, or the next free one.
    #[arg(long)]
    port: Option<u16>,
    /// Builds once, and ends with status 1 if that fails or the program ends.
    #[arg(long)]
    no_watch: bool,
    /// Opens no browser.
    #[arg(long)]
    no_open: bool,
    /// The file with the data of the emulator; .contexture/botpress.sqlite of the package by default.
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
    #[command(flatten)]
    configuration: GivenConfiguration,
    /// The program of the package, if it has several.
    #[arg(long, value_name = "NAME")]
    bin: Option<String>,
    /// The definition; by default definition.yaml, or the one that build.rs compiles.
    #[arg(long, value_name = "FILE")]
    definition: Option<PathBuf>,
    /// How many seconds the program may take until it answers.
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    start_limit: u64,
}

/// Builds and runs the integration, until it is ended.
pub(crate) fn run(
    arguments: &DevArguments,
    color: bool,
    print: &mut dyn FnMut(Outcome) -> ControlFlow<()>,
) -> Result<Outcome, Outcome> {
    let folder = arguments
        .folder
        .clone()
        .unwrap_or_else(|| PathBuf::from("."));
    if !folder.is_dir() {
        let shown = folder.display();
        return Err(Outcome::wrong_usage(format!(
            "error: there is no folder {shown}\n"
        )));
    }
    let (bin, definition) = (arguments.bin.as_deref(), arguments.definition.as_deref());
    let package = Package::find(&folder, bin, definition)?;
    if let Some(control) = Control::running(&package.folder) {
        return configure_running(&control, arguments);
    }
    let runtime = Runtime::new()
        .map_err(|error| Outcome::failure(format!("error: cannot start: {error}\n")))?;
    let screen = Screen::new(print, color);
    let ended = runtime.block_on(Session::run(arguments, package, screen));
    runtime.shutdown_background();
    ended
}

/// Configures the instance of a `dev` that runs already.
fn configure_running(control: &Control, arguments: &DevArguments) -> Result<Outcome, Outcome> {
    let given = &arguments.configuration;
    let Some(configuration) = given.read()? else {
        return Err(Outcome::failure(format!(
            "error: `contexture dev` runs already for this package, at {}\n\
             help: end it first, or pass `--configuration FILE` to configure its instance\n",
            control.address()
        )));
    };
    let instance = control.configure(given.configuration_type.as_deref(), &configuration)?;
    let reason = instance["reason"].as_str();
    let status = instance["status"].as_str().unwrap_or_default();
    let text = format!(
        "the instance at {} is {}\n",
        control.address(),
        told(status, reason)
    );
    match reason {
        None => Ok(Outcome {
            output: text,
            ..Outcome::default()
        }),
        Some(_) => Err(Outcome::failure(format!("error: {text}"))),
    }
}
