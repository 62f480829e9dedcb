//! The emulator of a package, on its port.

use std::future::Future;
use std::path::Path;
use std::time::Duration;

use contexture_emulator::admin::{Admin, AdminError, NewWorkspace};
use contexture_emulator::clock::Clock;
use contexture_emulator::control::{self, Control};
use contexture_emulator::definition::Definition;
use contexture_emulator::inspector;
use contexture_emulator::platform::{
    Integration, Integrations, Platform, PlatformOptions, PlatformParts,
};
use contexture_emulator::program::Program;
use contexture_emulator::server::{emulator_routes, serve};
use contexture_emulator::storage::Storage;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::{interval, timeout};

use super::package::Package;
use crate::Outcome;

/// How long requests may take when the emulator ends. Pages that listen never end.
const LAST_REQUESTS: Duration = Duration::from_millis(300);

/// How often scheduled registrations are looked for.
const SCHEDULE: Duration = Duration::from_mins(1);

/// Where the program is before it serves: at a port at which nothing listens.
const NOWHERE: &str = "http://127.0.0.1:9";

/// An emulator that is served.
pub(super) struct Emulator {
    pub(super) platform: Platform,
    pub(super) program: Program,
    /// Its address, such as `http://127.0.0.1:8070`.
    pub(super) address: String,
    stop: oneshot::Sender<()>,
    served: JoinHandle<()>,
    schedule: JoinHandle<()>,
}

impl Emulator {
    /// Opens the data of a package and serves it. `instances_elsewhere` says why there are no instances, if the real Botpress
    /// has them.
    pub(super) fn start(
        package: &Package,
        data: &Path,
        definition: Definition,
        listener: TcpListener,
        instances_elsewhere: Option<String>,
    ) -> Result<Self, Outcome> {
        let failed = |error: &dyn std::fmt::Display| {
            Outcome::failure(format!(
                "error: {error}\nhelp: the data is in {}\n",
                data.display()
            ))
        };
        let storage = Storage::open(data).map_err(|error| failed(&error))?;
        let address = listener.local_addr().map_err(|error| failed(&error))?;
        let address = format!("http://{address}");
        let parts = PlatformParts::new(storage, Clock::system(), &address);
        let parts = parts.map_err(|error| failed(&error))?;
        let api = parts.api.clone();
        let integration = Integration {
            definition,
            address: NOWHERE.to_owned(),
            ..Integration::default()
        };
        let platform = Platform::new(parts, integration, PlatformOptions::default());
        let platform = platform.map_err(|error| failed(&error))?;
        let control = Control {
            platform: platform.clone(),
            api: api.clone(),
            program: Program::new(),
            folder: package.folder.display().to_string(),
            instances_elsewhere,
        };
        let program = control.program.clone();
        let admin = admin(&platform).map_err(|error| failed(&error))?;
        let (local, deployed) = (platform.clone(), admin.integrations().clone());
        let routes = emulator_routes(&admin)
            .merge(control::routes(control))
            .merge(inspector::all_routes(local, deployed, program.clone()));
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = serve(listener, api, routes, async {
            let _ = stopped.await;
        });
        Ok(Self {
            schedule: tokio::spawn(register_due(admin.integrations().clone())),
            served: tokio::spawn(ignore_end(serving)),
            platform,
            program,
            address,
            stop,
        })
    }

    /// Ends the emulator. What it has acknowledged is stored.
    pub(super) async fn end(self) {
        self.schedule.abort();
        let _ = self.stop.send(());
        let abort = self.served.abort_handle();
        if timeout(LAST_REQUESTS, self.served).await.is_err() {
            abort.abort();
        }
    }
}

/// The admin API, to which other integrations can be deployed, with any token.
fn admin(platform: &Platform) -> Result<Admin, AdminError> {
    let parts = platform.parts().clone();
    let admin = Admin::new(parts, PlatformOptions::default(), Some(platform.clone()))?;
    admin.accept_any_token(&NewWorkspace {
        name: "This machine".to_owned(),
        handle: Some("local".to_owned()),
    })?;
    Ok(admin)
}

/// A server on loopback ends when it is asked to.
async fn ignore_end<T>(serving: impl Future<Output = T>) {
    let _ = serving.await;
}

/// Registers the instances that have scheduled it.
async fn register_due(integrations: Integrations) {
    let mut ticks = interval(SCHEDULE);
    loop {
        ticks.tick().await;
        // A failure is in the record and in the status of the instance.
        let _ = integrations.register_due().await;
    }
}
