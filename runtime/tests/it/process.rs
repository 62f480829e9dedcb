//! Servers in child processes: an ignored test is the server, and the test that starts it is the client.

use std::{
    io::{BufRead as _, BufReader},
    net::SocketAddr,
    process::{Child, ChildStderr, ChildStdout, Command, ExitStatus, Stdio},
    thread,
    time::Duration,
};

use contexture::{Environment, Server, Service};

use crate::{
    handlers::Author,
    sample::{self, Definition},
    support::secrets,
};

/// The maximum lifetime of a process, so that a test fails instead of waiting for ever.
const LIFETIME: Duration = Duration::from_mins(1);

/// Serves on a free port, with the log on the standard streams, until a signal arrives.
pub(crate) fn serve_as_process(set: impl FnOnce(Server<Definition>) -> Server<Definition>) {
    run_as_process(set(server_of(sample::service(Author::default()))));
}

/// The server of a service, on a free port.
pub(crate) fn server_of(service: Service<Definition>) -> Server<Definition> {
    let service = service.secrets(secrets()).environment(Environment::new());
    Server::new(service).listen(([127, 0, 0, 1], 0))
}

/// Serves until a signal arrives.
pub(crate) fn run_as_process(server: Server<Definition>) {
    thread::spawn(|| {
        thread::park_timeout(LIFETIME);
        std::process::abort();
    });
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(server.run()).unwrap();
}

/// A server process. Dropping it kills it.
pub(crate) struct Process {
    child: Child,
    stdout: BufReader<ChildStdout>,
}

impl Process {
    /// Starts an ignored test of this program.
    pub(crate) fn start(test: &str) -> Self {
        Self::spawn(Self::command(test))
    }

    /// The command that runs an ignored test of this program.
    pub(crate) fn command(test: &str) -> Command {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args([test, "--exact", "--ignored", "--nocapture"]);
        command
    }

    pub(crate) fn spawn(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        Self { child, stdout }
    }

    /// Reads the standard output up to the first line that contains a text; returns that line.
    pub(crate) fn wait_for_line(&mut self, text: &str) -> String {
        let mut said = String::new();
        loop {
            let mut line = String::new();
            let read = self.stdout.read_line(&mut line).unwrap();
            assert!(read > 0, "{text} is not in the output: {said}");
            if line.contains(text) {
                return line;
            }
            said.push_str(&line);
        }
    }

    /// Waits until the process listens; returns its address.
    pub(crate) fn wait_for_address(&mut self) -> SocketAddr {
        let line = self.wait_for_line("listens on");
        let (_, address) = line.trim_end().split_once("http://").unwrap();
        address.parse().unwrap()
    }

    /// The standard error stream of a process that was spawned with a pipe for it.
    pub(crate) fn stderr(&mut self) -> ChildStderr {
        self.child.stderr.take().unwrap()
    }

    /// Kills the process with SIGKILL.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Sends SIGTERM to the process.
    pub(crate) fn terminate(&self) {
        let pid = self.child.id().to_string();
        let status = Command::new("kill").args(["-TERM", &pid]).status();
        assert!(status.unwrap().success());
    }

    pub(crate) fn wait(&mut self) -> ExitStatus {
        self.child.wait().unwrap()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // The process may already have exited.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
