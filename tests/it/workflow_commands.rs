//! `contexture check --format github`.

use contexture_cli::Outcome;

fn check(file: &str) -> Outcome {
    contexture_cli::run(["contexture", "check", "--format", "github", file], false)
}

#[test]
fn a_mistake_is_one_command_with_its_lines_and_its_code() {
    let outcome = check("fixtures/refused/unknown-value.yaml");
    assert_eq!((outcome.status, outcome.errors.as_str()), (1, ""));
    assert_eq!(
        outcome.output,
        "::error file=fixtures/refused/unknown-value.yaml,line=5,col=11,endLine=5,title=C0104::\
         unknown value `usr` for `type`: expected `conversation`, `user` or `integration`%0A\
         help: did you mean `user`?\n"
    );
}

#[test]
fn warnings_are_commands_of_their_own_kind() {
    let outcome = check("fixtures/refused/secret-with-value.yaml");
    assert_eq!(outcome.status, 0);
    let lines: Vec<&str> = outcome.output.lines().collect();
    assert_eq!(lines.len(), 5);
    for line in lines {
        assert!(
            line.starts_with("::warning file=") && !line.contains("hunter"),
            "{line}"
        );
    }
}

#[test]
fn a_definition_without_a_mistake_prints_nothing() {
    assert_eq!(check("fixtures/lint/telling.yaml"), Outcome::default());
}
