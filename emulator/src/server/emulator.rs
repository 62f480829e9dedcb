//! An emulator on a port of its own, to which integrations are deployed.

use std::fmt;
use std::path::PathBuf;

use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::error::ServerError;
use super::routes::emulator_routes;
use super::serve::{bind, serve};
use crate::admin::{Admin, NewWorkspace};
use crate::clock::Clock;
use crate::platform::{PlatformOptions, PlatformParts};
use crate::storage::Storage;

/// How an emulator starts.
#[derive(Clone, Default)]
pub struct EmulatorOptions {
    /// The personal access token with which requests of the admin API are made.
    pub token: String,
    /// The workspace of the token's account.
    pub workspace: NewWorkspace,
    /// The file of the storage; a storage in memory for `None`.
    pub storage: Option<PathBuf>,
    /// The port; a free one for 0.
    pub port: u16,
    /// The clock; that of the system by default.
    pub clock: Clock,
    /// How integrations are called.
    pub platform: PlatformOptions,
}

/// Omits the token.
impl fmt::Debug for EmulatorOptions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("EmulatorOptions")
            .field("workspace", &self.workspace)
            .field("storage", &self.storage)
            .field("port", &self.port)
            .finish_non_exhaustive()
    }
}

/// An emulator that is served on 127.0.0.1. It ends when it is dropped.
///
/// ```
/// use contexture_emulator::admin::NewWorkspace;
/// use contexture_emulator::server::{Emulator, EmulatorOptions};
///
/// # tokio::runtime::Runtime::new().unwrap().block_on(async {
/// let emulator = Emulator::start(EmulatorOptions {
///     token: "bp_pat_1".to_owned(),
///     workspace: NewWorkspace { name: "Acme".to_owned(), handle: Some("acme".to_owned()) },
///     ..EmulatorOptions::default()
/// })
/// .await?;
/// assert!(emulator.address.starts_with("http://127.0.0.1:"));
/// assert!(emulator.workspace_id.starts_with("wkspace_"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # }).unwrap();
/// ```
#[derive(Debug)]
pub struct Emulator {
    /// Its address, such as `http://127.0.0.1:8070`.
    pub address: String,
    /// The admin API, and by it the integrations that were deployed.
    pub admin: Admin,
    /// The workspace of the options.
    pub workspace_id: String,
    /// What the parts of the emulator share.
    pub parts: PlatformParts,
    stop: Option<oneshot::Sender<()>>,
    served: JoinHandle<()>,
}

impl Emulator {
    /// Starts an emulator without any integration. What an earlier run has stored is used again.
    ///
    /// # Errors
    ///
    /// The port is in use, the storage fails, or another account has a workspace with the handle.
    pub async fn start(options: EmulatorOptions) -> Result<Self, ServerError> {
        let listener = bind(options.port).await?;
        let address = format!("http://{}", listener.local_addr()?);
        let storage = match &options.storage {
            Some(file) => Storage::open(file)?,
            None => Storage::in_memory()?,
        };
        let parts = PlatformParts::new(storage, options.clock, &address)?;
        let admin = Admin::new(parts.clone(), options.platform, None)?;
        let account = admin.create_account(&options.token)?;
        let workspace_id = admin.create_workspace(&account, &options.workspace)?;
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = serve(
            listener,
            parts.api.clone(),
            emulator_routes(&admin),
            async {
                let _ = stopped.await;
            },
        );
        let served = tokio::spawn(async move {
            // A server on loopback ends at its shutdown signal.
            let _ = serving.await;
        });
        Ok(Self {
            address,
            admin,
            workspace_id,
            parts,
            stop: Some(stop),
            served,
        })
    }

    /// Ends the emulator once the running requests are answered, for at most three seconds.
    pub async fn end(mut self) {
        drop(self.stop.take());
        let _ = (&mut self.served).await;
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        if self.stop.is_some() {
            self.served.abort();
        }
    }
}
