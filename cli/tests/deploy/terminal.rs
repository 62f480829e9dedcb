//! Questions on a terminal, which `script` of util-linux makes.

use std::fs;
use std::io::{Read as _, Write as _};
use std::process::{Command, Stdio};

use serde_json::json;

use super::botpress::{Botpress, TOKEN};

/// Runs the command on a terminal. Each answer is typed when its question is there. Gives what the terminal showed.
fn typed(botpress: &Botpress, answers: &[(&str, &str)]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let definition = json!({ "name": "acme/a", "version": "1.0.0", "secrets": { "KEY": {}, "MORE": { "optional": true } } });
    fs::write(
        folder.path().join("definition.json"),
        definition.to_string(),
    )
    .unwrap();
    let program = env!("CARGO_BIN_EXE_contexture");
    let command = format!("{program} deploy --url https://integrations.example.com/a");
    let mut script = Command::new("script")
        .args(["--quiet", "--return", "--command", &command, "/dev/null"])
        .current_dir(folder.path())
        .env("HOME", folder.path())
        .env("BP_TOKEN", TOKEN)
        .env("BP_WORKSPACE_ID", "w")
        .env("BP_API_URL", botpress.address())
        .env("NO_COLOR", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("`script` is a part of util-linux");
    let (mut keys, mut screen) = (script.stdin.take().unwrap(), script.stdout.take().unwrap());
    let mut shown = Vec::new();
    let mut answers = answers.iter();
    let mut next = answers.next();
    let mut byte = [0];
    while screen.read(&mut byte).unwrap() == 1 {
        shown.push(byte[0]);
        if let Some((question, answer)) = next
            && shown.ends_with(question.as_bytes())
        {
            keys.write_all(format!("{answer}\n").as_bytes()).unwrap();
            next = answers.next();
        }
    }
    script.wait().unwrap();
    String::from_utf8_lossy(&shown).into_owned()
}

#[test]
fn secrets_are_typed_unseen_and_the_plan_is_confirmed() {
    let botpress = Botpress::new();
    let shown = typed(
        &botpress,
        &[
            ("KEY (required): ", "hunter2"),
            ("MORE (optional, Enter leaves it out): ", ""),
            ("Create acme/a 1.0.0? [y/N] ", "y"),
        ],
    );
    assert!(shown.contains("created acme/a 1.0.0"), "{shown}");
    assert!(shown.contains("looking up acme/a 1.0.0"), "{shown}");
    assert!(!shown.contains("hunter2"), "{shown}");
    assert_eq!(botpress.only_body()["secrets"], json!({ "KEY": "hunter2" }));
}

#[test]
fn a_plan_that_is_not_confirmed_is_not_carried_out() {
    let botpress = Botpress::new();
    let shown = typed(
        &botpress,
        &[
            ("KEY (required): ", "hunter2"),
            ("MORE (optional, Enter leaves it out): ", "more"),
            ("Create acme/a 1.0.0? [y/N] ", ""),
        ],
    );
    assert!(shown.contains("nothing was deployed"), "{shown}");
    assert_eq!(botpress.writes(), []);
}
