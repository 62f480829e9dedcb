//! The way of a call from the tunnel to the program.

use contexture_emulator::platform::Platform;
use contexture_emulator::program::Program;

use crate::tunnel::{Failure, Handler};

/// Passes calls on to the program that serves, and records them.
pub(super) fn handler(platform: Platform, program: Program) -> Handler {
    Handler::new(move |request| {
        let (platform, program) = (platform.clone(), program.clone());
        async move {
            if !program.state().serves() {
                return Err(Failure::NotReady);
            }
            let answer = platform.pass_on(request).await;
            answer.map_err(|error| Failure::Failed(error.to_string()))
        }
    })
}
