//! What the command says about itself.

use contexture_cli::Colors;

use super::contexture;

const COMMANDS: [&str; 19] = [
    "new",
    "dev",
    "call",
    "log",
    "replay",
    "check",
    "diff",
    "docs",
    "stubs",
    "generate",
    "bundle",
    "deploy",
    "add",
    "integrations",
    "logs",
    "login",
    "logout",
    "whoami",
    "completions",
];

#[test]
fn the_help_of_each_command_has_examples_of_it() {
    for command in COMMANDS {
        let help = contexture(&[command, "--help"]);
        assert_eq!((help.status, help.errors.as_str()), (0, ""));
        let (_, examples) = help.output.split_once("\nExamples:\n").expect(command);
        let line = format!("  contexture {command}");
        assert!(examples.starts_with(&line), "{examples}");
    }
}

#[test]
fn the_help_names_all_commands() {
    let help = contexture(&["--help"]).output;
    for command in COMMANDS {
        assert!(help.contains(&format!("\n  {command} ")), "{help}");
    }
}

#[test]
fn each_stream_has_colors_of_its_own() {
    let colored = |arguments: [&str; 2], output, errors| {
        let outcome = contexture_cli::run(arguments, Colors { output, errors });
        (outcome.output + &outcome.errors).contains('\u{1b}')
    };
    assert!(colored(["contexture", "--help"], true, false));
    assert!(!colored(["contexture", "--help"], false, true));
    assert!(colored(["contexture", "chek"], false, true));
    assert!(!colored(["contexture", "chek"], true, false));
}

#[test]
fn a_misspelt_command_or_option_is_told_the_nearest_one() {
    for (arguments, nearest) in [
        (&["chek"][..], "'check'"),
        (&["stub"], "'stubs'"),
        (&["new", "--form", "a.json", "hello"], "'--from'"),
        (&["stubs", "--mising"], "'--missing'"),
        (&["completions", "bsh"], "'bash'"),
        (&["cal"], "'call'"),
        (&["call", "acton", "greet"], "'action'"),
        (&["call", "webhook", "--provider", "githb"], "`github`"),
        (&["log", "--kind", "webhok"], "'webhook'"),
        (&["dev", "--no-wach"], "'--no-watch'"),
    ] {
        let outcome = contexture(arguments);
        assert_eq!((outcome.status, outcome.output.as_str()), (2, ""));
        assert!(outcome.errors.contains(nearest), "{}", outcome.errors);
    }
}

#[test]
fn a_script_for_each_shell_completes_all_commands() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = contexture(&["completions", shell]);
        assert_eq!((script.status, script.errors.as_str()), (0, ""), "{shell}");
        for word in [&COMMANDS[..], &["missing", "deny-warnings"]].concat() {
            assert!(script.output.contains(word), "{shell} lacks `{word}`");
        }
    }
}

#[test]
fn a_folder_without_a_definition_is_told_to_name_one() {
    for command in ["check", "docs", "stubs", "generate"] {
        let outcome = contexture(&[command]);
        assert_eq!((outcome.status, outcome.output.as_str()), (2, ""));
        assert!(
            outcome
                .errors
                .contains("this folder has no definition.yaml"),
            "{}",
            outcome.errors
        );
    }
}
