//! The program of the integration: its start, its lines, its end.

use std::io;
use std::net::SocketAddr;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncRead, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::build::Executable;
use super::dot_env::Variables;
use super::package::Package;

/// How long a program may take to end before it is killed.
const PATIENCE: Duration = Duration::from_secs(5);

/// What a program does.
#[derive(Debug)]
pub(super) enum ProgramEvent {
    /// It wrote a line.
    Line(String),
    /// It ended.
    Ended(io::Result<ExitStatus>),
}

/// A program that runs. It ends when this is dropped.
#[derive(Debug)]
pub(super) struct Running {
    /// The number of its start.
    pub(super) number: u64,
    pub(super) address: SocketAddr,
    pub(super) executable: Executable,
    stop: Option<oneshot::Sender<()>>,
    ended: JoinHandle<()>,
}

/// Starts a program in a process group of its own. `tell` gets what it does.
pub(super) fn start(
    number: u64,
    package: &Package,
    executable: Executable,
    variables: &Variables,
    address: SocketAddr,
    tell: impl Fn(ProgramEvent) + Clone + Send + Sync + 'static,
) -> io::Result<Running> {
    let mut command = Command::new(&executable.file);
    command
        .current_dir(&package.folder)
        .envs(variables)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    #[cfg(unix)]
    command.process_group(0);
    let child = command.spawn()?;
    let (stop, stopped) = oneshot::channel();
    let ended = tokio::spawn(supervise(child, stopped, tell));
    Ok(Running {
        number,
        address,
        executable,
        stop: Some(stop),
        ended,
    })
}

impl Running {
    /// Ends the program and its process group, and waits until it has ended.
    pub(super) async fn end(mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        // Its end was told, and a panic in there would be shown.
        let _ = self.ended.await;
    }
}

/// Passes the lines of a program on until it ends, or is stopped.
async fn supervise(
    mut child: Child,
    stopped: oneshot::Receiver<()>,
    tell: impl Fn(ProgramEvent) + Clone + Send + Sync + 'static,
) {
    let group = child.id();
    let streams = [
        tokio::spawn(pass_lines(child.stdout.take(), tell.clone())),
        tokio::spawn(pass_lines(child.stderr.take(), tell.clone())),
    ];
    let status = tokio::select! {
        status = child.wait() => status,
        _ = stopped => stop(&mut child, group).await,
    };
    // What the program has started itself ends, too.
    signal(group, Signal::Kill);
    for stream in streams {
        let _ = stream.await;
    }
    tell(ProgramEvent::Ended(status));
}

async fn stop(child: &mut Child, group: Option<u32>) -> io::Result<ExitStatus> {
    signal(group, Signal::End);
    #[cfg(not(unix))]
    child.start_kill()?;
    if let Ok(status) = timeout(PATIENCE, child.wait()).await {
        return status;
    }
    signal(group, Signal::Kill);
    child.start_kill()?;
    child.wait().await
}

async fn pass_lines(stream: Option<impl AsyncRead + Unpin>, tell: impl Fn(ProgramEvent)) {
    let Some(stream) = stream else { return };
    let mut stream = BufReader::new(stream);
    let mut line = Vec::new();
    while stream
        .read_until(b'\n', &mut line)
        .await
        .is_ok_and(|read| read > 0)
    {
        let text = String::from_utf8_lossy(&line);
        tell(ProgramEvent::Line(text.trim_end().to_owned()));
        line.clear();
    }
}

#[derive(Clone, Copy)]
enum Signal {
    End,
    Kill,
}

#[cfg(unix)]
fn signal(group: Option<u32>, signal: Signal) {
    use rustix::process::{self, Pid};

    let signal = match signal {
        Signal::End => process::Signal::TERM,
        Signal::Kill => process::Signal::KILL,
    };
    let group = group.and_then(|id| Pid::from_raw(i32::try_from(id).ok()?));
    if let Some(group) = group {
        // It may have ended already.
        let _ = process::kill_process_group(group, signal);
    }
}

#[cfg(not(unix))]
fn signal(_: Option<u32>, _: Signal) {}

/// How a program ended, for people.
pub(super) fn describe(status: &io::Result<ExitStatus>) -> String {
    match status {
        Ok(status) => format!("the program ended with {status}"),
        Err(error) => format!("the program ended, and its exit status is not known: {error}"),
    }
}
