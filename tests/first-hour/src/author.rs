//! An author with the command, in an empty folder.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;
use std::{env, fs, io};

use serde_json::Value;
use tempfile::TempDir;

/// An author with the command, in an empty folder.
pub(crate) struct Author {
    contexture: PathBuf,
    target: PathBuf,
    folder: TempDir,
}

/// What a command printed.
pub(crate) struct Said {
    pub(crate) output: String,
    pub(crate) errors: String,
    pub(crate) status: Option<i32>,
}

impl Author {
    /// Builds the command, and makes a folder.
    pub(crate) fn new() -> io::Result<Self> {
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../..")
            .canonicalize()?;
        let target =
            env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace.join("target"), PathBuf::from);
        Ok(Self {
            contexture: build(&workspace)?,
            target,
            folder: tempfile::tempdir()?,
        })
    }

    /// The folder of the project.
    pub(crate) fn project(&self) -> PathBuf {
        self.folder.path().join("hello")
    }

    /// The command in a folder. It shares what was built with the repository, and does not use the network.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.contexture);
        let project = self.project();
        let folder = if project.exists() {
            project
        } else {
            self.folder.path().to_owned()
        };
        command
            .args(arguments)
            .current_dir(folder)
            .env("CARGO_TARGET_DIR", &self.target)
            .env("CARGO_NET_OFFLINE", "true")
            .env_remove("BP_TOKEN")
            .env_remove("BP_API_URL")
            .env_remove("BP_WORKSPACE_ID")
            .stdin(Stdio::null());
        println!("\n$ contexture {}", shown(arguments));
        command
    }

    /// Runs the command to its end, and prints what it says.
    pub(crate) fn run(&self, arguments: &[&str]) -> io::Result<Said> {
        let mut command = self.command(arguments);
        let began = Instant::now();
        let output = command.output()?;
        let said = Said {
            output: String::from_utf8_lossy(&output.stdout).into_owned(),
            errors: String::from_utf8_lossy(&output.stderr).into_owned(),
            status: output.status.code(),
        };
        print!("{}{}", said.output, said.errors);
        println!(
            "[{:.2} s, status {}]",
            began.elapsed().as_secs_f64(),
            said.status.unwrap_or(-1)
        );
        Ok(said)
    }

    /// Replaces a text in a file of the project.
    pub(crate) fn edit(&self, file: &str, from: &str, to: &str) -> io::Result<()> {
        println!("\n# edits {file}");
        let path = self.project().join(file);
        let text = fs::read_to_string(&path)?;
        if !text.contains(from) {
            return Err(io::Error::other(format!(
                "{file} does not contain {from:?}"
            )));
        }
        fs::write(path, text.replacen(from, to, 1))
    }
}

impl Said {
    /// Fails unless the command ended with a status, and said a text.
    pub(crate) fn expect(&self, status: i32, text: &str) -> io::Result<()> {
        if self.status != Some(status) {
            return Err(io::Error::other(format!(
                "the status is {:?}, expected {status}",
                self.status
            )));
        }
        if self.output.contains(text) || self.errors.contains(text) {
            return Ok(());
        }
        Err(io::Error::other(format!("it does not say {text:?}")))
    }
}

/// Builds the command, and gives its file.
fn build(workspace: &Path) -> io::Result<PathBuf> {
    println!("# builds the command");
    let cargo = env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let output = Command::new(cargo)
        .args([
            "build",
            "-p",
            "contexture-cli",
            "--all-features",
            "--message-format=json",
        ])
        .current_dir(workspace)
        .stderr(Stdio::inherit())
        .output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let messages = text
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let mut programs = messages.filter(|message| message["target"]["name"] == "contexture");
    let file = programs.find_map(|message| Some(PathBuf::from(message["executable"].as_str()?)));
    file.ok_or_else(|| io::Error::other("the command was not built"))
}

fn shown(arguments: &[&str]) -> String {
    let needs_quotes = |argument: &str| argument.contains(['{', ' ', '"']);
    let shown = arguments.iter().map(|argument| {
        if needs_quotes(argument) {
            format!("'{argument}'")
        } else {
            (*argument).to_owned()
        }
    });
    shown.collect::<Vec<_>>().join(" ")
}
