//! What all pages share.

use std::sync::Arc;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use tokio::sync::broadcast;

use super::topic::Topic;
use crate::platform::{Integrations, Platform};
use crate::program::Program;

/// The number of notices that a slow page can be behind.
const NOTICES: usize = 1024;

/// What all pages share. Clones share it.
#[derive(Clone)]
pub(super) struct Inspector {
    pub(super) platform: Platform,
    /// All integrations, of which `platform` is one.
    pub(super) integrations: Integrations,
    pub(super) program: Program,
    /// Proves that a form is one of this process.
    pub(super) token: Arc<str>,
    /// Changes of the data and the instances.
    pub(super) changes: broadcast::Sender<Topic>,
}

impl Inspector {
    pub(super) fn new(platform: Platform, integrations: Integrations, program: Program) -> Self {
        let (changes, _) = broadcast::channel(NOTICES);
        let observer = changes.clone();
        let observe = move |_: &crate::api::Change| {
            // No page may be open.
            let _ = observer.send(Topic::Data);
        };
        platform.parts().api.observe(Arc::new(observe));
        Self {
            platform,
            integrations,
            program,
            token: new_token(),
            changes,
        }
    }

    /// The inspector of another integration.
    pub(super) fn about(&self, platform: Platform) -> Self {
        Self {
            platform,
            ..self.clone()
        }
    }

    /// Whether the pages are about an integration that was deployed.
    pub(super) fn is_deployed(&self) -> bool {
        let id = self.platform.integration_id();
        self.integrations.find(id).is_some()
    }

    /// Tells the open pages that an instance changed.
    pub(super) fn instance_changed(&self) {
        let _ = self.changes.send(Topic::Instances);
    }
}

/// A random text. Without random numbers of the system there is none, and then no form is accepted.
fn new_token() -> Arc<str> {
    let mut bytes = [0; 32];
    match getrandom::fill(&mut bytes) {
        Ok(()) => BASE64_URL_SAFE_NO_PAD.encode(bytes).into(),
        Err(_) => "".into(),
    }
}
