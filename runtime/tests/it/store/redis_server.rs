//! A real Redis, which lives as long as its test.

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Starts Redis in the background and ends it when the standard input is closed, so that it also ends
/// when the test is killed. The first line is its process id.
const SCRIPT: &str = r#"redis-server "$@" & echo $!; cat >/dev/null; kill -9 $! 2>/dev/null; wait"#;

/// A server without persistence, on a socket of its own. Dropping it kills it.
pub(super) struct RedisServer {
    shell: Child,
    pid: String,
    folder: PathBuf,
}

impl RedisServer {
    /// Starts a server. Returns `None` if Redis is not installed, except in CI.
    pub(super) fn start() -> Option<Self> {
        static STARTED: AtomicUsize = AtomicUsize::new(0);
        let version = Command::new("redis-server").arg("--version").output();
        if version.is_err() {
            let is_ci = std::env::var("CI").is_ok_and(|ci| ci == "true");
            assert!(
                !is_ci,
                "redis-server is missing, and CI has to test with it"
            );
            return None;
        }
        let number = STARTED.fetch_add(1, Ordering::Relaxed);
        let name = format!("contexture-redis-{}-{number}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).unwrap();
        let mut server = Self {
            shell: Self::shell(&folder),
            pid: String::new(),
            folder,
        };
        server.wait_until_ready();
        Some(server)
    }

    fn shell(folder: &PathBuf) -> Child {
        let mut shell = Command::new("sh");
        shell.args([
            "-c",
            SCRIPT,
            "sh",
            "--port",
            "0",
            "--save",
            "",
            "--appendonly",
            "no",
        ]);
        shell
            .args(["--unixsocket", "redis.sock"])
            .current_dir(folder);
        let shell = shell.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        shell.unwrap()
    }

    fn wait_until_ready(&mut self) {
        let mut lines = BufReader::new(self.shell.stdout.take().unwrap()).lines();
        self.pid = lines.next().unwrap().unwrap();
        let mut said = String::new();
        loop {
            let Some(Ok(line)) = lines.next() else {
                panic!("Redis did not start: {said}");
            };
            if line.contains("ready to accept connections") {
                break;
            }
            said.push_str(&line);
        }
        // It must not block on its log.
        std::thread::spawn(move || lines.for_each(drop));
    }

    pub(super) fn url(&self) -> String {
        format!("redis+unix://{}/redis.sock", self.folder.display())
    }

    /// Lets the server hang: it keeps its connections and answers nothing.
    pub(super) fn pause(&self) {
        self.signal("-STOP");
    }

    pub(super) fn resume(&self) {
        self.signal("-CONT");
    }

    /// Kills the server, and starts it again without data at the same address.
    pub(super) fn stop(&mut self) {
        self.signal("-KILL");
        let _ = self.shell.stdin.take();
        self.shell.wait().unwrap();
    }

    pub(super) fn start_again(&mut self) {
        self.shell = Self::shell(&self.folder);
        self.wait_until_ready();
    }

    fn signal(&self, signal: &str) {
        let status = Command::new("kill").args([signal, &self.pid]).status();
        assert!(status.unwrap().success());
    }
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        // Closing the input ends the shell, which kills the server, even if it is paused.
        let _ = self.shell.stdin.take();
        let _ = self.shell.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
