//! Secrets: where they come from, where they are written, and where they never are.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

use super::botpress::{ACCESS_KEY, Botpress, SIGNING_SECRET, TOKEN};
use super::contexture;

const URL: &str = "https://integrations.example.com/a";

/// A folder with a definition that has a required secret and an optional one.
fn folder() -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let definition = json!({ "name": "acme/a", "version": "1.0.0", "secrets": { "KEY": {}, "MORE": { "optional": true } } });
    let file = folder.path().join("definition.json");
    fs::write(&file, definition.to_string()).unwrap();
    let file = file.to_str().unwrap().to_owned();
    (folder, file)
}

/// Runs the command as a program in a folder, without a terminal.
fn program(
    botpress: &Botpress,
    folder: &Path,
    arguments: &[&str],
    variables: &[(&str, &str)],
) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_contexture"));
    command
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null());
    command.env_clear().envs(variables.iter().copied());
    command.env("BP_TOKEN", TOKEN).env("BP_WORKSPACE_ID", "w");
    command
        .env("BP_API_URL", botpress.address())
        .env("HOME", folder);
    command.output().unwrap()
}

#[cfg(unix)]
fn mode(file: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(file).unwrap().permissions().mode() & 0o777
}

#[test]
fn what_is_shown_once_goes_into_a_file_for_its_owner_and_nowhere_else() {
    let botpress = Botpress::new();
    let (folder, file) = folder();
    let path = |name: &str| folder.path().join(name);
    let (env, manifest) = (path("prod.env"), path("secret.yaml"));
    let (env_text, manifest_text) = (env.to_str().unwrap(), manifest.to_str().unwrap());
    let arguments = [
        "deploy",
        &file,
        "--url",
        URL,
        "--yes",
        "--mint-key",
        "--secrets",
        "KEY=hunter2",
        "--env-file",
        env_text,
        "--kubernetes-secret",
        manifest_text,
        "--format",
        "json",
    ];
    let outcome = contexture(&botpress, &arguments);
    assert_eq!(outcome.status, 0, "{}", outcome.errors);
    assert_eq!(
        botpress.writes()[0].body["secrets"],
        json!({ "KEY": "hunter2" })
    );
    let variables = fs::read_to_string(&env).unwrap();
    let address = botpress.address();
    let expected = format!(
        "BP_SIGNING_SECRET={SIGNING_SECRET}\nBP_TOKEN={ACCESS_KEY}\nBP_API_URL={address}\nSECRET_KEY=hunter2\n"
    );
    assert_eq!(variables, expected);
    let written = fs::read_to_string(&manifest).unwrap();
    assert!(written.contains("SECRET_KEY: \"hunter2\""), "{written}");
    #[cfg(unix)]
    assert_eq!((mode(&env), mode(&manifest)), (0o600, 0o600));
    for secret in ["hunter2", SIGNING_SECRET, ACCESS_KEY, TOKEN] {
        assert!(!outcome.output.contains(secret), "{}", outcome.output);
        assert!(!outcome.errors.contains(secret), "{}", outcome.errors);
    }
}

#[test]
fn variables_of_the_environment_give_values_and_the_default_file_gets_them() {
    let botpress = Botpress::new();
    let (folder, _) = folder();
    let arguments = ["deploy", "--url", URL, "--yes"];
    let missing = program(&botpress, folder.path(), &arguments, &[]);
    let told = String::from_utf8(missing.stderr).unwrap();
    assert_eq!(missing.status.code(), Some(1), "{told}");
    assert!(told.contains("set SECRET_KEY in the environment"), "{told}");
    assert_eq!(botpress.writes(), []);
    let given = program(
        &botpress,
        folder.path(),
        &arguments,
        &[("SECRET_KEY", "hunter2")],
    );
    let told = String::from_utf8(given.stderr).unwrap();
    assert_eq!(given.status.code(), Some(0), "{told}");
    assert!(!told.contains("hunter2"), "{told}");
    let variables = fs::read_to_string(folder.path().join(".env.botpress")).unwrap();
    assert!(variables.contains("SECRET_KEY=hunter2\n"), "{variables}");
}

#[test]
fn an_option_that_is_wrong_is_told_without_its_value() {
    let botpress = Botpress::new();
    let (_folder, file) = folder();
    let arguments = [
        "deploy",
        &file,
        "--url",
        URL,
        "--yes",
        "--secrets",
        "hunter2",
        "--secrets",
        "KEYS=hunter2",
    ];
    let outcome = contexture(&botpress, &arguments);
    assert_eq!(outcome.status, 2);
    assert!(
        outcome.errors.contains("did you mean `KEY`"),
        "{}",
        outcome.errors
    );
    assert!(!outcome.errors.contains("hunter2"), "{}", outcome.errors);
}

#[test]
fn an_update_leaves_known_secrets_and_deletes_those_that_are_gone() {
    let botpress = Botpress::new();
    let (_folder, file) = folder();
    let there =
        json!({ "id": "intver_1", "url": URL, "secrets": ["KEY", "OLD"], "visibility": "private" });
    botpress.add("acme/a", "1.0.0", there);
    let outcome = contexture(&botpress, &["deploy", &file, "--url", URL, "--yes"]);
    assert_eq!(outcome.status, 0, "{}", outcome.errors);
    assert_eq!(botpress.only_body()["secrets"], json!({ "OLD": null }));
    assert!(
        outcome.errors.contains("--rotate-signing-secret"),
        "{}",
        outcome.errors
    );
}

#[test]
fn a_new_signing_secret_is_made_on_request() {
    let botpress = Botpress::new();
    let (folder, file) = folder();
    botpress.add(
        "acme/a",
        "1.0.0",
        json!({ "id": "intver_1", "secrets": ["KEY"] }),
    );
    let env: PathBuf = folder.path().join("env");
    fs::write(&env, "OTHER=1\nBP_SIGNING_SECRET=old\n").unwrap();
    let arguments = [
        "deploy",
        &file,
        "--url",
        URL,
        "--yes",
        "--rotate-signing-secret",
        "--env-file",
        env.to_str().unwrap(),
    ];
    let outcome = contexture(&botpress, &arguments);
    assert_eq!(outcome.status, 0, "{}", outcome.errors);
    let variables = fs::read_to_string(&env).unwrap();
    assert!(
        variables.starts_with("OTHER=1\nBP_SIGNING_SECRET=cm90YXRlZA\n"),
        "{variables}"
    );
}

#[test]
fn an_error_that_quotes_a_secret_is_told_without_it() {
    let botpress = Botpress::new();
    let (_folder, file) = folder();
    let message = format!("hunter2 is too short, says {TOKEN}");
    let refusal: Value = json!({ "type": "InvalidPayload", "message": message });
    botpress.set(|data| data.answers.push_back((400, refusal)));
    let arguments = [
        "deploy",
        &file,
        "--url",
        URL,
        "--yes",
        "--secrets",
        "KEY=hunter2",
    ];
    let outcome = contexture(&botpress, &arguments);
    assert_eq!(outcome.status, 1);
    assert!(
        outcome.errors.contains("… is too short, says …"),
        "{}",
        outcome.errors
    );
}
