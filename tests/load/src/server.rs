//! A server under load: a process on its own core.

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, io, thread};

use contexture_load::{Answer, Connection};

use crate::call::Call;

/// The core of the servers. The script runs everything else on the other one.
const CORE: &str = "0";

/// The maximum time until the first response, and for the shutdown.
const TIMEOUT: Duration = Duration::from_secs(30);

/// A program that can be started as a server.
pub(crate) struct Program {
    pub(crate) name: &'static str,
    path: PathBuf,
    argument: Option<PathBuf>,
}

impl Program {
    pub(crate) fn bare_hyper() -> Self {
        Self::built("bare hyper", "bare-hyper")
    }

    pub(crate) fn axum_by_hand() -> Self {
        Self::built("axum by hand", "axum-by-hand")
    }

    pub(crate) fn parity() -> Self {
        Self::built("Contexture", "parity")
    }

    /// An integration with many actions: see `growth/packages.rs`.
    pub(crate) fn actions(package: &str) -> Self {
        Self::built("Contexture", package)
    }

    pub(crate) fn form() -> Self {
        Self::built("Contexture", "form")
    }

    /// The twin of [`Program::parity`] in the folder with the official SDK.
    pub(crate) fn official_sdk(folder: &Path) -> Self {
        Self::official(folder.join("serve.cjs"))
    }

    /// A script on the official SDK.
    pub(crate) fn official(script: PathBuf) -> Self {
        Self {
            name: "the official SDK",
            path: "node".into(),
            argument: Some(script),
        }
    }

    /// A program that was built beside this one.
    fn built(name: &'static str, file: &str) -> Self {
        let own = env::current_exe().expect("a program knows its own path");
        Self {
            name,
            path: own.with_file_name(file),
            argument: None,
        }
    }

    /// The size of the program in MB, unless it is a script.
    pub(crate) fn size(&self) -> io::Result<Option<f64>> {
        if self.argument.is_some() {
            return Ok(None);
        }
        let bytes = u32::try_from(fs::metadata(&self.path)?.len()).map_err(io::Error::other)?;
        Ok(Some(f64::from(bytes) / 1e6))
    }

    /// Starts the program and waits until it responds to the call with a 200.
    pub(crate) fn start(&self, call: &Call) -> io::Result<Server> {
        let mut command = Command::new("taskset");
        command.stdout(Stdio::null());
        self.start_by(command, &[], call)
    }

    /// Starts the program under another one, which these words run.
    pub(crate) fn start_under(&self, runner: &[String], call: &Call) -> io::Result<Server> {
        let mut command = Command::new("taskset");
        command.stdout(Stdio::null());
        self.start_by(command, runner, call)
    }

    /// The same program as it was built for counting: see the profile `counted` in the workspace's `Cargo.toml`.
    pub(crate) fn counted(self) -> Self {
        let own = env::current_exe().expect("a program knows its own path");
        let folder = own.parent().and_then(Path::parent);
        let folder = folder.expect("a program is in the folder of its profile");
        let file = self.path.file_name().unwrap_or_default();
        Self {
            path: folder.join("counted").join(file),
            ..self
        }
    }

    /// Starts the program with a limit on open files, and with pipes for its log that are not read.
    pub(crate) fn start_besieged(&self, call: &Call, files: usize) -> io::Result<Server> {
        let mut command = Command::new("prlimit");
        command
            .args([&format!("--nofile={files}"), "taskset"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        self.start_by(command, &[], call)
    }

    fn start_by(&self, mut command: Command, runner: &[String], call: &Call) -> io::Result<Server> {
        let address = free_address()?;
        // The other servers write no line for each call.
        if std::env::var_os(ACCESS_LOG).is_none() {
            command.env(ACCESS_LOG, "off");
        }
        command
            .args(["-c", CORE])
            .args(runner)
            .arg(&self.path)
            .args(&self.argument)
            .env("CONTEXTURE_LISTEN", address.to_string())
            .env("PORT", address.port().to_string());
        let started = Instant::now();
        let child = command.spawn()?;
        let mut server = Server {
            name: self.name,
            address,
            child,
            first_answer: Duration::ZERO,
        };
        let answer = server.wait_for_answer(call, started)?;
        server.first_answer = started.elapsed();
        if !call.accepts(&answer) {
            let problem = format!("{} responded with {answer}", self.name);
            return Err(io::Error::other(problem));
        }
        Ok(server)
    }
}

/// The variable that turns the access log off. If it is set, the measured server reads it.
const ACCESS_LOG: &str = "CONTEXTURE_ACCESS_LOG";

/// A running server. Dropping it kills it.
pub(crate) struct Server {
    pub(crate) name: &'static str,
    pub(crate) address: SocketAddr,
    /// The time from the start of the process to its first response.
    pub(crate) first_answer: Duration,
    child: Child,
}

impl Server {
    fn wait_for_answer(&mut self, call: &Call, started: Instant) -> io::Result<String> {
        while started.elapsed() < TIMEOUT {
            if let Ok(mut connection) = Connection::open(self.address) {
                connection.send(&call.to_http())?;
                let Answer { status, body, .. } = connection.receive()?;
                let body = String::from_utf8_lossy(&body).into_owned();
                if status == 200 {
                    return Ok(body);
                }
                let problem = format!("{} responded with {status}: {body}", self.name);
                return Err(io::Error::other(problem));
            }
            if let Some(status) = self.child.try_wait()? {
                let problem = format!("{} exited before its first response: {status}", self.name);
                return Err(io::Error::other(problem));
            }
            thread::sleep(Duration::from_micros(100));
        }
        Err(io::Error::other(format!("{} does not respond", self.name)))
    }

    /// Whether the process still runs.
    pub(crate) fn is_running(&mut self) -> io::Result<bool> {
        Ok(self.child.try_wait()?.is_none())
    }

    /// Waits until all threads of the server sleep.
    pub(crate) fn wait_until_idle(&self) -> io::Result<()> {
        let started = Instant::now();
        while started.elapsed() < TIMEOUT {
            if self.sleeps()? {
                return Ok(());
            }
            thread::sleep(Duration::from_micros(100));
        }
        Err(io::Error::other(format!("{} does not rest", self.name)))
    }

    fn sleeps(&self) -> io::Result<bool> {
        for thread in fs::read_dir(format!("/proc/{}/task", self.child.id()))? {
            // The line is the number of the thread, its name in parentheses, and its state. A thread that has ended
            // meanwhile has none.
            let line = fs::read_to_string(thread?.path().join("stat")).unwrap_or_default();
            let state = line.rsplit_once(") ").map(|(_, rest)| rest);
            if !state.is_some_and(|state| state.starts_with('S')) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The peak of resident memory in MB.
    pub(crate) fn peak_memory(&self) -> io::Result<f64> {
        self.memory("VmHWM:")
    }

    /// The current resident memory in MB.
    pub(crate) fn memory_now(&self) -> io::Result<f64> {
        self.memory("VmRSS:")
    }

    fn memory(&self, field: &str) -> io::Result<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix(field));
        let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<f64>().ok());
        let kilobytes =
            kilobytes.ok_or_else(|| io::Error::other("the system reports no memory"))?;
        Ok(kilobytes * 1024.0 / 1e6)
    }

    /// Sends SIGTERM to the server.
    pub(crate) fn terminate(&self) -> io::Result<()> {
        let pid = self.child.id().to_string();
        Command::new("kill").args(["-TERM", &pid]).status()?;
        Ok(())
    }

    /// Waits until the process has ended.
    pub(crate) fn wait(&mut self) -> io::Result<ExitStatus> {
        let started = Instant::now();
        while started.elapsed() < TIMEOUT {
            if let Some(status) = self.child.try_wait()? {
                return Ok(status);
            }
            thread::sleep(Duration::from_millis(10));
        }
        Err(io::Error::other(format!("{} does not stop", self.name)))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The process may already have exited.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The folder for the files of a run.
pub(crate) fn work_folder() -> io::Result<PathBuf> {
    let own = env::current_exe()?;
    let folder = own.with_file_name("load-files");
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

fn free_address() -> io::Result<SocketAddr> {
    TcpListener::bind(("127.0.0.1", 0))?.local_addr()
}
