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
const PATIENCE: Duration = Duration::from_secs(30);

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

    pub(crate) fn parity() -> Self {
        Self::built("Contexture", "parity")
    }

    pub(crate) fn form() -> Self {
        Self::built("Contexture", "form")
    }

    pub(crate) fn official(script: &Path) -> Self {
        Self {
            name: "the official SDK",
            path: "node".into(),
            argument: Some(script.to_owned()),
        }
    }

    /// A program that was built beside this one.
    fn built(name: &'static str, file: &str) -> Self {
        let own = env::current_exe().expect("the system tells a program where it is");
        Self {
            name,
            path: own.with_file_name(file),
            argument: None,
        }
    }

    /// Starts the program and waits until it answers the call with a 200.
    pub(crate) fn start(&self, call: &Call) -> io::Result<Server> {
        let mut command = Command::new("taskset");
        command.stdout(Stdio::null());
        self.start_by(command, call)
    }

    /// Starts the program with so many files that it may open, and with nobody who reads its log.
    pub(crate) fn start_besieged(&self, call: &Call, files: usize) -> io::Result<Server> {
        let mut command = Command::new("prlimit");
        command
            .args([&format!("--nofile={files}"), "taskset"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        self.start_by(command, call)
    }

    fn start_by(&self, mut command: Command, call: &Call) -> io::Result<Server> {
        let address = free_address()?;
        command
            .args(["-c", CORE])
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
            let problem = format!("{} answers {answer}", self.name);
            return Err(io::Error::other(problem));
        }
        Ok(server)
    }
}

/// A server that runs; dropping it ends it.
pub(crate) struct Server {
    pub(crate) name: &'static str,
    pub(crate) address: SocketAddr,
    /// The time from the start of the process to its first answer.
    pub(crate) first_answer: Duration,
    child: Child,
}

impl Server {
    fn wait_for_answer(&mut self, call: &Call, started: Instant) -> io::Result<String> {
        while started.elapsed() < PATIENCE {
            if let Ok(mut connection) = Connection::open(self.address) {
                connection.send(&call.to_http())?;
                let Answer { status, body, .. } = connection.receive()?;
                let body = String::from_utf8_lossy(&body).into_owned();
                if status == 200 {
                    return Ok(body);
                }
                let problem = format!("{} answers {status}: {body}", self.name);
                return Err(io::Error::other(problem));
            }
            if let Some(status) = self.child.try_wait()? {
                let problem = format!("{} ended before it answered: {status}", self.name);
                return Err(io::Error::other(problem));
            }
            thread::sleep(Duration::from_micros(100));
        }
        Err(io::Error::other(format!("{} does not answer", self.name)))
    }

    /// Whether the process that was started is still there.
    pub(crate) fn is_running(&mut self) -> io::Result<bool> {
        Ok(self.child.try_wait()?.is_none())
    }

    /// The most memory that was ever resident, in MB.
    pub(crate) fn peak_memory(&self) -> io::Result<f64> {
        self.memory("VmHWM:")
    }

    /// The memory that is resident now, in MB.
    pub(crate) fn memory_now(&self) -> io::Result<f64> {
        self.memory("VmRSS:")
    }

    fn memory(&self, field: &str) -> io::Result<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix(field));
        let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<f64>().ok());
        let kilobytes = kilobytes.ok_or_else(|| io::Error::other("the system tells no memory"))?;
        Ok(kilobytes * 1024.0 / 1e6)
    }

    /// Tells the server to stop.
    pub(crate) fn terminate(&self) -> io::Result<()> {
        let pid = self.child.id().to_string();
        Command::new("kill").args(["-TERM", &pid]).status()?;
        Ok(())
    }

    /// Waits until the process has ended.
    pub(crate) fn wait(&mut self) -> io::Result<ExitStatus> {
        let started = Instant::now();
        while started.elapsed() < PATIENCE {
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
        // It has ended by itself, or ends now: there is no third case to report.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The folder for what is written during a run.
pub(crate) fn work_folder() -> io::Result<PathBuf> {
    let own = env::current_exe()?;
    let folder = own.with_file_name("load-files");
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

fn free_address() -> io::Result<SocketAddr> {
    TcpListener::bind(("127.0.0.1", 0))?.local_addr()
}
