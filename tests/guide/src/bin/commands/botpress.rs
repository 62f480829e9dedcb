//! A Botpress to publish to.

use std::error::Error;
use std::path::Path;

use contexture_emulator::admin::NewWorkspace;
use contexture_emulator::server::{Emulator, EmulatorOptions};
use serde_json::json;
use tokio::runtime::Runtime;

/// An emulator of Botpress, and the variables with its credentials.
pub(crate) struct Botpress {
    variables: Vec<(&'static str, String)>,
    _emulator: Emulator,
    _runtime: Runtime,
}

impl Botpress {
    /// Starts it. The command keeps its login below `scratch`.
    pub(crate) fn start(scratch: &Path) -> Result<Self, Box<dyn Error>> {
        let runtime = Runtime::new()?;
        let options = EmulatorOptions {
            token: "bp_pat_of_the_guide".to_owned(),
            workspace: NewWorkspace {
                name: "Acme".to_owned(),
                handle: Some("acme".to_owned()),
            },
            ..EmulatorOptions::default()
        };
        let token = options.token.clone();
        let emulator = runtime.block_on(Emulator::start(options))?;
        let interface = json!({
            "name": "typing-indicator", "version": "0.0.4", "title": "Typing indicator",
            "actions": {}, "events": {}, "channels": {}, "entities": {},
        });
        if let Some(interface) = interface.as_object() {
            emulator.admin.publish_interface(interface)?;
        }
        let home = scratch.join("botpress").display().to_string();
        let variables = vec![
            ("BP_API_URL", emulator.address.clone()),
            ("BP_TOKEN", token),
            ("BP_BOTPRESS_HOME", home),
        ];
        Ok(Self {
            variables,
            _emulator: emulator,
            _runtime: runtime,
        })
    }

    /// The variables that the commands of a chapter find.
    pub(crate) fn variables(&self, chapter: &str) -> &[(&'static str, String)] {
        match chapter {
            "publishing.md" => &self.variables,
            _ => &[],
        }
    }
}
