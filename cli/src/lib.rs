//! The command `contexture` as a function from arguments to output and exit status.

mod check;
mod explain;
mod folders;
mod generate;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

use crate::folders::Folders;

/// The result of a run of the command.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The text for the standard output.
    pub output: String,
    /// The text for the standard error.
    pub errors: String,
    /// The exit status: 0 for success, 1 for a refused definition, 2 for wrong usage.
    pub status: u8,
}

/// Checks Botpress integration definitions and generates their Rust.
///
/// Exit status: 0 for success, 1 for a refused definition (with --deny-warnings, also for warnings),
/// 2 for wrong usage.
#[derive(Debug, Parser)]
#[command(name = "contexture", version, disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Generates the Rust of a definition.
    Generate {
        /// The definition: a YAML or JSON file.
        file: PathBuf,
        /// The file to write; the standard output by default.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        /// Writes nothing, and fails if the file given by --out is not up to date.
        #[arg(long, requires = "out")]
        check: bool,
        #[command(flatten)]
        folders: Folders,
    },
    /// Checks definitions.
    Check {
        /// The definitions: YAML or JSON files.
        #[arg(required_unless_present = "explain", value_name = "FILE")]
        files: Vec<PathBuf>,
        /// The format of diagnostics.
        #[arg(long, value_enum, default_value_t = Format::Human)]
        format: Format,
        /// Fails on warnings too.
        #[arg(long)]
        deny_warnings: bool,
        /// Runs the rules of Botpress's own linter as well, such as missing titles and descriptions.
        #[arg(long)]
        lint: bool,
        #[command(flatten)]
        folders: Folders,
        /// Explains a code, with a wrong example and a right one; without a code, lists all of them.
        #[arg(
            long,
            value_name = "CODE",
            exclusive = true,
            num_args = 0..=1,
        )]
        #[expect(
            clippy::option_option,
            reason = "clap's form of an option whose value may be left out"
        )]
        explain: Option<Option<String>>,
    },
}

/// The format of diagnostics.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people, in the style of rustc.
    Human,
    /// One JSON array.
    Json,
    /// Commands of GitHub Actions, which shows them beside the lines of a change.
    Github,
}

/// Runs the command. The first argument is the name of the program. `color` enables colors in diagnostics.
pub fn run<T>(arguments: impl IntoIterator<Item = T>, color: bool) -> Outcome
where
    T: Into<OsString> + Clone,
{
    let command = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments.command,
        Err(error) => return explain(&error, color),
    };
    let (Ok(outcome) | Err(outcome)) = run_command(&command, color);
    outcome
}

/// An outcome with a status other than 0 is an error, which ends a run early.
fn run_command(command: &Command, color: bool) -> Result<Outcome, Outcome> {
    match command {
        Command::Generate {
            file,
            out: Some(out),
            check: true,
            folders,
        } => generate::compare(file, folders, out, color),
        Command::Generate {
            file,
            out: Some(out),
            folders,
            ..
        } => generate::write(file, folders, out, color),
        Command::Generate {
            file,
            out: None,
            folders,
            ..
        } => generate::print(file, folders, color),
        Command::Check {
            files,
            format,
            deny_warnings,
            lint,
            folders,
            explain,
        } => match explain {
            Some(Some(code)) => explain::explain(code),
            Some(None) => Ok(explain::list()),
            None => {
                let findings = check::findings(files, folders, *lint);
                check::report(&findings, *format, *deny_warnings, color)
            }
        },
    }
}

/// clap's output: the help, the version, or a usage error.
fn explain(error: &clap::Error, color: bool) -> Outcome {
    let text = if color {
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
