//! What can be changed about a platform.

use std::sync::Arc;
use std::time::Duration;

use contexture::client::{HttpTransport, Transport};

use super::scripts::{ScriptEngine, ScriptProgram};

/// What can be changed about a platform.
#[derive(Clone, Debug)]
pub struct PlatformOptions {
    /// What sends the calls; HTTP by default.
    pub transport: Arc<dyn Transport>,
    /// How long a call may take: 60 seconds by default, as in Botpress.
    pub time_limit: Duration,
    /// What runs the scripts of the definition; [`ScriptProgram`] by default.
    pub scripts: Arc<dyn ScriptEngine>,
}

impl Default for PlatformOptions {
    fn default() -> Self {
        Self {
            transport: Arc::new(HttpTransport::new()),
            time_limit: Duration::from_mins(1),
            scripts: Arc::new(ScriptProgram::default()),
        }
    }
}
