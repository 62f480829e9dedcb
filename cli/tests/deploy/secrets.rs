//! Secrets: where they come from, where they are written, and where they never are.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use contexture_cli::Outcome;
use serde_json::{Value, json};

use super::botpress::{ACCESS_KEY, Botpress, SIGNING_SECRET, TOKEN};
use super::contexture;

const URL: &str = "https://integrations.example.com/a";

/// A definition that has a required secret and an optional one, in a folder of its own, and the Botpress to deploy it to.
struct Bench {
    botpress: Botpress,
    folder: tempfile::TempDir,
    file: String,
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let definition = json!({ "name": "acme/a", "version": "1.0.0", "secrets": { "KEY": {}, "MORE": { "optional": true } } });
        let file = folder.path().join("definition.json");
        fs::write(&file, definition.to_string()).unwrap();
        let file = file.to_str().unwrap().to_owned();
        let botpress = Botpress::new();
        Self {
            botpress,
            folder,
            file,
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn deploy(&self, more: &[&str]) -> Outcome {
        let deploy = ["deploy", &self.file, "--url", URL, "--yes"];
        contexture(&self.botpress, &[&deploy, more].concat())
    }

    /// Deploys by a program in the folder, without a terminal and with these variables alone.
    fn deploy_here(&self, variables: &[(&str, &str)]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_contexture"));
        command.args(["deploy", "--url", URL, "--yes"]);
        command.current_dir(self.folder.path()).stdin(Stdio::null());
        command.env_clear().envs(variables.iter().copied());
        command.env("BP_TOKEN", TOKEN).env("BP_WORKSPACE_ID", "w");
        command.env("BP_API_URL", self.botpress.address());
        command.env("HOME", self.folder.path()).output().unwrap()
    }
}

#[cfg(unix)]
fn mode(file: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(file).unwrap().permissions().mode() & 0o777
}

#[test]
fn what_is_shown_once_goes_into_a_file_for_its_owner_and_nowhere_else() {
    let bench = Bench::new();
    let (env, manifest) = (bench.path("prod.env"), bench.path("secret.yaml"));
    let (env_text, manifest_text) = (env.to_str().unwrap(), manifest.to_str().unwrap());
    let outcome = bench.deploy(&[
        "--mint-key",
        "--secrets",
        "KEY=hunter2",
        "--env-file",
        env_text,
        "--kubernetes-secret",
        manifest_text,
        "--format",
        "json",
    ]);
    assert_eq!(outcome.status, 0, "{}", outcome.errors);
    assert_eq!(
        bench.botpress.writes()[0].body["secrets"],
        json!({ "KEY": "hunter2" })
    );
    let variables = fs::read_to_string(&env).unwrap();
    let address = bench.botpress.address();
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
    let bench = Bench::new();
    let missing = bench.deploy_here(&[]);
    let told = String::from_utf8(missing.stderr).unwrap();
    assert_eq!(missing.status.code(), Some(1), "{told}");
    assert!(told.contains("set SECRET_KEY in the environment"), "{told}");
    assert_eq!(bench.botpress.writes(), []);
    let given = bench.deploy_here(&[("SECRET_KEY", "hunter2")]);
    let told = String::from_utf8(given.stderr).unwrap();
    assert_eq!(given.status.code(), Some(0), "{told}");
    assert!(!told.contains("hunter2"), "{told}");
    let variables = fs::read_to_string(bench.path(".env.botpress")).unwrap();
    assert!(variables.contains("SECRET_KEY=hunter2\n"), "{variables}");
}

#[test]
fn an_option_that_is_wrong_is_told_without_its_value() {
    let bench = Bench::new();
    let outcome = bench.deploy(&["--secrets", "hunter2", "--secrets", "KEYS=hunter2"]);
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
    let bench = Bench::new();
    let there =
        json!({ "id": "intver_1", "url": URL, "secrets": ["KEY", "OLD"], "visibility": "private" });
    bench.botpress.add("acme/a", "1.0.0", there);
    let outcome = bench.deploy(&[]);
    assert_eq!(outcome.status, 0, "{}", outcome.errors);
    assert_eq!(
        bench.botpress.only_body()["secrets"],
        json!({ "OLD": null })
    );
    assert!(
        outcome.errors.contains("--rotate-signing-secret"),
        "{}",
        outcome.errors
    );
}

#[test]
fn a_new_signing_secret_is_made_on_request() {
    let bench = Bench::new();
    bench.botpress.add(
        "acme/a",
        "1.0.0",
        json!({ "id": "intver_1", "secrets": ["KEY"] }),
    );
    let env = bench.path("env");
    fs::write(&env, "OTHER=1\nBP_SIGNING_SECRET=old\n").unwrap();
    let outcome = bench.deploy(&[
        "--rotate-signing-secret",
        "--env-file",
        env.to_str().unwrap(),
    ]);
    assert_eq!(outcome.status, 0, "{}", outcome.errors);
    let variables = fs::read_to_string(&env).unwrap();
    assert!(
        variables.starts_with("OTHER=1\nBP_SIGNING_SECRET=cm90YXRlZA\n"),
        "{variables}"
    );
}

#[test]
fn an_error_that_quotes_a_secret_is_told_without_it() {
    let bench = Bench::new();
    let message = format!("hunter2 is too short, says {TOKEN}");
    let refusal: Value = json!({ "type": "InvalidPayload", "message": message });
    bench
        .botpress
        .set(|data| data.answers.push_back((400, refusal)));
    let outcome = bench.deploy(&["--secrets", "KEY=hunter2"]);
    assert_eq!(outcome.status, 1);
    assert!(
        outcome.errors.contains("… is too short, says …"),
        "{}",
        outcome.errors
    );
}

#[test]
fn a_file_that_cannot_be_written_is_told_before_anything_is_sent() {
    let bench = Bench::new();
    let other = bench.path("deployment.yaml");
    fs::write(&other, "kind: Deployment\n").unwrap();
    let missing = bench.path("missing/env");
    for (option, path) in [("--env-file", &missing), ("--kubernetes-secret", &other)] {
        let path = path.to_str().unwrap();
        let outcome = bench.deploy(&["--secrets", "KEY=a", option, path]);
        assert_eq!(outcome.status, 1);
        assert!(
            outcome.errors.contains("cannot be written"),
            "{}",
            outcome.errors
        );
    }
    assert_eq!(bench.botpress.requests(), []);
    assert_eq!(fs::read_to_string(&other).unwrap(), "kind: Deployment\n");
}
