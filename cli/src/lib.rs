//! The command `contexture` as a function from arguments to output and exit status.

mod add;
mod botpress;
mod bundle;
mod call;
mod check;
mod colors;
mod completions;
mod control;
mod definition_file;
mod deploy;
mod dev;
mod diff;
mod docs;
mod duration;
mod explain;
mod folders;
mod generate;
mod http_requests;
mod integrations;
mod log;
mod login;
mod logs;
mod nearest;
mod new;
mod outcome;
mod replay;
mod stubs;
mod terminal;
mod tunnel;
mod waits;
mod watch;

use std::ffi::OsString;
use std::ops::ControlFlow;

use clap::{CommandFactory, Parser, Subcommand};

use crate::add::AddArguments;
use crate::bundle::BundleArguments;
use crate::call::CallArguments;
use crate::check::CheckArguments;
pub use crate::colors::Colors;
use crate::completions::CompletionsArguments;
use crate::deploy::DeployArguments;
use crate::dev::DevArguments;
use crate::diff::{AnswerArguments, DiffArguments};
use crate::docs::DocsArguments;
use crate::generate::GenerateArguments;
use crate::integrations::IntegrationsArguments;
use crate::log::LogArguments;
use crate::login::{LoginArguments, LogoutArguments, WhoamiArguments};
use crate::logs::LogsArguments;
use crate::new::NewArguments;
pub use crate::outcome::Outcome;
use crate::replay::ReplayArguments;
use crate::stubs::StubsArguments;

/// Makes Botpress integrations in Rust: new projects, an emulator to run them on, checks of definitions, and their code.
#[derive(Debug, Parser)]
#[command(name = "contexture", version, disable_help_subcommand = true)]
#[command(after_help = "\
Start with:
  contexture new hello
  cd hello
  contexture dev

Exit status: 0 for success; 1 for a definition that is refused (with --deny-warnings, also for warnings) \
and for work that failed; 2 for wrong usage.")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Makes a project that builds, and whose tests pass.
    New(NewArguments),
    /// Builds and runs the integration on an emulator of Botpress, and again after each change.
    Dev(DevArguments),
    /// Calls one operation, as Botpress does.
    Call(CallArguments),
    /// Prints the calls, webhooks and API requests that were recorded.
    Log(LogArguments),
    /// Repeats a recorded call or webhook, also changed.
    Replay(ReplayArguments),
    /// Checks definitions.
    Check(CheckArguments),
    /// Compares two versions of a definition: each change, whom it affects, and whether it breaks something.
    Diff(DiffArguments),
    /// Answers the questions of `diff`.
    #[command(hide = true)]
    Answer(AnswerArguments),
    /// Makes the reference of a definition, as a page or as Markdown.
    Docs(DocsArguments),
    /// Prints or writes the handlers that a definition asks for.
    Stubs(StubsArguments),
    /// Generates the Rust of a definition.
    Generate(GenerateArguments),
    /// Makes the bundle of the integration that Botpress hosts: one file of JavaScript, with WebAssembly inside.
    Bundle(BundleArguments),
    /// Publishes the integration to Botpress.
    Deploy(DeployArguments),
    /// Adds an interface of Botpress's hub to the project.
    Add(AddArguments),
    /// Lists, prints or deletes integrations at Botpress.
    Integrations(IntegrationsArguments),
    /// Prints what an integration logged at Botpress.
    Logs(LogsArguments),
    /// Logs in to Botpress.
    Login(LoginArguments),
    /// Forgets the login.
    Logout(LogoutArguments),
    /// Prints the workspace of the login.
    Whoami(WhoamiArguments),
    /// Prints a script that completes this command in a shell.
    Completions(CompletionsArguments),
}

/// Runs the command. The first argument is the name of the program.
///
/// A command that goes on until it is ended, such as `check --watch` and `dev`, ends after its first result. Of one that
/// prints while it works, such as `deploy`, this is the first print: use [`run_on`].
pub fn run<T>(arguments: impl IntoIterator<Item = T>, colors: impl Into<Colors>) -> Outcome
where
    T: Into<OsString> + Clone,
{
    let mut first = None;
    let last = run_on(arguments, colors, &mut |outcome| {
        first = Some(outcome);
        ControlFlow::Break(())
    });
    first.unwrap_or(last)
}

/// Runs the command like [`run`]. A command that goes on gives each result to `print`, until that breaks.
pub fn run_on<T>(
    arguments: impl IntoIterator<Item = T>,
    colors: impl Into<Colors>,
    print: &mut dyn FnMut(Outcome) -> ControlFlow<()>,
) -> Outcome
where
    T: Into<OsString> + Clone,
{
    let colors = colors.into();
    let command = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments.command,
        Err(error) => return explain(&error, colors),
    };
    let (Ok(outcome) | Err(outcome)) = run_command(&command, colors, print);
    outcome
}

/// An outcome with a status other than 0 is an error, which ends a run early.
fn run_command(
    command: &Command,
    colors: Colors,
    print: &mut dyn FnMut(Outcome) -> ControlFlow<()>,
) -> Result<Outcome, Outcome> {
    let color = colors.errors;
    match command {
        Command::New(arguments) => new::run(arguments, color),
        Command::Dev(arguments) => dev::run(arguments, colors.output, print),
        Command::Call(arguments) => call::run(arguments, color),
        Command::Log(arguments) => log::run(arguments, colors.output, print),
        Command::Replay(arguments) => replay::run(arguments, color),
        Command::Check(arguments) => check::run(arguments, color, print),
        Command::Diff(arguments) => diff::run(arguments, colors.output),
        Command::Answer(arguments) => diff::answer(arguments),
        Command::Docs(arguments) => docs::run(arguments, color),
        Command::Stubs(arguments) => stubs::run(arguments, color),
        Command::Generate(arguments) => generate::run(arguments, color),
        Command::Deploy(arguments) => deploy::run(arguments, colors, print),
        Command::Add(arguments) => add::run(arguments),
        Command::Integrations(arguments) => integrations::run(arguments),
        Command::Logs(arguments) => logs::run(arguments, colors.output, print),
        Command::Login(arguments) => login::login(arguments),
        Command::Logout(arguments) => login::logout(arguments),
        Command::Whoami(arguments) => login::whoami(arguments),
        Command::Bundle(arguments) => bundle::run(arguments, color, print),
        Command::Completions(arguments) => Ok(completions::run(arguments, Arguments::command())),
    }
}

/// clap's output: the help, the version, or a usage error.
fn explain(error: &clap::Error, colors: Colors) -> Outcome {
    let is_colored = if error.use_stderr() {
        colors.errors
    } else {
        colors.output
    };
    let text = if is_colored {
        error.render().ansi().to_string()
    } else {
        error.render().to_string()
    };
    let status = u8::try_from(error.exit_code()).unwrap_or(2);
    let (output, errors) = if error.use_stderr() {
        (String::new(), text)
    } else {
        (text, String::new())
    };
    Outcome {
        output,
        errors,
        status,
    }
}
