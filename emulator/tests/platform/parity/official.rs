//! The reference integration on the official SDK, as a process.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};

/// How long the process may take to listen.
const ATTEMPTS: u32 = 600;

/// The time between two attempts to reach it.
const PAUSE: Duration = Duration::from_millis(50);

/// A server process. Dropping it kills it.
pub(super) struct Official {
    pub(super) address: SocketAddr,
    process: Child,
}

impl Official {
    /// Starts it, or returns the reason why it cannot be started.
    pub(super) async fn start() -> Result<Self, String> {
        const VARIABLE: &str = "CONTEXTURE_OFFICIAL_SDK";

        let folder = std::env::var_os(VARIABLE).map(PathBuf::from);
        let folder =
            folder.ok_or_else(|| format!("{VARIABLE} names no folder with the official SDK"))?;
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        drop(listener);
        let process = Command::new("node")
            .arg(folder.join("serve.cjs"))
            .env("PORT", address.port().to_string())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("node cannot be run: {error}"))?;
        let mut official = Self { address, process };
        official.wait().await?;
        Ok(official)
    }

    /// Waits until it listens.
    async fn wait(&mut self) -> Result<(), String> {
        for _ in 0..ATTEMPTS {
            if TcpStream::connect(self.address).await.is_ok() {
                return Ok(());
            }
            if let Ok(Some(status)) = self.process.try_wait() {
                return Err(format!(
                    "the official SDK ended with {status}: are its packages installed?"
                ));
            }
            tokio::time::sleep(PAUSE).await;
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
