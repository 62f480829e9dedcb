//! The command `contexture` as a function from arguments to output and exit status.

mod check;
mod explain;
mod generate;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

/// The result of a run of the command.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The text for the standard output.
    pub output: String,
    /// The text for the standard error.
    pub errors: String,
    /// The exit status: 0 if all is well, 1 if a definition is refused, 2 if the command is used wrongly.
    pub status: u8,
}

/// Checks Botpress integration definitions and generates their Rust.
///
/// Exit status: 0 if all is well, 1 if a definition is refused (or warned about, with --deny-warnings),
/// 2 if the command is used wrongly.
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
        /// Where to write; the standard output otherwise.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        /// Writes nothing, and fails if the file given by --out is not what would be written.
        #[arg(long, requires = "out")]
        check: bool,
    },
    /// Looks for mistakes in definitions.
    Check {
        /// The definitions: YAML or JSON files.
        #[arg(required_unless_present = "explain", value_name = "FILE")]
        files: Vec<PathBuf>,
        /// How findings are printed.
        #[arg(long, value_enum, default_value_t = Format::Human)]
        format: Format,
        /// Fails on warnings too.
        #[arg(long)]
        deny_warnings: bool,
        /// Warns about what Botpress's own linter finds, such as missing titles and descriptions.
        #[arg(long)]
        lint: bool,
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

/// How findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Drawn, as rustc draws its own.
    Human,
    /// As one JSON array.
    Json,
    /// As commands that GitHub Actions shows beside the lines of a change.
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

/// An outcome whose status is not 0 is an error, which ends a run early.
fn run_command(command: &Command, color: bool) -> Result<Outcome, Outcome> {
    match command {
        Command::Generate {
            file,
            out: Some(out),
            check: true,
        } => generate::compare(file, out, color),
        Command::Generate {
            file,
            out: Some(out),
            ..
        } => generate::write(file, out, color),
        Command::Generate {
            file, out: None, ..
        } => generate::print(file, color),
        Command::Check {
            files,
            format,
            deny_warnings,
            lint,
            explain,
        } => match explain {
            Some(Some(code)) => explain::explain(code),
            Some(None) => Ok(explain::list()),
            None => check::check(files, *format, *deny_warnings, *lint, color),
        },
    }
}

/// What clap has to say: the help, the version, or how the command is used.
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
