//! Servers as processes of their own: a test that is ignored serves, and the test that starts it looks on.

use std::{
    io::{BufRead as _, BufReader},
    net::SocketAddr,
    process::{Child, ChildStderr, ChildStdout, Command, ExitStatus, Stdio},
    thread,
    time::Duration,
};

use contexture::{Environment, Server};

use crate::{
    handlers::Author,
    sample::{self, Definition},
    support::secrets,
};

/// How long a process lives at most, so that a test fails where it would wait for ever.
const LIFETIME: Duration = Duration::from_mins(1);

/// Serves on a free port, with the log on the standard streams, until the process is told to stop.
pub(crate) fn serve_as_process(set: impl FnOnce(Server<Definition>) -> Server<Definition>) {
    thread::spawn(|| {
        thread::park_timeout(LIFETIME);
        std::process::abort();
    });
    let service = sample::service(Author::default())
        .secrets(secrets())
        .environment(Environment::new());
    let server = set(Server::new(service).listen(([127, 0, 0, 1], 0)));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(server.run()).unwrap();
}

/// A process that serves; dropping it ends it.
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

    /// Reads what the process says until a line with a text has come, which is given.
    pub(crate) fn wait_for_line(&mut self, text: &str) -> String {
        let mut said = String::new();
        loop {
            let mut line = String::new();
            let read = self.stdout.read_line(&mut line).unwrap();
            assert!(read > 0, "{text} was not said: {said}");
            if line.contains(text) {
                return line;
            }
            said.push_str(&line);
        }
    }

    /// Waits until the process listens, and gives the address.
    pub(crate) fn wait_for_address(&mut self) -> SocketAddr {
        let line = self.wait_for_line("listens on");
        let (_, address) = line.trim_end().split_once("http://").unwrap();
        address.parse().unwrap()
    }

    /// What the process writes to its standard error stream, for one that was spawned with a pipe there.
    pub(crate) fn stderr(&mut self) -> ChildStderr {
        self.child.stderr.take().unwrap()
    }

    /// Tells the process to stop.
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
        // It has ended by itself, or ends now.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
