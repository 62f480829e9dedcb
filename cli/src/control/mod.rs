//! Requests to a `contexture dev` that runs.

use std::path::Path;

use bytes::Bytes;
use contexture::client::HttpTransport;
use contexture_emulator::control::BASE;
use contexture_emulator::definition::Definition;
use http::Method;
use serde_json::{Value, json};
use tokio::runtime::{Builder, Runtime};

use crate::Outcome;
use crate::dev::{Place, folder_around};
use crate::http_requests::{Sent, send};

/// A `contexture dev` that runs.
#[derive(Debug)]
pub(crate) struct Control {
    address: String,
    runtime: Runtime,
    transport: HttpTransport,
}

impl Control {
    /// Finds the `dev` of the package around the current folder.
    pub(crate) fn find() -> Result<Self, Outcome> {
        let Some(folder) = folder_around(Path::new(".")) else {
            return Err(Outcome::failure(
                "error: this folder is in no package\n\
                 help: run this in the folder in which `contexture dev` runs\n",
            ));
        };
        let place = Place::of(&folder);
        let Some(file) = place.read() else {
            return Err(Outcome::failure(format!(
                "error: `contexture dev` does not run for {}\n\
                 help: start it there in another terminal\n",
                folder.display()
            )));
        };
        let control = Self::at(&file.address)?;
        match control.state() {
            Ok(state) if is_of(&state, &folder) => Ok(control),
            _ => Err(Outcome::failure(format!(
                "error: nothing answers at {}, where `contexture dev` was (process {}); it seems to have been killed\n\
                 help: start `contexture dev` again; the data is still there. This was read from {}\n",
                file.address,
                file.pid,
                place.dev_file().display()
            ))),
        }
    }

    /// The `dev` of a package, if it runs.
    pub(crate) fn running(folder: &Path) -> Option<Self> {
        let file = Place::of(folder).read()?;
        let control = Self::at(&file.address).ok()?;
        let state = control.state().ok()?;
        is_of(&state, folder).then_some(control)
    }

    fn at(address: &str) -> Result<Self, Outcome> {
        let runtime = Builder::new_current_thread().enable_all().build();
        Ok(Self {
            address: address.to_owned(),
            runtime: runtime
                .map_err(|error| Outcome::failure(format!("error: cannot start: {error}\n")))?,
            transport: HttpTransport::new(),
        })
    }

    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// The program and the instances.
    pub(crate) fn state(&self) -> Result<Value, Outcome> {
        self.get("/state")
    }

    pub(crate) fn definition(&self) -> Result<Definition, Outcome> {
        self.get("/definition").map(Definition::new)
    }

    /// Configures the instance, and gives it.
    pub(crate) fn configure(
        &self,
        configuration_type: Option<&str>,
        configuration: &Value,
    ) -> Result<Value, Outcome> {
        let body = json!({ "type": configuration_type, "configuration": configuration });
        Ok(self.post("/configuration", &body)?["instance"].take())
    }

    pub(crate) fn get(&self, path: &str) -> Result<Value, Outcome> {
        self.ask(Method::GET, path, Bytes::new())
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Result<Value, Outcome> {
        self.ask(Method::POST, path, body.to_string().into())
    }

    fn ask(&self, method: Method, path: &str, body: Bytes) -> Result<Value, Outcome> {
        let url = format!("{}{BASE}{path}", self.address);
        let sent = Sent {
            method,
            url: &url,
            headers: &[],
            body,
        };
        let answer = self.runtime.block_on(send(&self.transport, sent));
        let answer = answer.map_err(|reason| {
            let address = &self.address;
            Outcome::failure(format!(
                "error: `contexture dev` at {address} does not answer: {reason}\n"
            ))
        })?;
        let json: Value = serde_json::from_slice(answer.body()).unwrap_or_default();
        if answer.status().is_success() {
            return Ok(json);
        }
        let status = answer.status().to_string();
        let reason = json["error"].as_str().unwrap_or(&status);
        Err(Outcome::failure(format!("error: {reason}\n")))
    }
}

/// Whether a state is that of a package. Another `dev` may have the address by now.
fn is_of(state: &Value, folder: &Path) -> bool {
    let folder = folder.canonicalize().ok();
    let served = state["folder"].as_str().map(Path::new);
    served.and_then(|served| served.canonicalize().ok()) == folder
}
