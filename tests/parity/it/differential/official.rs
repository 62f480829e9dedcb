//! The reference integration on the official SDK, as a process.

use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, thread};

use contexture_load::Connection;

/// A server process. Dropping it kills it.
pub(super) struct Official {
    pub(super) address: SocketAddr,
    process: Child,
}

impl Official {
    /// Starts it, or returns the reason why it cannot be started.
    pub(super) fn start() -> Result<Self, String> {
        const VARIABLE: &str = "CONTEXTURE_OFFICIAL_SDK";

        let folder = env::var_os(VARIABLE).map(PathBuf::from);
        let folder =
            folder.ok_or_else(|| format!("{VARIABLE} names no folder with the official SDK"))?;
        let port = TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr());
        let address = port.map_err(|error| format!("there is no free port: {error}"))?;
        let process = Command::new("node")
            .arg(folder.join("serve.cjs"))
            .env("PORT", address.port().to_string())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("node cannot be run: {error}"))?;
        let mut official = Self { address, process };
        official.wait()?;
        Ok(official)
    }

    /// Waits until it listens.
    fn wait(&mut self) -> Result<(), String> {
        const TIMEOUT: Duration = Duration::from_mins(1);

        let started = Instant::now();
        while started.elapsed() < TIMEOUT {
            if Connection::open(self.address).is_ok() {
                return Ok(());
            }
            if let Ok(Some(status)) = self.process.try_wait() {
                return Err(format!(
                    "the official SDK ended with {status}: are its packages installed?"
                ));
            }
            thread::sleep(Duration::from_millis(20));
        }
        Err("the official SDK does not listen".to_owned())
    }
}

impl Drop for Official {
    fn drop(&mut self) {
        // The process ends with the test.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
