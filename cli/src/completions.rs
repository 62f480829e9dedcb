//! `contexture completions`.

use clap::{Args, Command};
use clap_complete::Shell;

use crate::Outcome;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  contexture completions bash > ~/.local/share/bash-completion/completions/contexture
  contexture completions zsh > ~/.zfunc/_contexture    # a folder of `fpath`
  contexture completions fish > ~/.config/fish/completions/contexture.fish")]
pub(crate) struct CompletionsArguments {
    /// The shell.
    shell: Shell,
}

/// Prints the script that completes the command in a shell.
pub(crate) fn run(arguments: &CompletionsArguments, mut command: Command) -> Outcome {
    let mut script = Vec::new();
    let name = command.get_name().to_owned();
    clap_complete::generate(arguments.shell, &mut command, name, &mut script);
    Outcome {
        output: String::from_utf8_lossy(&script).into_owned(),
        ..Outcome::default()
    }
}
