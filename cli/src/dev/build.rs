//! A build of the package: its definition, its `.env`, its program.

use std::fs;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::{Duration, Instant, SystemTime};

use contexture_emulator::definition::Definition;
use tokio::io::{AsyncBufReadExt as _, AsyncRead, BufReader};
use tokio::process::Command;
use tokio::sync::mpsc::UnboundedSender;

use super::dot_env::{self, Variables};
use super::messages::{self, CargoMessage};
use super::package::{Package, cargo};
use crate::definition_file;

/// What a build made.
#[derive(Clone, Debug)]
pub(super) struct Built {
    pub(super) definition: Definition,
    /// The variables of `.env`.
    pub(super) variables: Variables,
    pub(super) program: Executable,
    /// What the compiler warned about.
    pub(super) warnings: String,
    pub(super) took: Duration,
}

/// A program, and when it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Executable {
    pub(super) file: PathBuf,
    written: Option<SystemTime>,
}

/// Builds the package. Progress is sent as lines.
pub(super) async fn build(
    package: Package,
    color: bool,
    progress: UnboundedSender<String>,
) -> Result<Built, String> {
    let began = Instant::now();
    let variables = dot_env::read(&package.folder)?;
    let read = {
        let package = package.clone();
        move || definition_file::read(&package.definition, color)
    };
    let definition = tokio::task::spawn_blocking(read)
        .await
        .map_err(|error| format!("error: the definition cannot be read: {error}\n"))??;
    let (program, warnings) = compile(&package, color, progress).await?;
    Ok(Built {
        definition,
        variables,
        program,
        warnings,
        took: began.elapsed(),
    })
}

async fn compile(
    package: &Package,
    color: bool,
    progress: UnboundedSender<String>,
) -> Result<(Executable, String), String> {
    let cannot = |error: std::io::Error| format!("error: cannot run cargo: {error}\n");
    let mut child = command(package, color).spawn().map_err(cannot)?;
    let (output, errors) = (child.stdout.take(), child.stderr.take());
    let said = tokio::spawn(lines(errors, move |line| {
        if messages::is_progress(line) {
            // Without the session there is no listener.
            let _ = progress.send(line.to_owned());
        }
    }));
    let output = lines(output, |_| ()).await;
    let status = child.wait().await.map_err(cannot)?;
    let said = said.await.unwrap_or_default();
    let messages: Vec<_> = output
        .iter()
        .filter_map(|line| messages::read(line))
        .collect();
    let drawn = diagnostics(&messages);
    let program = messages.into_iter().find_map(|message| match message {
        CargoMessage::Program { name, file } if name == package.bin => Some(file),
        _ => None,
    });
    match program {
        Some(file) if status.success() => Ok((Executable::new(file), drawn)),
        _ => Err(drawn + &errors_of(&said)),
    }
}

fn command(package: &Package, color: bool) -> Command {
    let format = if color {
        "json-diagnostic-rendered-ansi"
    } else {
        "json"
    };
    let mut command = Command::new(cargo());
    command
        .args(["build", "--bin", &package.bin, "--manifest-path"])
        .arg(&package.manifest)
        .arg(format!("--message-format={format}"))
        .current_dir(&package.folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    command
}

/// Reads all lines of a stream, and gives each to `seen` as it comes.
async fn lines(stream: Option<impl AsyncRead + Unpin>, seen: impl Fn(&str)) -> Vec<String> {
    let mut all = Vec::new();
    let Some(stream) = stream else { return all };
    let mut stream = BufReader::new(stream).lines();
    while let Ok(Some(line)) = stream.next_line().await {
        seen(&line);
        all.push(line);
    }
    all
}

/// The diagnostics, in the order of their levels.
fn diagnostics(messages: &[CargoMessage]) -> String {
    let drawn = messages.iter().filter_map(|message| match message {
        CargoMessage::Diagnostic { level, text } => Some((*level, text.as_str())),
        _ => None,
    });
    let mut drawn: Vec<_> = drawn.collect();
    drawn.sort_by_key(|(level, _)| *level);
    drawn.into_iter().map(|(_, text)| text).collect()
}

/// What cargo itself says about a failure, without its progress. It says some warnings twice.
fn errors_of(said: &[String]) -> String {
    let is_error = |line: &&String| {
        !messages::is_progress(line) && !line.trim_start().starts_with("Finished ")
    };
    let mut lines: Vec<_> = said.iter().filter(is_error).cloned().collect();
    lines.dedup();
    lines.push(String::new());
    lines.join("\n")
}

impl Executable {
    fn new(file: PathBuf) -> Self {
        let written = fs::metadata(&file).and_then(|metadata| metadata.modified());
        Self {
            written: written.ok(),
            file,
        }
    }
}
